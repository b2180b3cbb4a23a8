"""A notebook as one module: the code of its cells, and which line of it stands in which cell.

Cells are numbered from 1 as they stand in the notebook, text cells too: the number that an editor
shows, and the one that stays the same whatever was run in which order.
"""

from __future__ import annotations

import ast
import re
import warnings
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from grader.errors import NotebookError
from grader.inert import inert
from grader.reading import ipynb, magics, restart
from grader.reading.ipynb import MAX_NOTEBOOK_BYTES as MAX_NOTEBOOK_BYTES
from grader.reading.notes import Note

MAX_NOTES = 8
MAX_NAMES = 200
"""Of functions that a cell would define of which nothing is used."""
BROKEN = "{file}, cell {cell}, line {line} is not Python ({why}); nothing of this cell is used"
FOREIGN = "{file}, cell {cell} begins with %%{magic} and is not used; it would define {names}"
LATER = (
    "{file}: cell {cell} uses {name}, which only cell {other} defines; after a restart the "
    "notebook does not run from top to bottom"
)
NOWHERE = (
    "{file}: cell {cell} uses {name}, which no cell defines; after a restart the notebook does "
    "not run from top to bottom"
)
MORE = "{file}: and {count} more remarks of this kind"
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_WOULD_DEFINE = re.compile(r"^(?:async +)?(?:def|class) +([A-Za-z_]\w{0,99}) *[(:]", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """Why nothing of a cell is used, and the place that is to blame."""

    why: Note
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A code cell in the module.

    Attributes:
        number: among all cells of the notebook, from 1.
        first: the module's line on which it begins, from 1.
        lost: why nothing of it is in the module, or None; `names` are what it would define.
    """

    number: int
    first: int
    lost: Lost | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Notebook:
    """A notebook's code.

    Attributes:
        file: how it is called in what people read, `layers.ipynb`.
        source: one module; every line of a cell is a line of it.
        cells: the code cells, in order.
        notes: what a student should know, apart from any points.
        defined: the line of the module on which a function or class is defined last, by its name.
    """

    file: str
    source: str
    cells: tuple[Cell, ...]
    notes: tuple[Note, ...]
    defined: dict[str, int]

    def place(self, line: int) -> str:
        """Where a line of the module stands: `layers.ipynb, cell 5, line 3`."""
        index = bisect_right([cell.first for cell in self.cells], line) - 1
        if index < 0:
            return self.file
        cell = self.cells[index]
        return _place(self.file, cell.number, line - cell.first + 1)

    def why_missing(self, name: str) -> Lost | None:
        """Why a name is not defined, where a cell would define it of which nothing is used."""
        lost = [cell.lost for cell in self.cells if name in cell.names]
        return lost[-1] if lost else None

    @property
    def outline(self) -> str:
        """All but the source that can come into a report: the same outline, the same places."""
        cells = [(cell.number, cell.first, cell.names) for cell in self.cells]
        return repr((self.file, cells, [note.sentence() for note in self.notes]))


def read(data: bytes, file: str, max_bytes: int) -> Notebook:
    """The code of a notebook as one module.

    Args:
        data: the .ipynb.
        file: how it is called in what people read.
        max_bytes: of code, what is foreign to Python left out.

    Raises:
        NotebookError: it is no notebook, or holds too much; the text completes "NAME …".
    """
    python: list[tuple[ipynb.CodeCell, str | None]] = []
    size = 0
    for cell in ipynb.code_cells(data):
        magic = magics.cell_magic(cell.text)
        foreign = magic is not None and magic not in magics.RUNS_ITS_BODY
        python.append((cell, magic if foreign else None))
        size += 0 if foreign else len(cell.text.encode("utf-8", "replace")) + 1
    if size > max_bytes:
        raise NotebookError(
            f"holds {size >> 10} KiB of code; at most {max_bytes >> 10} KiB are read. Take data "
            "and output out of it."
        )
    return _assembled(python, file)


def _assembled(python: Sequence[tuple[ipynb.CodeCell, str | None]], file: str) -> Notebook:
    cells: list[Cell] = []
    lines: list[str] = []
    trees: list[tuple[int, ast.Module]] = []
    defined: dict[str, int] = {}
    for cell, magic in python:
        text, lost = cell.text, None
        if magic is None:
            found = _parsed(text)
            if isinstance(found, str):
                text, lost = "", _broken(found, file, cell)
            else:
                text, tree = found
                trees.append((cell.number, tree))
                definitions = (one for one in tree.body if isinstance(one, _DEFINITIONS))
                defined |= {one.name: len(lines) + one.lineno for one in definitions}
        else:
            text = ""
        names = () if text else _would_define(cell.text)
        if magic is not None and names:
            several = ", ".join([*names[:3], "…"] if len(names) > 3 else names)
            why = _note(FOREIGN, file, cell.number, magic=inert(magic[:20]), names=inert(several))
            lost = Lost(why=why, place=_place(file, cell.number, 1))
        cells.append(Cell(number=cell.number, first=len(lines) + 1, lost=lost, names=names))
        lines += text.split("\n") if text else [""]
    notes = [cell.lost.why for cell in cells if cell.lost is not None]
    notes += _early(trees, file)
    if len(notes) > MAX_NOTES:
        more = Note(text=MORE, values=(("file", file), ("count", str(len(notes) - MAX_NOTES))))
        notes = [*notes[:MAX_NOTES], more]
    return Notebook(
        file=file,
        source="\n".join(lines) + "\n",
        cells=tuple(cells),
        notes=tuple(notes),
        defined=defined,
    )


def _parsed(text: str) -> tuple[str, ast.Module] | str:
    """A cell's Python and what it parses to, or "LINE WHY" where it is none."""
    error = ""
    for python in _readings(text):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # "\d" is the student's affair
                tree = ast.parse(python)
        except SyntaxError as broken:
            error = f"{broken.lineno or 1} {broken.msg}"
        except (ValueError, MemoryError, RecursionError) as broken:
            error = f"1 {broken}" if isinstance(broken, ValueError) else "1 it is nested too deeply"
        else:
            return _without_future(python, tree), tree
    return error


def _readings(text: str) -> Iterator[str]:
    """A cell as it stands, as Jupyter reads it, and with commands for magics, whichever parses."""
    yield text
    yield magics.python_of(text)
    yield magics.python_of(text, commands=True)


def _without_future(python: str, tree: ast.Module) -> str:
    """`from __future__` may begin a cell, but stands in the middle of a module."""
    lines = python.split("\n")
    for statement in tree.body:
        if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
            for number in range(statement.lineno, (statement.end_lineno or statement.lineno) + 1):
                lines[number - 1] = "" if number > statement.lineno else "pass"
    return "\n".join(lines)


def _would_define(text: str) -> tuple[str, ...]:
    """The functions and classes at top level of what is not read, as far as a glance tells."""
    names = (found[1] for found in islice(_WOULD_DEFINE.finditer(text), MAX_NAMES))
    return tuple(dict.fromkeys(names))


def _broken(found: str, file: str, cell: ipynb.CodeCell) -> Lost:
    line, _, why = found.partition(" ")
    note = _note(BROKEN, file, cell.number, line=line, why=inert(why[:200]))
    return Lost(why=note, place=_place(file, cell.number, int(line)))


def _early(trees: list[tuple[int, ast.Module]], file: str) -> Iterator[Note]:
    for one in restart.early(trees):
        if one.bound is None:
            yield _note(NOWHERE, file, one.used, name=inert(one.name[:60]))
        elif one.bound != one.used:
            yield _note(LATER, file, one.used, name=inert(one.name[:60]), other=str(one.bound))


def _place(file: str, cell: int, line: int) -> str:
    return f"{file}, cell {cell}, line {line}"


def _note(text: str, file: str, cell: int, **values: str) -> Note:
    return Note(text=text, values=(("file", file), ("cell", str(cell)), *values.items()))
