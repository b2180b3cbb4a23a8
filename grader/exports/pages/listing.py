"""A student's own code as lines in colours, with anchors, and marks where something went wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup
from pygments.lexers.python import PythonLexer
from pygments.token import Comment, Keyword, Name, Number, Operator, String, _TokenType

from grader.exports.pages.frame import anchor
from grader.inert import escaped, is_inert

MOST_LINES = 4_000
MOST_CELLS = 500
LONGEST_LINE = 2_000
"""A longer line is cut; it was not written by hand."""

_PLACE = re.compile(r"(?P<file>[^/\\:]+)(?::|, line )(?P<line>\d{1,7})")
_MOST_COLOURED = 128 << 10
# The lexer's time grows with the square of a run of blank lines: 60,000 took more than a minute.
_WIDE_GAP = re.compile(r"\s{1000}")
_CLASSES: tuple[tuple[_TokenType, str], ...] = (
    (Comment, "c"),
    (String, "s"),
    (Number, "m"),
    (Keyword, "k"),
    (Operator.Word, "k"),
    (Name.Function, "f"),
    (Name.Class, "f"),
    (Name.Decorator, "f"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Why a line is marked: a sentence, and the anchor of the item it is about."""

    text: str
    item: str
    to: str


@dataclass(slots=True, kw_only=True)
class Line:
    """A line of code: its number from 1, its anchor, its markup, and why it is marked."""

    number: int
    anchor: str
    code: Markup
    marks: list[Mark] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Listing:
    """One file, or one cell of a notebook, under its name."""

    name: str
    lines: list[Line]
    source: str
    cut: bool = False
    cell: int | None = None

    def place(self, number: int) -> str:
        """How people read a line: `layers.py:31`, `layers.ipynb, cell 5, line 3`."""
        return f"{self.name}:{number}" if self.cell is None else f"{self.name}, line {number}"

    def line(self, number: int) -> Line | None:
        """The line of that number, if it is shown."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else None

    def line_of(self, function: str) -> Line | None:
        """Where a function is defined, the last time: that one counts."""
        pattern = rf"^(?:async[ \t]+)?def[ \t]+{re.escape(function)}[ \t]*\("
        found = list(re.finditer(pattern, self.source, re.MULTILINE))
        return self.line(self.source.count("\n", 0, found[-1].start()) + 1) if found else None


def listing(name: str, source: str, cell: int | None = None) -> Listing:
    """The listing of a Python source, whatever it holds; `cell` is its number in a notebook."""
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    rows = source.split("\n")
    if rows and not rows[-1]:
        rows.pop()
    cut = len(rows) > MOST_LINES or any(len(row) > LONGEST_LINE for row in rows)
    rows = [row[:LONGEST_LINE] for row in rows[:MOST_LINES]]
    lines = [
        Line(number=number, anchor=anchor("line", name, str(number)), code=code)
        for number, code in enumerate(_coloured(rows), start=1)
    ]
    return Listing(name=name, lines=lines, source=source, cut=cut, cell=cell)


def listings(work: Mapping[str, bytes]) -> list[Listing]:
    """Those of what a student handed in: a listing a file, or a code cell of a notebook."""
    found = []
    for name, data in work.items():
        if name.endswith(".py"):
            found.append(listing(name, data.decode("utf-8-sig", "replace")))
        elif name.endswith(".ipynb"):
            found += _cells(name, data)
    return found


def _cells(name: str, data: bytes) -> Iterator[Listing]:
    """A notebook's code cells under their numbers; none where it is not one that we kept."""
    try:
        notebook = json.loads(data)
        file = notebook["metadata"].get("grader", {}).get("file", name)
        sources = [
            (number, cell["source"])
            for number, cell in enumerate(notebook["cells"], start=1)
            if cell["cell_type"] == "code" and cell["source"].strip()
        ]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return
    for number, source in sources[:MOST_CELLS]:
        yield listing(f"{file}, cell {number}", source, cell=number)


def find(shown: Sequence[Listing], where: str | None) -> Line | None:
    """The line that a failure names, as `Listing.place` does, if it is one of those shown."""
    place = _PLACE.fullmatch(where or "")
    if place is None:
        return None
    files = {one.name: one for one in shown}
    return files[place["file"]].line(int(place["line"])) if place["file"] in files else None


def find_function(shown: Sequence[Listing], called: str | None) -> Line | None:
    """Where the function of a call, `name(array (4, 5))`, is defined."""
    name, bracket, _ = (called or "").partition("(")
    if not bracket or not name.isidentifier():
        return None
    found = [line for one in shown if (line := one.line_of(name)) is not None]
    return found[-1] if found else None


def _coloured(rows: Sequence[str]) -> Iterator[Markup]:
    """A line of markup for each row, no more and no fewer."""
    source = "\n".join(rows)
    if len(source) > _MOST_COLOURED or _WIDE_GAP.search(source):
        yield from (Markup(_span(row, "")) for row in rows)
        return
    parts: list[str] = []
    made = 0
    for kind, text in PythonLexer(stripnl=False, ensurenl=False).get_tokens(source):
        name = next((name for parent, name in _CLASSES if kind in parent), "")
        first, *others = text.split("\n")
        parts.append(_span(first, name))
        for other in others:
            yield Markup("").join(map(Markup, parts))
            made += 1
            parts = [_span(other, name)]
    if made < len(rows):
        yield Markup("").join(map(Markup, parts))


def _span(text: str, name: str) -> str:
    if not text:
        return ""
    shown = Markup.escape("".join(map(_shown, text)))
    return f'<span class="{name}">{shown}</span>' if name else str(shown)


def _shown(character: str) -> str:
    if is_inert(character):
        return character
    return "    " if character == "\t" else escaped(character)
