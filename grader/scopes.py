"""Which names a source binds in which scope, and to what: it is read here and never run.

The order in which lines run is not looked at: whatever a scope binds a name to anywhere counts.
"""

from __future__ import annotations

import ast
import warnings
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

IMPORTS = (ast.Import, ast.ImportFrom)
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_LOOPS = (ast.For, ast.AsyncFor, ast.comprehension)


@dataclass(slots=True, eq=False)
class Scope:
    """A module, function, class or comprehension.

    Attributes:
        kind: the type of the node that opens it.
        parent: the scope round it, as Python looks names up; None for a module's.
        module: the module's name.
        bound: for each name what it is bound to.
        imported: the names that an import binds.
        stars: the modules of which all names are imported.
        elsewhere: the names that `global` and `nonlocal` put into another scope.
    """

    kind: type[ast.AST]
    parent: Scope | None
    module: str
    bound: dict[str, list[Binding]] = field(default_factory=dict)
    imported: set[str] = field(default_factory=set)
    stars: list[str] = field(default_factory=list)
    elsewhere: dict[str, Scope] = field(default_factory=dict)

    def holder(self, name: str) -> Scope | None:
        """The scope whose `name` is meant here, or None where none binds it."""
        scope: Scope | None = self
        while scope is not None and name not in scope.bound:
            scope = scope.parent
        return scope


class Binding(NamedTuple):
    """What a name is bound to: an expression in a scope, a dotted name, or who knows what."""

    source: ast.expr | str | None
    scope: Scope


class Unit(NamedTuple):
    """A part of a file's top level, and the file."""

    node: ast.AST
    file: str


