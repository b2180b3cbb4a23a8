"""The notebook edition of an assignment: task text, a cell for each stub, visible checks."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import nbformat

from grader.checking.record import Record
from grader.checking.source import Course
from grader.exports.phrases import phrases

_HEADING = re.compile(r"^## ", re.MULTILINE)
_FENCE = re.compile(r"^(```|~~~)")
_v4: Any = nbformat.v4  # no types are published for it
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A function or a class of a stub: its name and its whole text, comments above it included."""

    name: str
    text: str


def notebook(
    course: Course, name: str, text: str, handout: str, records: Mapping[str, Record], lang: str
) -> bytes:
    """The notebook of one stub, nbformat 4.5, the same bytes every time.

    Each section of the handout stands before the functions that it names, and after each function
    stands `check(item)` for what the visible checks ask of it.

    Args:
        course: the assignment; its items and visible checks are used.
        name: the stub's file name, `layers.py`.
        text: the stub's source.
        handout: the task text in Markdown; empty for none.
        records: of the visible checks, by check id: they tell which functions an item calls.
        lang: "en" or "ru", for what we say ourselves and what `check` says.
    """
    say = phrases(lang)
    introduction, above, pieces = taken_apart(text)
    sections = sections_of(handout)
    homes = _homes(sections, pieces)
    checks = _checks_after(course, pieces, records)
    cells = []
    lines = [
        say("Write the functions in the cells below and run them."),
        say("`check(…)` under a function asks the visible checks of what is in this kernel now; "
            "nothing is graded there."),
        say("Hand in this notebook or `{name}`, one of the two.").format(name=name),
    ]  # fmt: skip
    spoken = "" if lang == "en" else f', lang="{lang}"'
    setup = "from grader.notebook import check"
    for place, section in enumerate(sections or [""]):
        if section:
            cells.append(_v4.new_markdown_cell(section))
        if place == 0:
            ours = "\n".join(f"- {line}" for line in lines)
            cells.append(_v4.new_markdown_cell(f"{introduction}\n\n{ours}".strip()))
            cells.append(_v4.new_code_cell("\n\n".join(part for part in (above, setup) if part)))
        for piece in pieces:
            if homes[piece.name] == place:
                cells.append(_v4.new_code_cell(piece.text))
                asked = checks.get(piece.name, [])
                if asked:
                    words = ", ".join(f'"{item}"' for item in asked)
                    cells.append(_v4.new_code_cell(f"check({words}{spoken})"))
    cells.append(_v4.new_code_cell(f"check({spoken.removeprefix(', ')})"))
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    made = _v4.new_notebook(cells=cells, metadata=_METADATA)
    nbformat.validate(made)
    return f"{_v4.writes(made).rstrip()}\n".encode()


def taken_apart(text: str) -> tuple[str, str, list[Piece]]:
    """A stub in three: its docstring, what stands between functions and classes, and these."""
    lines = text.splitlines()
    tree = ast.parse(text)
    docstring = ast.get_docstring(tree)
    pieces: list[Piece] = []
    above: list[str] = []
    place = 0
    if docstring is not None:
        place = tree.body[0].end_lineno or 0
    for node in tree.body:
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            continue
        first = min([node.lineno, *(one.lineno for one in node.decorator_list)]) - 1
        while first > place and lines[first - 1].startswith("#"):
            first -= 1
        end = node.end_lineno or node.lineno
        above += lines[place:first]
        pieces.append(Piece(name=node.name, text="\n".join(lines[first:end])))
        place = end
    above += lines[place:]
    between = re.sub(r"\n{3,}", "\n\n", "\n".join(above)).strip("\n")
    return docstring or "", between, pieces


def sections_of(handout: str) -> list[str]:
    """A Markdown text cut before each of its second headings; headings in code cut nothing."""
    sections: list[list[str]] = [[]]
    fenced = False
    for line in handout.splitlines():
        fenced ^= bool(_FENCE.match(line))
        if _HEADING.match(line) and not fenced:
            sections.append([])
        sections[-1].append(line)
    texts = ["\n".join(section).strip() for section in sections]
    return [section for section in texts if section]


def _homes(sections: Sequence[str], pieces: Iterable[Piece]) -> dict[str, int]:
    """The section that each function stands under: the one that shows its call, else names it,
    else its neighbour's."""
    homes: dict[str, int] = {}
    home = max(len(sections) - 1, 0)
    for piece in pieces:
        for mark in (f"`{piece.name}(", f"`{piece.name}`"):
            places = [place for place, text in enumerate(sections) if mark in text]
            if places:
                home = places[0]
                break
        homes[piece.name] = home
    return homes


def _checks_after(
    course: Course, pieces: Sequence[Piece], records: Mapping[str, Record]
) -> dict[str, list[str]]:
    """The items to check after each function: it is the last one that an item's checks call."""
    order = {piece.name: place for place, piece in enumerate(pieces)}
    after: dict[str, list[str]] = {}
    for item in course.assignment.items:
        called = {
            question.target
            for check in course.visible
            if check.item == item.id and check.id in records
            for question, _ in records[check.id].student
            if question.verb == "call" and isinstance(question.target, str)
        }
        known = [name for name in called if name in order]
        if known:
            after.setdefault(max(known, key=order.__getitem__), []).append(item.id)
    return after
