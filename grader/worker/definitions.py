"""The definitions of a file without its script: what is loaded when the file itself does not load.

Imports, functions and classes are kept, and of the assignments those that a kept definition needs
by name; loops, prints, plots, downloads and training at top level never run. A `def` beats a later
assignment to its name, and of two definitions of one name the last stands.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from types import CodeType
from typing import Any

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_IMPORTS = (ast.Import, ast.ImportFrom)
_ASSIGNMENTS = (ast.Assign, ast.AnnAssign, ast.AugAssign)
_CHOICES = (ast.If, ast.Try)


class Broken:
    """Stands for a name whose import or assignment failed; raises that error at first use."""

    def __init__(self, error: BaseException) -> None:
        object.__setattr__(self, "_error", error)

    def __getattribute__(self, name: str) -> Any:
        raise object.__getattribute__(self, "_error")

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Raises the error, as every other use does."""
        raise object.__getattribute__(self, "_error")

    def __getitem__(self, key: Any) -> Any:
        raise object.__getattribute__(self, "_error")

    __iter__ = __len__ = __bool__ = __call__
    __add__ = __radd__ = __mul__ = __rmul__ = __sub__ = __rsub__ = __matmul__ = __call__
    __truediv__ = __rtruediv__ = __lt__ = __gt__ = __neg__ = __float__ = __index__ = __call__


Pieces = list[tuple[CodeType | SyntaxError, list[str]]]
"""Statements in order, each with the names it binds."""


def extract(source: str, name: str, asked: Collection[str] = ()) -> Pieces:
    """The statements of `source` to run one by one, each with the names it binds.

    A statement that parses and does not compile, such as a `return` outside a function, is its own
    error and takes none of the others along.

    Args:
        source: Python; line numbers are kept, so that errors point into the student's file.
        name: the file's name, as tracebacks shall show it.
        asked: the functions whose needs decide which assignments run; empty: those of all do.

    Raises:
        SyntaxError: the source does not parse.
    """
    kept = list(_flattened(ast.parse(source, name).body))
    defined = {statement.name for statement in kept if isinstance(statement, _DEFINITIONS)}
    needed = _needed(kept, asked)
    chosen: Pieces = []
    for statement in kept:
        names = _bound(statement)
        if not _defines(statement) and not (needed - defined).intersection(names):
            continue
        if isinstance(statement, _ASSIGNMENTS) and defined.intersection(names):
            continue
        module = ast.Module(body=[statement], type_ignores=[])
        try:
            chosen.append((compile(module, name, "exec"), names))
        except SyntaxError as error:
            chosen.append((error, names))
    return chosen


def run(pieces: Pieces, namespace: dict[str, Any]) -> None:
    """Run definitions in `namespace`; what fails is bound to a Broken."""
    for code, names in pieces:
        try:
            if isinstance(code, SyntaxError):
                raise code
            exec(code, namespace)
        except BaseException as error:
            for bound in names:
                namespace[bound] = Broken(error)


def _flattened(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Statements that define something, those within top-level `if`, `try` and `with` too.

    An `if` or a `try` of definitions alone is kept whole: it chooses among imports or devices.
    """
    for statement in body:
        if isinstance(statement, (*_DEFINITIONS, *_IMPORTS, *_ASSIGNMENTS)):
            yield statement
        elif isinstance(statement, ast.With):
            yield from _flattened(statement.body)
        elif isinstance(statement, _CHOICES) and not _guards_main(statement):
            if all(map(_is_plain, _lines(statement))):
                yield statement
            else:
                yield from _flattened(statement.body)


def _lines(statement: ast.If | ast.Try) -> list[ast.stmt]:
    """The statements right inside an `if` or a `try`, those of every branch."""
    if isinstance(statement, ast.If):
        return [*statement.body, *statement.orelse]
    handlers = [line for handler in statement.handlers for line in handler.body]
    return [*statement.body, *handlers, *statement.orelse, *statement.finalbody]


def _is_plain(statement: ast.stmt) -> bool:
    if isinstance(statement, _CHOICES):
        return all(map(_is_plain, _lines(statement)))
    return isinstance(statement, (*_DEFINITIONS, *_IMPORTS, *_ASSIGNMENTS, ast.Pass))


def _defines(statement: ast.stmt) -> bool:
    """Whether it runs in any case; an assignment, or a choice of these, only where it is needed.

    `f = g` and `f = lambda x: …` define a function as much as `def` does.
    """
    if isinstance(statement, _CHOICES):
        return any(map(_defines, _lines(statement)))
    if isinstance(statement, ast.Assign):
        return isinstance(statement.value, (ast.Name, ast.Attribute, ast.Lambda))
    return isinstance(statement, (*_DEFINITIONS, *_IMPORTS))


def _guards_main(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.If) and any(
        isinstance(node, ast.Name) and node.id == "__name__" for node in ast.walk(statement.test)
    )


def _bound(statement: ast.stmt) -> list[str]:
    if isinstance(statement, _DEFINITIONS):
        return [statement.name]
    if isinstance(statement, _IMPORTS):
        names = [alias.asname or alias.name.partition(".")[0] for alias in statement.names]
        return [name for name in names if name != "*"]
    if isinstance(statement, _CHOICES):
        return [name for line in _lines(statement) for name in _bound(line)]
    return [
        node.id
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    ]


def _needed(kept: list[ast.stmt], asked: Collection[str]) -> set[str]:
    """Names that kept definitions load, and those that the assignments to these load in turn.

    Where it is known what is asked for, only what that reaches counts: a function that plots the
    losses of a training is no reason to train.
    """
    loaded: dict[str, set[str]] = {}
    waiting = set(asked)
    for statement in kept:
        if _defines(statement) and not asked:
            waiting |= _loads(statement)
        for name in _bound(statement):
            loaded.setdefault(name, set()).update(_loads(statement))
    needed: set[str] = set()
    while waiting:
        name = waiting.pop()
        needed.add(name)
        waiting |= loaded.get(name, set()) - needed
    return needed


def _loads(statement: ast.stmt) -> set[str]:
    return {
        node.id
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