class Scopes:
    """Sources, read: the scopes of their modules, and what stands at their top level.

    Attributes:
        modules: the outermost scope of each module, by the module's name.
        units: what says at top level what a name stands for, by module and name.
        top: all that runs when a module is loaded, by module.
    """

    def __init__(self) -> None:
        self.modules: dict[str, Scope] = {}
        self.units: dict[tuple[str, str], list[Unit]] = defaultdict(list)
        self.top: dict[str, list[Unit]] = defaultdict(list)
        self._inner: dict[ast.AST, Scope] = {}

    def all(self) -> list[Scope]:
        """Every scope of every module."""
        return [*self.modules.values(), *self._inner.values()]

    def read(self, file: str, text: str, module: str) -> None:
        """Add a source to a module; two files of one module share its scope.

        Raises:
            SyntaxError, ValueError, MemoryError, RecursionError: it cannot be read.
        """
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "\d" is the student's affair
            tree = ast.parse(text, file)
        scope = self.modules.setdefault(module, Scope(ast.Module, None, module))
        for node in _running(tree.body):
            unit = Unit(node, file)
            self.top[module].append(unit)
            for name in _names_of(node):
                self.units[module, name].append(unit)
            waiting = [(node, scope)]
            while waiting:
                one, at = waiting.pop()
                self._open(one, at)
                self._bind(one, at, unit)
                waiting.extend(self.below(one, at))

    def walk(self, node: ast.AST, scope: Scope, *, deep: bool = True) -> Iterator[_Placed]:
        """The node and all below, in the order of the text, each with the scope that it stands in.

        Not `deep`, the bodies of functions are left out: they do not run where they stand.
        """
        waiting = [(node, scope)]
        while waiting:
            one, at = waiting.pop()
            yield one, at
            below = self.below(one, at)
            if not deep and isinstance(one, _FUNCTIONS):
                below = [(child, place) for child, place in below if place is at]
            waiting.extend(below[::-1])

    def below(self, node: ast.AST, scope: Scope) -> list[_Placed]:
        """The children of a node, each with its scope."""
        inner = self._inner.get(node)
        if inner is None:
            return [(child, scope) for child in ast.iter_child_nodes(node)]
        if isinstance(node, _COMPREHENSIONS):
            # The first of the iterables is looked up outside.
            first = node.generators[0].iter
            parts = [part for one in node.generators for part in ast.iter_child_nodes(one)]
            children = [one for one in ast.iter_child_nodes(node) if one not in node.generators]
            return [(one, scope if one is first else inner) for one in parts + children]
        body = getattr(node, "body")  # noqa: B009 - a lambda's is one expression
        within = set(map(id, body if isinstance(body, list) else [body]))
        children = list(ast.iter_child_nodes(node))
        return [(child, inner if id(child) in within else scope) for child in children]

    def _open(self, node: ast.AST, scope: Scope) -> None:
        """Make the scope that a node opens, with its parameters or loop variables."""
        if not isinstance(node, (*_DEFINITIONS, ast.Lambda, *_COMPREHENSIONS)):
            return
        outer = scope
        while outer.kind is ast.ClassDef and outer.parent is not None:
            outer = outer.parent  # a function in a class does not see the names of the class
        inner = self._inner[node] = Scope(type(node), outer, scope.module)
        if isinstance(node, _COMPREHENSIONS):
            for one in node.generators:
                _bind_loop(one, inner, scope)
        elif isinstance(node, _FUNCTIONS):
            for name, default in _parameters(node.args):
                _add(inner, name, default, scope)

    def _bind(self, node: ast.AST, scope: Scope, unit: Unit) -> None:
        if isinstance(node, ast.Import):
            for alias in node.names:
                whole = alias.name if alias.asname else alias.name.partition(".")[0]
                _add(scope, alias.asname or whole, whole, scope)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if alias.name == "*":
                    scope.stars.append(node.module or "")
                else:
                    path = f"{node.module}.{alias.name}"
                    _add(scope, alias.asname or alias.name, path, scope)
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                _bind_target(target, node.value, scope, scope)
        elif isinstance(node, (ast.AnnAssign, ast.AugAssign)):
            _bind_target(node.target, node.value, scope, scope)
        elif isinstance(node, ast.NamedExpr):
            at: Scope | None = scope
            while at is not None and at.kind in _COMPREHENSIONS and at.parent is not None:
                at = at.parent
            _bind_target(node.target, node.value, at or scope, scope)
        elif isinstance(node, _LOOPS):
            _bind_loop(node, scope, scope)
        elif isinstance(node, ast.withitem) and node.optional_vars is not None:
            _bind_target(node.optional_vars, None, scope, scope)
        elif isinstance(node, ast.ExceptHandler) and node.name is not None:
            _add(scope, node.name, None, scope)
        elif isinstance(node, _DEFINITIONS):
            own = f"{scope.module}.{node.name}" if scope.kind is ast.Module else None
            _add(scope, node.name, own, scope)
        elif isinstance(node, ast.Global):
            for name in node.names:
                self.units[scope.module, name].append(unit)
                _move(name, scope, self.modules[scope.module])
        elif isinstance(node, ast.Nonlocal) and scope.parent is not None:
            for name in node.names:
                _move(name, scope, scope.parent)


_Placed = tuple[ast.AST, Scope]


def _add(scope: Scope, name: str, source: ast.expr | str | None, seen_from: Scope) -> None:
    scope = scope.elsewhere.get(name, scope)
    scope.bound.setdefault(name, []).append(Binding(source, seen_from))
    if isinstance(source, str) and source != f"{scope.module}.{name}":
        scope.imported.add(name)


def _move(name: str, scope: Scope, to: Scope) -> None:
    """`name` in `scope` is that of another scope, from here on and before."""
    scope.elsewhere[name] = to
    to.bound.setdefault(name, []).extend(scope.bound.pop(name, []))


def _bind_loop(
    loop: ast.For | ast.AsyncFor | ast.comprehension, scope: Scope, seen_from: Scope
) -> None:
    written = loop.iter.elts if isinstance(loop.iter, (ast.Tuple, ast.List)) else [None]
    for element in written:
        _bind_target(loop.target, element, scope, seen_from)


