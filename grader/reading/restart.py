"""Does a notebook run after a restart? Names that its cells use before any cell defines them.

What functions do when they are called is not looked at: this is for what stands in cells alone.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_ALWAYS = frozenset({*dir(builtins), "display", "get_ipython", "In", "Out", "__name__", "__doc__"})
_OUTPUT = re.compile(r"_+\d*|_i+\d*")
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_IMPORTS = (ast.Import, ast.ImportFrom)


class Early(NamedTuple):
    """A name that a cell uses, and the later cell that first binds it; None where none does."""

    name: str
    used: int
    bound: int | None


def early(cells: Iterable[tuple[int, ast.Module]]) -> list[Early]:
    """The names that cells use too early, each once, by the first cell that does.

    Args:
        cells: the cells' numbers and what they parsed to, in order.
    """
    read = [(number, [_names(one) for one in tree.body]) for number, tree in cells]
    if any("*" in bound for _, statements in read for bound, _ in statements):
        return []  # who knows what else is bound
    first: dict[str, int] = {}
    for number, statements in read:
        for bound, _ in statements:
            for name in bound:
                first.setdefault(name, number)
    found: dict[str, Early] = {}
    known = set(_ALWAYS)
    for number, statements in read:
        for bound, used in statements:
            for name in sorted(used - known):
                if not _OUTPUT.fullmatch(name):
                    found.setdefault(name, Early(name, number, first.get(name)))
            known |= bound
    return list(found.values())


def _names(statement: ast.stmt) -> tuple[set[str], set[str]]:
    """The names that a statement binds, and those that it uses where it stands, from outside.

    What a loop or an `if` binds itself may be bound in time; who would tell by reading.
    """
    bound, used = set[str](), set[str]()
    for node in _where_it_stands(statement):
        if isinstance(node, ast.Name):
            (used if isinstance(node.ctx, ast.Load) else bound).add(node.id)
        elif isinstance(node, (*_DEFINITIONS, ast.ClassDef)):
            bound.add(node.name)
        elif isinstance(node, _IMPORTS):
            bound |= {alias.asname or alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)) and node.name:
            bound.add(node.name)
        elif isinstance(node, ast.MatchMapping) and node.rest:
            bound.add(node.rest)
    own = bound
    if isinstance(statement, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
        # `x = x + 1` uses x before it binds it; a comprehension within binds its own first.
        value = ast.walk(statement.value) if statement.value else ()
        own = {one.id for one in value if isinstance(one, ast.Name) and _is_bound(one)}
    if isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name):
        used.add(statement.target.id)
    return bound, used - own


def _is_bound(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Store)


def _where_it_stands(statement: ast.AST) -> Iterator[ast.AST]:
    """The nodes below that run where they stand: no bodies of functions."""
    waiting = [statement]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, _DEFINITIONS):
            waiting += [*node.decorator_list, *node.args.defaults]
            waiting += [default for default in node.args.kw_defaults if default is not None]
        elif isinstance(node, ast.Lambda):
            waiting += node.args.defaults
        else:
            waiting += ast.iter_child_nodes(node)
