"""Submission: what one student handed in, read without trusting it.

Only the files that the assignment names are read: no links, no devices, no more than the cap.
What can be attributed to a student always gives a Submission; what cannot be read is its problem.
"""

from __future__ import annotations

import errno
import hashlib
import itertools
import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from grader.errors import SubmissionError
from grader.inert import inert, is_inert
from grader.reading import assigned, parcel, untrusted
from grader.reading.assigned import MAX_SOURCE_BYTES as MAX_SOURCE_BYTES
from grader.reading.assigned import Work
from grader.reading.cells import Notebook
from grader.reading.notes import Note
from grader.reading.parcel import Parcel
from grader.reading.untrusted import Unreadable, why

if TYPE_CHECKING:
    from grader.rubric import Assignment

ANSWERS = "answers.yaml"
MAX_ANSWERS_BYTES = 64 << 10
MAX_ENTRIES = 10_000
MAX_ID_BYTES = 200

RESERVED = frozenset({"summary.csv"})
"""What stands beside the students' folders in a folder of results: no student can be called so."""

ZIP = ".zip"
LEFT_OUT = "{file}: {count} of its names lead out of the zip; they were left out."


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One student's work.

    Attributes:
        student: the id, safe as a folder's name.
        files: the assigned files that could be read, by their assigned names.
        notebooks: those of them that came from notebooks, with where their lines stand.
        answers: the bytes of answers.yaml, or None where there is none.
        digest: "sha256:…" of files, answers and problems: the same digest, the same report. Of a
            notebook it is the code and its places; saved outputs have no part in it.
        problem: one sentence when the code cannot be graded as it is; every code item then fails.
        answers_problem: the same for answers.yaml, which costs its own items alone.
        notes: what its student should know about how it was packed, apart from any points.
        origin: where it was read.
    """

    student: str
    files: dict[str, bytes]
    notebooks: dict[str, Notebook] = field(default_factory=dict)
    answers: bytes | None
    digest: str
    problem: str | None
    answers_problem: str | None
    origin: Path
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Something handed in that belongs to no student that we could name; `reason` says why."""

    name: str
    origin: Path
    reason: str


def read(path: Path, assignment: Assignment, student: str | None = None) -> Submission:
    """Read one submission: a folder, a zip of one, or a single source file.

    Args:
        path: the folder, zip or file; a link that the operator gives is followed, none inside is.
        student: the id; by default the folder's name, or the file's without its suffix.
    Raises: SubmissionError when it cannot be attributed: nothing there, or an id that cannot name
        a folder.
    """
    try:
        folder = stat.S_ISDIR(path.stat().st_mode)
    except OSError as broken:
        raise SubmissionError(_not_there(path, broken)) from None
    id = _name(path, folder=folder) if student is None else student
    if reason := _unsafe(id):
        raise SubmissionError(f'"{inert(id)}" cannot be a student\'s id: {reason}.')
    notes: tuple[Note, ...] = ()
    if folder:
        work = _from_folder(path, assignment)
        answers, answers_problem = _answers(path)
    elif is_zip(path):
        work, answers, answers_problem, notes = _from_zip(path, assignment)
    else:
        work = assigned.in_file(path, assignment.files)
        # Beside a file with a student's name may lie the answers of another student.
        own = {*assignment.files, *map(assigned.notebook_of, assignment.files)}
        answers, answers_problem = _answers(path.parent if path.name in own else None)
    return Submission(
        student=id,
        files=work.files,
        notebooks=work.notebooks,
        answers=answers,
        digest=_digest(work, answers, answers_problem, notes),
        problem=work.problem,
        answers_problem=answers_problem,
        origin=path,
        notes=notes,
    )


def is_zip(path: Path) -> bool:
    """Whether a file's name says that it is one."""
    return path.suffix.lower() == ZIP


def names_at(path: Path) -> list[str]:
    """What lies in a folder or a zip, or the file itself: no more than names.

    Raises: SubmissionError where nothing can be looked at.
    """
    try:
        if path.is_dir():
            return _listing(path)
        return _unpacked(path, ()).names if is_zip(path) else [path.name]
    except OSError as broken:
        raise SubmissionError(_not_there(path, broken)) from None
    except Unreadable as broken:
        raise SubmissionError(str(broken)) from None


