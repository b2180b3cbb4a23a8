"""What a function mentions, by dotted name, itself or through what it uses.

`t = torch; F = t.nn.functional` makes `F.f` a mention of torch.nn.functional.f. Objects are not
followed: what a call returns, a list holds or a parameter brings is nobody's name.
"""

from __future__ import annotations

import ast
import builtins
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from grader.scopes import IMPORTS, Binding, Scope, Scopes, Unit

_BUILTINS = frozenset(dir(builtins))
MOST = 100
"""How many dotted names one name may stand for, and of how many modules all names may be imported:
no honest source comes near, and a dishonest one must not keep the judge busy."""
LONGEST = 200
"""Characters of a path of attributes in a string; a longer one is followed nowhere."""
_HIDING = frozenset(
    {"builtins.eval", "builtins.exec", "builtins.compile", "builtins.globals", "sys.modules"}
)
"""Whoever uses one of these says nothing by name any more."""
_ATTRIBUTES = frozenset({"builtins.getattr", "builtins.setattr", "builtins.hasattr"})
_PATHS = frozenset({"operator.attrgetter", "operator.methodcaller"})
_MODULES = frozenset({"builtins.__import__", "importlib.__import__", "importlib.import_module"})
_KNOWN = _HIDING | _ATTRIBUTES | _PATHS | _MODULES | {"builtins.vars"}
_DICT = ".__dict__"

_GETTER = "operator.attrgetter:"
"""Before the attribute that a call of attrgetter is to get."""