def _bind_target(target: ast.expr, value: ast.expr | None, scope: Scope, seen_from: Scope) -> None:
    if isinstance(target, ast.Name):
        _add(scope, target.id, value, seen_from)
    elif isinstance(target, ast.Starred):
        _bind_target(target.value, None, scope, seen_from)
    elif isinstance(target, (ast.Tuple, ast.List)):
        values: list[ast.expr | None] = [None] * len(target.elts)
        starred = any(isinstance(one, ast.Starred) for one in target.elts)
        if isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(values):
            values = values if starred else list(value.elts)
        for part, one in zip(target.elts, values, strict=True):
            _bind_target(part, one, scope, seen_from)


def _parameters(given: ast.arguments) -> Iterator[tuple[str, ast.expr | None]]:
    positional = given.posonlyargs + given.args
    missing = [None] * (len(positional) - len(given.defaults))
    for one, default in zip(positional, [*missing, *given.defaults], strict=True):
        yield one.arg, default
    for one, default in zip(given.kwonlyargs, given.kw_defaults, strict=True):
        yield one.arg, default
    for rest in (given.vararg, given.kwarg):
        if rest is not None:
            yield rest.arg, None


def _running(body: list[ast.stmt]) -> Iterator[ast.AST]:
    """What runs when a module is loaded: statements, and the heads of those that hold others.

    What `if __name__ == "__main__":` guards does not.
    """
    for statement in body:
        if isinstance(statement, (ast.If, ast.While)):
            yield statement.test
            yield from _running([] if _guards_main(statement.test) else statement.body)
            yield from _running(statement.orelse)
        elif isinstance(statement, (ast.For, ast.AsyncFor)):
            yield ast.comprehension(statement.target, statement.iter, [], 0)
            yield from _running(statement.body + statement.orelse)
        elif isinstance(statement, (ast.With, ast.AsyncWith)):
            yield from statement.items
            yield from _running(statement.body)
        elif isinstance(statement, (ast.Try, ast.TryStar)):
            handlers = [line for one in statement.handlers for line in one.body]
            yield from _running(
                [*statement.body, *handlers, *statement.orelse, *statement.finalbody]
            )
        elif isinstance(statement, ast.Match):
            yield statement.subject
            yield from _running([line for case in statement.cases for line in case.body])
        else:
            yield statement


def _guards_main(test: ast.expr) -> bool:
    return (
        isinstance(test, ast.Compare)
        and [type(one) for one in test.ops] == [ast.Eq]
        and any(isinstance(one, ast.Constant) and one.value == "__main__" for one in ast.walk(test))
    )


def _names_of(node: ast.AST) -> set[str]:
    """The names that a part of the top level has to do with: those that it binds or changes.

    `TABLE["f"] = g` and `TABLE.append(g)` have to do with TABLE, `setattr(C, "f", g)` with C.
    """
    if isinstance(node, _DEFINITIONS):
        return {node.name}
    if isinstance(node, IMPORTS):
        return {alias.asname or alias.name.partition(".")[0] for alias in node.names}
    names = set()
    for one in ast.walk(node):
        if isinstance(one, (ast.Name, ast.Attribute, ast.Subscript)):
            names |= _roots(one) if isinstance(one.ctx, ast.Store) else set()
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        call = node.value
        if isinstance(call.func, ast.Attribute):
            names |= _roots(call.func)
        elif isinstance(call.func, ast.Name) and call.func.id == "setattr":
            names |= _roots(call.args[0]) if call.args else set()
    return names


def _roots(expression: ast.expr) -> set[str]:
    """The name that an expression begins with, if it does."""
    while isinstance(expression, (ast.Attribute, ast.Subscript)):
        expression = expression.value
    return {expression.id} if isinstance(expression, ast.Name) else set()
