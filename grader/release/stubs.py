"""Stubs out of solutions: what stands between `# BEGIN SOLUTION` and `# END SOLUTION` goes.

Inside a function a marked part gives way to `raise NotImplementedError("write NAME here")`;
anywhere else (helpers, constants, imports) it is left out with the gap that it makes. All other
lines are the stub's own, docstrings included.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from grader.checking.source import Course
from grader.errors import CourseError, UsageError

BEGIN, END = "# BEGIN SOLUTION", "# END SOLUTION"
_NEARLY = re.compile(r"#.*\b(begin|end)[\s_-]*solution", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A marked part: its first and last line, markers included, counted from 1."""

    first: int
    last: int


def stub(text: str, name: str) -> str:
    """The stub of a solution.

    Args:
        text: the solution's source.
        name: the file to blame, as people know it.

    Raises:
        CourseError: no marker at all, one that is open, closed or nested wrongly, or text that is
            no Python; by file and line.
    """
    lines = text.splitlines()
    found = blocks(text, name)
    if not found:
        raise CourseError(
            f"{name}: no {BEGIN}, so that the stub would hold the whole solution. Put what "
            f"students write between {BEGIN} and {END}."
        )
    functions = _functions(text, name)
    kept: list[str] = []
    place = 0
    for block in found:
        kept += lines[place : block.first - 1]
        place = block.last
        inner = [one for one in functions if one.lineno < block.first <= (one.end_lineno or 0)]
        if inner:
            indent = lines[block.first - 1].partition("#")[0]
            nearest = max(inner, key=lambda one: one.lineno)
            kept.append(f'{indent}raise NotImplementedError("write {nearest.name} here")')
        else:
            place += _close_the_gap(kept, lines[place:])
    kept += lines[place:]
    return "\n".join(kept).rstrip("\n") + "\n"


def blocks(text: str, name: str) -> tuple[Block, ...]:
    """The marked parts of a solution, in order; none where nothing is marked.

    Raises: CourseError for a marker without its other half, a nested one, or a misspelt one.
    """
    found: list[Block] = []
    begun = 0
    for number, line in enumerate(text.splitlines(), start=1):
        said = line.strip()
        if said == BEGIN:
            if begun:
                raise CourseError(
                    f"{name}:{number}: {BEGIN} inside the one of line {begun}; write {END} first."
                )
            begun = number
        elif said == END:
            if not begun:
                raise CourseError(f"{name}:{number}: {END} without a {BEGIN} above it.")
            found.append(Block(first=begun, last=number))
            begun = 0
        elif _NEARLY.search(line):  # a misspelt marker would give the solution away
            raise CourseError(
                f"{name}:{number}: write the marker alone on its line, exactly as {BEGIN} or {END}."
            )
    if begun:
        raise CourseError(f"{name}:{begun}: {BEGIN} without an {END} below it.")
    return tuple(found)


def marked_lines(text: str, name: str) -> list[str]:
    """What stands between the markers, line by line; what must not reach a student.

    Raises: CourseError as `blocks`.
    """
    lines = text.splitlines()
    return [line for block in blocks(text, name) for line in lines[block.first : block.last - 1]]


def generated(course: Course) -> dict[Path, str]:
    """The stubs of an assignment as its solutions make them, by where they belong.

    Raises:
        UsageError: the secret half is not here.
        CourseError: a solution's markers are wrong.
    """
    secret = course.assignment.secret
    if secret is None or course.reference is None:
        raise UsageError(
            f"{course.assignment.slug} has no reference here, and stubs are made from it."
        )
    room = f"{secret.parent.name}/{secret.name}"
    return {
        course.assignment.folder / name: stub(text, f"{room}/{name}")
        for name, text in course.reference.files.items()
    }


def is_marked(course: Course) -> bool:
    """Whether any solution of the assignment holds a marker."""
    texts = course.reference.files if course.reference is not None else {}
    return any(blocks(text, name) for name, text in texts.items())


def drifted(course: Course) -> list[Path]:
    """The stubs that are not what their solutions make of them."""
    return [
        path
        for path, text in generated(course).items()
        if not path.is_file() or path.read_bytes() != text.encode()
    ]


def write(course: Course) -> list[Path]:
    """Write the stubs into the assignment's folder; those that changed."""
    changed = drifted(course)
    texts = generated(course)
    for path in changed:
        path.write_bytes(texts[path].encode())
    return changed


def _functions(text: str, name: str) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        raise CourseError(f"{name}:{error.lineno}: {error.msg}; a stub cannot be made.") from error
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


def _close_the_gap(kept: list[str], following: Iterable[str]) -> int:
    """Where lines were left out, leave the larger of the two gaps; how many blanks to skip."""
    after = sum(1 for _ in takewhile(lambda line: not line.strip(), following))
    before = 0
    while kept and not kept[-1].strip():
        kept.pop()
        before += 1
    kept += [""] * max(before, after)
    return after
