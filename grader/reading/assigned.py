"""Which of the files that a student handed in are the assigned ones, and the code that is in them.

`NAME.ipynb` stands for `NAME.py`, and a copy as browsers and systems name them for its original.
"""

from __future__ import annotations

import ast
import os
import re
import warnings
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from grader.errors import NotebookError
from grader.inert import inert
from grader.reading import cells, untrusted
from grader.reading.cells import Notebook
from grader.reading.untrusted import Unreadable

MAX_SOURCE_BYTES = 64 << 10
PYTHON, NOTEBOOK = ".py", ".ipynb"
Read = Callable[[str, int], bytes]
"""Gives the bytes of a file by its name, at most so many of them; raises Unreadable."""
_NOT_YET = "raise NotImplementedError"
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass(slots=True, kw_only=True)
class Work:
    """What was found: code by assigned name, the notebooks that it came from, the first problem."""

    files: dict[str, bytes] = field(default_factory=dict)
    notebooks: dict[str, Notebook] = field(default_factory=dict)
    problem: str | None = None

    def take(self, assigned: str, name: str, read: Read) -> None:
        """Read the file that is called `name` as the assigned one.

        Raises:
            Unreadable: it cannot be.
        """
        shown = inert(name)
        if not name.endswith(NOTEBOOK):
            self.files[assigned] = untrusted.utf8(read(name, MAX_SOURCE_BYTES), shown)
            return
        data = read(name, cells.MAX_NOTEBOOK_BYTES)
        try:
            notebook = cells.read(data, notebook_of(assigned), MAX_SOURCE_BYTES)
        except NotebookError as broken:
            raise Unreadable(f"{shown} {broken}") from None
        self.notebooks[assigned] = notebook
        self.files[assigned] = notebook.source.encode()


def notebook_of(assigned: str) -> str:
    """The name of the notebook that is accepted in place of a file."""
    return assigned.removesuffix(PYTHON) + NOTEBOOK


def stands_for(name: str, assigned: str) -> bool:
    """Whether a file of that name is the assigned one, its notebook, or a copy of either."""
    stem, suffix = os.path.splitext(name)
    wanted = assigned.removesuffix(PYTHON)
    if suffix not in (PYTHON, NOTEBOOK):
        return False
    # As browsers, Jupyter, Windows and Colab name a copy.
    copy = r" ?\([0-9]{1,3}\)|-Copy[0-9]{1,3}| - Copy( \([0-9]{1,3}\))?"
    return bool(re.fullmatch(rf"(Copy of )?{re.escape(wanted)}({copy})?", stem, re.ASCII))


def read_from(folder: Path) -> Read:
    """What reads the files that lie in a folder."""
    return lambda name, most: untrusted.whole(folder / name, inert(name), most)


def chosen(
    names: Sequence[str],
    read: Read,
    wanted: Iterable[str],
    stubs: Path | None,
    place: str = "folder",
) -> Work:
    """The work among the files of a folder, or of what stands for one.

    Args:
        names: what there is.
        read: gives what is in it.
        wanted: the assigned files.
        stubs: the folder with the files as they were handed out; None where it is this one, in
            which they have been worked on since.
        place: what to call the folder in a sentence.
    """
    work, problems = Work(), list[str]()
    for assigned in wanted:
        try:
            fits = _fitting(assigned, names, place)
            if len(fits) == 1:
                work.take(assigned, fits[0], read)
            else:
                _the_touched(work, assigned, fits, read, stubs)
        except Unreadable as broken:
            problems.append(str(broken))
    work.problem = problems[0] if problems else None
    return work


def in_file(path: Path, wanted: tuple[str, ...]) -> Work:
    """The work in a single file, which may be called as its student is."""
    fits = [name for name in wanted if stands_for(path.name, name)]
    # With one file assigned, a file under a student's name can be nothing else.
    alone = len(wanted) == 1 and path.suffix in (PYTHON, NOTEBOOK)
    fits = fits or (list(wanted) if alone else [])
    if not fits:
        names = ", ".join(wanted)
        sentence = f"{inert(path.name)} is none of the files that are asked for: {names}."
        return Work(problem=sentence)
    work = Work()
    try:
        # A link that the operator names is followed; its own name says what it is.
        real = Path(os.path.realpath(path))
        work.take(fits[0], path.name, lambda name, most: untrusted.whole(real, inert(name), most))
    except Unreadable as broken:
        return Work(problem=str(broken))
    missing = [name for name in wanted if name not in work.files]
    work.problem = f"{missing[0]} is missing." if missing else None
    return work