def collect(
    paths: Iterable[Path], assignment: Assignment
) -> tuple[list[Submission], list[Refusal]]:
    """Read the submissions of a class, in the order of the paths, then of names.

    A file is one submission. A folder that holds an assigned file is one; any other folder is a
    class, and each folder and zip in it a submission. Hidden entries are skipped. Two claims on
    one id are both refused: which of them counts is for a person to say.
    """
    found: list[Submission] = []
    refused: list[Refusal] = []
    for path in _once(paths):
        try:
            found += [read(one, assignment) for one in _candidates(path, assignment, refused)]
        except SubmissionError as broken:
            refused.append(Refusal(name=inert(path.name), origin=path, reason=str(broken)))
    claims: dict[str, list[Submission]] = {}
    for submission in found:
        claims.setdefault(_folded(submission.student), []).append(submission)
    for rivals in claims.values():
        if len(rivals) > 1:
            refused += [_collision(one, rivals) for one in rivals]
    return [one for one in found if len(claims[_folded(one.student)]) == 1], refused


def _once(paths: Iterable[Path]) -> Iterator[Path]:
    seen = set()
    for path in paths:
        real = os.path.realpath(path)
        if real not in seen:
            seen.add(real)
            yield path


def _candidates(path: Path, assignment: Assignment, refused: list[Refusal]) -> list[Path]:
    """The submissions that one argument stands for."""
    if not path.is_dir():
        return [path]
    try:
        names = _listing(path)
    except OSError:
        return [path]  # an unreadable folder has a name, so it is somebody's
    work = [name for name in names if _is_assigned(name, assignment)]
    if any(not (path / name).is_dir() for name in work):
        return [path]
    # A student may be called as the file is: that must not make one submission of a class.
    if work and not any(_holds_an_assigned(path / name, assignment) for name in names):
        return [path]
    if not names:
        raise SubmissionError(f"{inert(path.name)}: the folder is empty. Nothing to grade.")
    students, loose = list[Path](), list[Path]()
    for name in names:
        child = path / name
        packed = is_zip(child) and not child.is_dir()
        unsafe = _unsafe(_name(child, folder=not packed))
        if child.is_symlink():
            reason = f"{inert(name)}: is a link. Copy the folder it points to here."
            refused.append(Refusal(name=inert(name), origin=child, reason=reason))
        elif (packed or child.is_dir()) and unsafe:
            reason = f'"{inert(name)}" cannot be a student\'s id: {unsafe}.'
            refused.append(Refusal(name=inert(name), origin=child, reason=reason))
        elif packed or child.is_dir():
            students.append(child)
        elif child.suffix in _WORK:
            loose.append(child)
    if students:
        refused += [_loose(child) for child in loose]
    # A folder with files, none of them assigned, is the work of somebody who misnamed it.
    return students or ([] if any(one.origin.parent == path for one in refused) else [path])


_WORK = (".py", ".ipynb")


def _loose(child: Path) -> Refusal:
    reason = f"{inert(child.name)}: lies beside students' work. Put it into its student's folder."
    return Refusal(name=inert(child.name), origin=child, reason=reason)


def _is_assigned(name: str, assignment: Assignment) -> bool:
    return any(assigned.stands_for(name, wanted) for wanted in assignment.files)


def _holds_an_assigned(folder: Path, assignment: Assignment) -> bool:
    if folder.is_symlink() or not folder.is_dir():
        return False
    try:
        return any(_is_assigned(name, assignment) for name in _listing(folder))
    except OSError:
        return False


def _collision(one: Submission, rivals: list[Submission]) -> Refusal:
    places = " and ".join(inert(os.path.join(*r.origin.parts[-2:])) for r in rivals)
    return Refusal(
        name=inert(one.student),
        origin=one.origin,
        reason=f"{inert(one.student)}: claimed by {places}. Keep one, or rename a folder.",
    )


def _name(path: Path, *, folder: bool) -> str:
    name = path.name or Path(os.path.abspath(path)).name
    return name if folder else os.path.splitext(name)[0]


def _folded(student: str) -> str:
    """What two ids share when some file system would take them for one folder."""
    return unicodedata.normalize("NFC", student).casefold()


