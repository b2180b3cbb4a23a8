"""Which items a changed function can reach; all others come out as they did before the change."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping

from grader.checking.record import Record
from grader.checking.source import Course

_DEFINITIONS = (ast.FunctionDef, ast.ClassDef)


def reached(course: Course, records: Mapping[str, Record], change: str) -> frozenset[str]:
    """The code items whose outcome can differ once `change` runs after the reference's source.

    An item is reached when one of its checks calls a function that the change defines, or one that
    uses such a function by name, at any depth. With it come the items that it needs, or whose error
    its checks carry. All items, where the change does more than define names.

    Args:
        course: with its secret half.
        records: the reference's answers, by check id; their questions say what a check calls.
        change: the source of a misconception or an alternative.
    """
    code = frozenset(item.id for item in course.assignment.items if item.kind == "code")
    tree = ast.parse(change)
    if not all(map(_only_defines, tree.body)):
        return code
    reference = course.reference
    assert reference is not None
    references = list(map(ast.parse, reference.files.values()))
    known = {_meaning(*one) for file in references for one in _defined(file)}
    new = {one[0] for one in _defined(tree) if _meaning(*one) not in known}
    changed = _users(new, [tree, *references])
    called = {
        check.id: {
            question.target
            for question, _ in records[check.id].student
            if question.verb == "call" and isinstance(question.target, str)
        }
        for check in course.checks
    }
    first = {check.item for check in course.checks if called[check.id] & changed}
    return frozenset(_with_what_they_lean_on(course, first)) & code


def _only_defines(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Assign):
        return all(isinstance(target, ast.Name) for target in statement.targets)
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant)
    return isinstance(statement, (*_DEFINITIONS, ast.Import, ast.ImportFrom))


def _defined(tree: ast.Module) -> Iterator[tuple[str, ast.stmt]]:
    for statement in tree.body:
        if isinstance(statement, _DEFINITIONS):
            yield statement.name, statement
        elif isinstance(statement, (ast.Import, ast.ImportFrom)):
            yield from (
                (one.asname or one.name.partition(".")[0], statement) for one in statement.names
            )
        elif isinstance(statement, ast.Assign):
            named = (one for one in statement.targets if isinstance(one, ast.Name))
            yield from ((one.id, statement) for one in named)


def _meaning(name: str, statement: ast.stmt) -> tuple[str, str]:
    """Equal where a name is bound to the same: an import that both have changes nothing."""
    if isinstance(statement, ast.Import):
        (one,) = (
            one for one in statement.names if name in (one.asname, one.name.partition(".")[0])
        )
        return name, f"{one.name} as {one.asname}"
    return name, ast.dump(statement)


def _users(names: set[str], trees: Iterable[ast.Module]) -> set[str]:
    """The names, and all that use one of them, or use what does."""
    uses = [
        (name, {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)})
        for tree in trees
        for name, statement in _defined(tree)
    ]
    found = set(names)
    while more := {name for name, used in uses if used & found} - found:
        found |= more
    return found


def _with_what_they_lean_on(course: Course, items: set[str]) -> set[str]:
    found = set(items)
    waiting = list(items)
    while waiting:
        item = waiting.pop()
        carried = {one for check in course.of(item) for one in check.carries}
        more = {*course.assignment.item(item).needs, *carried} - found
        found |= more
        waiting += more
    return found