def _fitting(assigned: str, names: Sequence[str], place: str) -> list[str]:
    """The one file that stands for the assigned one, or a Python file and a notebook.

    Raises:
        Unreadable: there is none, or too many.
    """
    fits = [name for name in names if stands_for(name, assigned)]
    exact = [name for name in fits if name in (assigned, notebook_of(assigned))]
    fits = exact or fits
    for suffix in (PYTHON, NOTEBOOK):
        alike = [name for name in fits if name.endswith(suffix)]
        if len(alike) > 1:
            called = assigned if suffix == PYTHON else notebook_of(assigned)
            raise Unreadable(f"{called} is there {len(alike)} times: {', '.join(alike)}. Keep one.")
    if not fits:
        others = ", ".join(inert(name) for name in names[:5]) or "nothing"
        raise Unreadable(f"{assigned} is missing; the {place} holds {others}.")
    return sorted(fits, key=lambda name: name.endswith(NOTEBOOK))


def _the_touched(
    work: Work, assigned: str, fits: Sequence[str], read: Read, stubs: Path | None
) -> None:
    """Take, of a Python file and a notebook, the one that was worked on.

    Raises:
        Unreadable: both were, or neither can be read.
    """
    both: dict[str, Work] = {}
    for name in fits:
        one = Work()
        # What cannot be read is somebody's work, perhaps; it must not be lost in silence.
        with suppress(Unreadable):
            one.take(assigned, name, read)
        both[name] = one
    written = {name: _definitions(one.files.get(assigned)) for name, one in both.items()}
    touched = list(fits)
    if None not in written.values():
        first, second = ({**(written[name] or {})} for name in fits)
        stub = None if stubs is None else _definitions_in(stubs / assigned)
        pairs = zip(fits, (first, second), (stub or second, stub or first), strict=True)
        touched = [name for name, mine, other in pairs if _is_touched(mine, other)]
    if len(touched) > 1:
        raise Unreadable(
            f"{' and '.join(fits)} are both there, and both have been worked on. Keep one."
        )
    # Of two that nobody worked on, the one with more in it; of equals the Python file.
    one = both[touched[0] if touched else max(fits, key=lambda name: len(written[name] or ()))]
    work.files |= one.files
    work.notebooks |= one.notebooks


def _is_touched(mine: dict[str, str], other: dict[str, str]) -> bool:
    """Whether a function is written out here that is another, or none yet, in the other file."""
    return any(mine[name] not in (_NOT_YET, other[name]) for name in mine.keys() & other.keys())


def _definitions_in(path: Path) -> dict[str, str]:
    try:
        return _definitions(untrusted.text(path, path.name, MAX_SOURCE_BYTES)) or {}
    except Unreadable:
        return {}


def _definitions(source: bytes | None) -> dict[str, str] | None:
    """The functions and classes at top level, without what is said about them; None: no Python."""
    if source is None:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "\d" is the student's affair
            tree = ast.parse(source.decode("utf-8-sig"))
        return {one.name: _bare(one) for one in tree.body if isinstance(one, _DEFINITIONS)}
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None


def _bare(statement: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> str:
    """A definition without its docstring, as text; _NOT_YET where it is still to be written."""
    if ast.get_docstring(statement, clean=False) is not None:
        statement.body = statement.body[1:]
    first = statement.body[0] if statement.body else ast.Pass()
    raised = first.exc if isinstance(first, ast.Raise) else None
    called = raised.func if isinstance(raised, ast.Call) else raised
    if isinstance(called, ast.Name) and called.id == "NotImplementedError":
        return _NOT_YET
    return ast.dump(statement)
