"""The definitions of a file without its script: what is loaded when the file itself does not load.

Imports, functions and classes are kept, and of the assignments those that a kept definition needs
by name; loops, prints, plots, downloads and training at top level never run. A `def` beats a later
assignment to its name, and of two definitions of one name the last stands.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from types import CodeType
from typing import Any

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_IMPORTS = (ast.Import, ast.ImportFrom)
_ASSIGNMENTS = (ast.Assign, ast.AnnAssign, ast.AugAssign)


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


def extract(source: str, name: str) -> list[tuple[CodeType, list[str]]]:
    """The statements of `source` to run one by one, each with the names it binds.

    Args:
        source: Python; line numbers are kept, so that errors point into the student's file.
        name: the file's name, as tracebacks shall show it.

    Raises:
        SyntaxError: the source does not parse.
    """
    kept = list(_flattened(ast.parse(source, name).body))
    defined = {statement.name for statement in kept if isinstance(statement, _DEFINITIONS)}
    needed = _needed(kept)
    chosen = []
    for statement in kept:
        names = _bound(statement)
        if isinstance(statement, _ASSIGNMENTS) and (
            defined.intersection(names)
            or not (needed.intersection(names) or _names_a_function(statement))
        ):
            continue
        module = ast.Module(body=[statement], type_ignores=[])
        chosen.append((compile(module, name, "exec"), names))
    return chosen


def run(source: str, name: str, namespace: dict[str, Any]) -> None:
    """Run the definitions of `source` in `namespace`; what fails is bound to a Broken.

    Raises:
        SyntaxError: the source does not parse.
    """
    for code, names in extract(source, name):
        try:
            exec(code, namespace)
        except BaseException as error:
            for bound in names:
                namespace[bound] = Broken(error)


def _names_a_function(statement: ast.stmt) -> bool:
    """`f = g` and `f = lambda x: …` define a function as much as `def` does."""
    return isinstance(statement, ast.Assign) and isinstance(
        statement.value, (ast.Name, ast.Attribute, ast.Lambda)
    )


def _flattened(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Statements that define something, those within top-level `if`, `try` and `with` too."""
    for statement in body:
        if isinstance(statement, (*_DEFINITIONS, *_IMPORTS, *_ASSIGNMENTS)):
            yield statement
        elif isinstance(statement, ast.Try):
            yield from _tried(statement)
        elif isinstance(statement, ast.If) and not _guards_main(statement):
            yield from _flattened(statement.body)


def _tried(statement: ast.Try) -> Iterator[ast.stmt]:
    """A `try` of definitions alone is kept whole: its handlers choose among imports."""
    handlers = [line for handler in statement.handlers for line in handler.body]
    lines = [*statement.body, *handlers, *statement.orelse, *statement.finalbody]
    if all(isinstance(line, (*_DEFINITIONS, *_IMPORTS, *_ASSIGNMENTS, ast.Pass)) for line in lines):
        yield statement
    else:
        yield from _flattened(statement.body)


def _guards_main(statement: ast.If) -> bool:
    return any(
        isinstance(node, ast.Name) and node.id == "__name__" for node in ast.walk(statement.test)
    )


def _bound(statement: ast.stmt) -> list[str]:
    if isinstance(statement, _DEFINITIONS):
        return [statement.name]
    if isinstance(statement, _IMPORTS):
        names = [alias.asname or alias.name.partition(".")[0] for alias in statement.names]
        return [name for name in names if name != "*"]
    if isinstance(statement, ast.Try):
        inner = [line for line in ast.walk(statement) if isinstance(line, ast.stmt)]
        return [name for line in inner if line is not statement for name in _bound(line)]
    return [
        node.id
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    ]


def _needed(kept: list[ast.stmt]) -> set[str]:
    """Names that kept definitions load, and those that the assignments to these load in turn."""
    loaded = {
        name: _loads(statement)
        for statement in kept
        if isinstance(statement, _ASSIGNMENTS)
        for name in _bound(statement)
    }
    needed: set[str] = set()
    waiting = {
        name
        for statement in kept
        if not isinstance(statement, _ASSIGNMENTS)
        for name in _loads(statement)
    }
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