_Key = tuple[Scope, str]
_Work = tuple[_Key, Binding]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Something forbidden, or what may hide it.

    Attributes:
        entry: what forbids it; None where nobody can tell by reading.
        path: how it is called: `torch.autograd.grad`, `.backward`, `exec`.
        file, line: where it stands.
        inside: the name whose definition holds it, "" where that is the file itself.
    """

    entry: str | None
    path: str
    file: str
    line: int
    inside: str


_Read = tuple[list[Mention], list[tuple[str, str]]]


class Mentions:
    """The sources of a submission, ready to be asked what their functions mention."""

    def __init__(
        self,
        files: Mapping[str, str],
        given: Mapping[str, str],
        overlays: Mapping[str, str],
        forbidden: Iterable[str],
    ) -> None:
        """Read the sources.

        Args:
            files, given, overlays: what a box would load; `given` is followed, and not blamed.
            forbidden: dotted names, each with all under it; `.name` is an attribute of anything.

        Raises:
            SyntaxError, ValueError, MemoryError, RecursionError: a source cannot be read, or a name
                in it stands for too much.
        """
        entries = frozenset(forbidden)
        self._dots = frozenset(entry for entry in entries if entry.startswith("."))
        self._entries = entries - self._dots
        self._above = frozenset(start for entry in self._entries for start in _starts(entry))
        self._kept = self._above.union(*map(_starts, _KNOWN))
        self._scopes = Scopes()
        self._files = [file.removesuffix(".py") for file in files]
        self._given = {file.removesuffix(".py") for file in given}
        for file, text in (*files.items(), *given.items()):
            self._scopes.read(file, text, file.removesuffix(".py"))
        for file, text in overlays.items():
            self._scopes.read(file, text, self._files[0])
        self._modules = self._scopes.modules
        if any(len(scope.stars) > MOST for scope in self._modules.values()):
            raise ValueError("too many modules are imported whole")
        for scope in self._modules.values():
            scope.stars = [star for star in dict.fromkeys(scope.stars) if self._matters(star)]
        self._paths: dict[_Key, set[str]] = defaultdict(set)
        self._readers: dict[_Key, set[_Work]] = defaultdict(set)
        self._reader: _Work | None = None
        self._settle()
        self._resolved: dict[ast.AST, set[str]] = {}
        self._units: dict[tuple[Unit, str], _Read] = {}

    def of(self, function: str) -> Iterator[Mention]:
        """What `function` mentions itself, then what it reaches by name does."""
        places = [name for name in self._files if function in self._modules[name].bound]
        waiting = [(place, function) for place in places[:1]]
        seen = set(waiting)
        for module, name in waiting:  # grows below
            if module in self._given:
                continue
            scope = self._modules[module]
            for unit in self._scopes.units[module, name]:
                if isinstance(unit.node, IMPORTS):
                    # Who uses it mentions it; but a graded function is used by nobody.
                    paths = self._paths[scope, name] if name == function else set()
                    found = [*self._forbidden(paths, unit, unit.node, name)]
                    reached = [*self._own(paths)]
                else:
                    found, reached = self._in(unit, scope, name)
                yield from found
                fresh = [one for one in reached if one not in seen]
                waiting += fresh
                seen.update(fresh)

    def hiding(self) -> Iterator[Mention]:
        """What runs when the files are loaded, and can make any name stand for anything."""
        for module in self._files:
            for unit in self._scopes.top[module]:
                placed = self._scopes.walk(unit.node, self._modules[module], deep=False)
                for node, scope in placed:
                    for path in sorted(_HIDING & self._resolve(node, scope)):
                        yield _mention(None, path.removeprefix("builtins."), unit, node, "")

    def _in(self, unit: Unit, scope: Scope, name: str) -> _Read:
        """The mentions in one definition of `name`, the longer of two on a line first, and the
        names at top level that it uses, as (module, name)."""
        if name in scope.imported and _is_a_method_call(unit.node):
            return [], []
        if (unit, name) not in self._units:
            found: list[Mention] = []
            reached: dict[tuple[str, str], None] = {}
            for node, at in self._scopes.walk(unit.node, scope):
                found += self._at(node, at, unit, name)
                holder = at.holder(node.id) if isinstance(node, ast.Name) else None
                if isinstance(node, ast.Name) and holder and holder.kind is ast.Module:
                    reached[holder.module, node.id] = None
                reached |= dict.fromkeys(self._own(self._resolve(node, at)))
            self._units[unit, name] = found, list(reached)
        return self._units[unit, name]

    def _at(self, node: ast.AST, at: Scope, unit: Unit, name: str) -> Iterator[Mention]:
        paths = self._resolve(node, at)
        yield from self._forbidden(paths, unit, node, name)
        if isinstance(node, ast.Attribute) and f".{node.attr}" in self._dots:
            yield _mention(f".{node.attr}", f".{node.attr}", unit, node, name)
        for path in sorted(_HIDING & paths):
            yield _mention(None, path.removeprefix("builtins."), unit, node, name)
        if isinstance(node, ast.Call):
            yield from self._by_strings(node, at, unit, name)

    def _forbidden(
        self, paths: Iterable[str], unit: Unit, node: ast.AST, name: str
    ) -> Iterator[Mention]:
        for path in sorted(paths):
            if entry := self._entry(path):
                yield _mention(entry, path, unit, node, name)

    def _by_strings(self, call: ast.Call, at: Scope, unit: Unit, name: str) -> Iterator[Mention]:
        """Attributes and modules that a call names by a string, or by what is not to be read."""
        functions = self._resolve(call.func, at) & _KNOWN
        texts = _texts(call)
        said = texts[1:2] if functions & _ATTRIBUTES else texts if functions & _PATHS else []
        for part in [part for text in said if text for part in text.split(".")]:
            if f".{part}" in self._dots:
                yield _mention(f".{part}", f".{part}", unit, call, name)
        if "builtins.getattr" in functions:
            base = self._resolve(call.args[0], at) if call.args else set()
            unreadable = None in said and bool(self._dots or base & self._above)
        else:
            unreadable = texts[:1] == [None] and bool(functions & (_MODULES | _PATHS))
        if unreadable or (functions and any(isinstance(one, ast.Starred) for one in call.args)):
            yield _mention(None, min(functions).rpartition(".")[2], unit, call, name)

    def _own(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Those of the paths that are names at top level of the submission."""
        for path in sorted(paths):
            module, _, name = path.partition(".")
            if module in self._modules and name in self._modules[module].bound:
                yield module, name

    def _settle(self) -> None:
        """Find what every name stands for, until no more is found."""
        waiting: dict[_Work, None] = dict.fromkeys(
            ((scope, name), binding)
            for scope in self._scopes.all()
            for name, bindings in scope.bound.items()
            for binding in bindings
        )
        while waiting:
            self._reader = key, binding = next(iter(waiting))
            del waiting[key, binding]
            found = self._bound_to(binding)
            if not found <= self._paths[key]:
                self._paths[key] |= found
                if len(self._paths[key]) > MOST:
                    raise ValueError(f"{key[1]} stands for too much")
                waiting |= dict.fromkeys(self._readers[key])
        self._reader = None

    def _bound_to(self, binding: Binding) -> set[str]:
        source, scope = binding
        if isinstance(source, str):
            return self._follow(source)
        return set() if source is None else self._find(source, scope)

    def _resolve(self, node: ast.AST, scope: Scope) -> set[str]:
        """The dotted names that an expression may stand for, of those that matter here."""
        if self._reader is not None:
            return self._find(node, scope)
        if node not in self._resolved:
            self._resolved[node] = self._find(node, scope)
        return self._resolved[node]

    def _find(self, node: ast.AST, scope: Scope) -> set[str]:
        match node:
            case ast.Name():
                return self._name(node.id, scope)
            case ast.Attribute():
                return self._step(self._resolve(node.value, scope), node.attr)
            case ast.NamedExpr():
                return self._resolve(node.value, scope)
            case ast.IfExp():
                return self._resolve(node.body, scope) | self._resolve(node.orelse, scope)
            case ast.BoolOp():
                return {path for one in node.values for path in self._resolve(one, scope)}
            case ast.Subscript(slice=ast.Constant(value=str(text))):
                held = self._resolve(node.value, scope)
                inside = {path.removesuffix(_DICT) for path in held if path.endswith(_DICT)}
                named = self._follow(text) if "sys.modules" in held else set()
                return self._step(inside, text) | named
            case ast.Call():
                return self._called(node, scope)
            case ast.Import() | ast.ImportFrom():
                return {path for whole in _imported(node) for path in self._follow(whole)}
        return set()

    def _called(self, call: ast.Call, scope: Scope) -> set[str]:
        functions = self._resolve(call.func, scope)
        if not functions:
            return set()
        texts = _texts(call)
        first = self._resolve(call.args[0], scope) if call.args else set()
        found: set[str] = set()
        for path in functions:
            match path, texts:
                case "builtins.getattr", [_, str(text), *_]:
                    found |= self._step(first, text)
                case "builtins.vars", [_]:
                    found |= self._step(first, "__dict__")
                case "operator.attrgetter", [str(text)] if len(text) <= LONGEST:
                    found.add(f"{_GETTER}{text}")
                case _, [str(text), *_] if path in _MODULES:
                    found |= self._follow(text) | self._follow(text.partition(".")[0])
                case _, [_] if path.startswith(_GETTER):
                    found |= self._along(path.removeprefix(_GETTER).split("."), first)
        return found

    def _name(self, name: str, scope: Scope) -> set[str]:
        holder = scope.holder(name)
        if holder is not None:
            return self._read((holder, name))
        if name == "__builtins__":
            return {"builtins", f"builtins{_DICT}"}
        stars = [f"{star}.{name}" for star in self._modules[scope.module].stars]
        if name not in _BUILTINS:
            return {path for star in stars for path in self._follow(star)}
        # Hardly any module has a `len` of its own: only one that is forbidden by name counts.
        return self._follow(f"builtins.{name}") | self._entries.intersection(stars)

    def _follow(self, path: str) -> set[str]:
        """What a dotted name stands for, through modules of the submission."""
        first, *steps = path.split(".")
        return self._along(steps, {first})

    def _along(self, steps: Iterable[str], found: set[str]) -> set[str]:
        for step in steps:
            found = self._step(found, step)
        return found

    def _step(self, paths: Iterable[str], name: str) -> set[str]:
        """The attribute `name` of what has one of the paths."""
        found: set[str] = set()
        for path in paths:
            whole = f"{path}.{name}"
            if path in self._modules:
                module = self._modules[path]
                if name in module.bound:
                    found |= {whole} | self._read((module, name))
                for star in module.stars if name not in module.bound else ():
                    found |= self._follow(f"{star}.{name}")
            elif whole in self._kept or (path in self._entries and name.isidentifier()):
                found.add(whole)
            elif self._entry(path):
                found.add(path)  # one part more than the entry says enough
            if name == "__dict__" and not path.endswith(_DICT):
                found.add(whole)
        return found

    def _read(self, key: _Key) -> set[str]:
        if self._reader is not None:
            self._readers[key].add(self._reader)
        return self._paths[key]

    def _matters(self, module: str) -> bool:
        """Whether a module that is imported whole can bring a name that somebody asks about."""
        return module in self._modules or module in self._kept or self._entry(module) is not None

    def _entry(self, path: str) -> str | None:
        """What forbids a path."""
        return next((one for one in reversed(_starts(path)) if one in self._entries), None)


def _mention(entry: str | None, path: str, unit: Unit, node: ast.AST, inside: str) -> Mention:
    line = getattr(node, "lineno", 1)
    return Mention(entry=entry, path=path[:80], file=unit.file, line=line, inside=inside)


def _imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    names = ("" if alias.name == "*" else f".{alias.name}" for alias in node.names)
    return [f"{node.module}{name}" for name in names]


def _is_a_method_call(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Attribute)
    )


def _texts(call: ast.Call) -> list[str | None]:
    """The arguments of a call: the texts of strings that are written out, None for all else."""
    named = [word.value for word in call.keywords if word.arg == "name"]
    values = [one.value if isinstance(one, ast.Constant) else None for one in call.args or named]
    return [value if isinstance(value, str) else None for value in values]


def _starts(path: str) -> list[str]:
    """`a`, `a.b`, `a.b.c` of `a.b.c`."""
    parts = path.split(".")
    return [".".join(parts[:end]) for end in range(1, len(parts) + 1)]