def _unsafe(student: str) -> str | None:
    if not student or student.startswith("."):
        return "it is empty or starts with a dot"
    if "/" in student or "\\" in student:
        return "it holds a path separator"
    if not is_inert(student):
        return "it holds characters that cannot be seen"
    if student != student.strip():
        return "it begins or ends with a space"
    if _folded(student) in RESERVED:
        return "it is the name of a file of the results"
    if len(student.encode()) > MAX_ID_BYTES:
        return f"it is longer than {MAX_ID_BYTES} bytes"
    return None


def _listing(folder: Path) -> list[str]:
    """The names in `folder`, sorted; hidden ones and leavings of systems left out."""
    with os.scandir(folder) as entries:
        names = [entry.name for entry in entries]
    return sorted(
        name for name in names if not name.startswith(".") and name not in parcel.LEFT_BY_SYSTEMS
    )


def _count(folder: Path) -> int:
    """How many entries a folder has; no more are counted than matter."""
    with os.scandir(folder) as entries:
        return sum(1 for _ in itertools.islice(entries, MAX_ENTRIES + 1))


def _from_folder(folder: Path, assignment: Assignment) -> Work:
    try:
        # A folder has no order: which of too many would be looked at is nobody's choice.
        if _count(folder) > MAX_ENTRIES:
            sentence = f"The folder holds more than {MAX_ENTRIES} entries. Hand in fewer files."
            return Work(problem=sentence)
        names = _listing(folder)
    except OSError as broken:
        return Work(problem=f"The folder cannot be read ({why(broken)}).")
    own = os.path.realpath(folder) == os.path.realpath(assignment.folder)
    stubs = None if own else assignment.folder
    return assigned.chosen(names, assigned.read_from(folder), assignment.files, stubs)


def _from_zip(
    path: Path, assignment: Assignment
) -> tuple[Work, bytes | None, str | None, tuple[Note, ...]]:
    """The work, the answers, what is wrong with them, and what its student should know."""
    try:
        packed = _unpacked(path, assignment.files)
    except Unreadable as broken:
        return Work(problem=str(broken)), None, str(broken), ()
    work = assigned.chosen(
        packed.names, packed.read, assignment.files, assignment.folder, place="zip"
    )
    notes: tuple[Note, ...] = ()
    if packed.left_out:
        values = (("file", inert(path.name)), ("count", str(packed.left_out)))
        notes = (Note(text=LEFT_OUT, values=values),)
    if ANSWERS not in packed.names:
        return work, None, None, notes
    try:
        return work, packed.read(ANSWERS, MAX_ANSWERS_BYTES), None, notes
    except Unreadable as broken:
        return work, None, str(broken), notes


def _unpacked(path: Path, wanted: Iterable[str]) -> Parcel:
    # A link that the operator names is followed. Read at once: what happens to it later is nothing.
    real = Path(os.path.realpath(path))
    return Parcel(untrusted.whole(real, inert(path.name), parcel.MAX_ZIP_BYTES), wanted)


def _answers(folder: Path | None) -> tuple[bytes | None, str | None]:
    if folder is None or not os.path.lexists(folder / ANSWERS):
        return None, None
    try:
        return untrusted.whole(folder / ANSWERS, ANSWERS, MAX_ANSWERS_BYTES), None
    except Unreadable as broken:
        return None, str(broken)


def _not_there(path: Path, broken: OSError) -> str:
    reason = "there is no such file or folder" if broken.errno == errno.ENOENT else why(broken)
    return f"{inert(path.name)}: {reason}. Check the path."


def _digest(
    work: Work,
    answers: bytes | None,
    answers_problem: str | None = None,
    notes: Iterable[Note] = (),
) -> str:
    """One number for all that a report can depend on; lengths keep the parts apart."""
    parts = [(name.encode(), data) for name, data in sorted(work.files.items())]
    notebooks = [one for _, one in sorted(work.notebooks.items())]
    parts += [(one.file.encode(), one.outline.encode()) for one in notebooks]
    if answers is not None:
        parts.append((ANSWERS.encode(), answers))
    # Two works that cannot be read for different reasons get different reports.
    problems = (work.problem, answers_problem)
    parts += [(b"", problem.encode()) for problem in problems if problem]
    parts += [(b"", note.sentence().encode()) for note in notes]
    total = hashlib.sha256()
    for name, data in parts:
        for part in (name, data):
            total.update(len(part).to_bytes(8, "big") + part)
    return f"sha256:{total.hexdigest()}"
