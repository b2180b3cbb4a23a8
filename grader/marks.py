"""People's marks: a small YAML beside the reports, which no grading ever writes into.

DIR/<assignment>/marks.yaml is a list that only grows; of two marks on one item the later stands.
A mark is laid onto the engine's report as an edit, each time that report is written; where what it
was made on has changed since, it still stands, and the edit says that somebody should look again.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter, with_config

from grader import store
from grader.errors import UsageError
from grader.findings import Outcome
from grader.inert import inert
from grader.report import Edit, Report, unedited, with_edits
from grader.schema import did_you_mean, fit
from grader.yamlfile import Document, dump, load

SCHEMA: Literal["grader.marks/1"] = "grader.marks/1"
FILE = "marks.yaml"
MAX_BYTES = 8 << 20
BEGINS = f"schema: {SCHEMA}\n".encode()

OTHER_WORK = "made on another submission"
OTHER_RESULT = "made when the item was {outcome} with {points} points"
"""Why a mark should be looked at again."""

_LOCKS = ".store"


def _date(text: str) -> str:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("write a date such as 2026-11-26 or 2026-11-26T14:05:00+00:00") from None
    return text


def _said(text: str) -> str:
    if not text.strip():
        raise ValueError("say it in a few words")
    return text


_Points = Annotated[float, Field(ge=0, allow_inf_nan=False)]
_Words = Annotated[str, AfterValidator(_said)]


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeOn:
    """What lay before the person: the submission's digest, what the engine made of the item."""

    submission: str
    outcome: Outcome
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One decision on one item of one student.

    Attributes:
        points: what the item earns by it, 0 or more; None takes earlier marks back.
        who, when, why: a name, an ISO date, a reason.
        made_on: None where a person wrote the file and did not say: it fits whatever is there.
    """

    student: str
    item: str
    points: _Points | None
    who: _Words
    when: Annotated[str, AfterValidator(_date)]
    why: _Words
    made_on: MadeOn | None = None


@with_config(ConfigDict(extra="forbid"))  # holds for the types inside too
@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    schema: Literal["grader.marks/1"]
    marks: tuple[Mark, ...] = ()


_ADAPTER: TypeAdapter[_File] = TypeAdapter(_File)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """All marks on the work of one assignment, in the order in which they were made."""

    entries: tuple[Mark, ...] = ()
    document: Document | None = None

    def refuse_unknown(self, students: Collection[str], items: Collection[str]) -> None:
        """Raise UsageError naming file, line and key of a mark on nobody, or on nothing."""
        for index, mark in enumerate(self.entries):
            for key, given, known in (
                ("student", mark.student, students),
                ("item", mark.item, items),
            ):
                if given not in known and self.document is not None:
                    at = self.document.at(("marks", index, key))
                    near = did_you_mean(given, sorted(known))
                    raise UsageError(f'{at} is "{inert(given)}", which has no report here.{near}')

    def standing(self, student: str) -> dict[str, Mark]:
        """The marks that count for a student, by item: the last ones, unless taken back."""
        last = {mark.item: mark for mark in self.entries if mark.student == student}
        return {item: mark for item, mark in last.items() if mark.points is not None}


def schema() -> dict[str, Any]:
    """The JSON Schema of marks.yaml."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_ADAPTER.json_schema(),
    }


def path(root: Path, assignment: str) -> Path:
    """Where the marks on an assignment lie."""
    return root / assignment / FILE


def read(root: Path, assignment: str) -> Marks:
    """The marks on an assignment; none where there is no file.

    Raises:
        UsageError: file, line and key of what is not a mark.
    """
    place = path(root, assignment)
    return _parsed(place.read_bytes(), place) if place.is_file() else Marks()


@contextmanager
def held(root: Path, assignment: str) -> Iterator[None]:
    """Hold the marks and reports of an assignment, so that two people's changes do not meet.

    Raises:
        UsageError: the folder cannot be written.
    """
    from filelock import FileLock

    folder = root / _LOCKS
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / f"{assignment}.lock")
        lock.acquire()
    except OSError as error:
        raise UsageError(f"{folder} cannot be written ({error.strerror}).") from None
    try:
        yield
    finally:
        lock.release()


def settled(root: Path, report: Report, *, fresh: bool = False) -> Report:
    """A report with the marks that stand now, on disk too.

    Args:
        fresh: the report has just been made, and is not on disk yet.
    Raises: UsageError as `read` and `held` do.
    """
    with held(root, report.assignment):
        marked = applied(report, read(root, report.assignment))
        if fresh or marked != report:
            store.write_report(root, marked)
    return marked


def applied(report: Report, marks: Marks) -> Report:
    """A report with exactly these marks: those it had before are taken off first."""
    engine, standing = unedited(report), marks.standing(report.student)
    marked = [item.id for item in engine.items if item.id in standing]
    return with_edits(engine, [_edit(engine, item, standing[item]) for item in marked])


def made_on(report: Report, item: str) -> MadeOn:
    """What a mark on an item of this report is made on now: the engine's part alone."""
    engine = unedited(report)
    result = next(one for one in engine.items if one.id == item)
    return MadeOn(
        submission=engine.provenance.submission, outcome=result.outcome, points=result.points
    )


def add(root: Path, assignment: str, made: Sequence[Mark]) -> None:
    """Write marks at the end of the file, and lay them onto the reports and the summary.

    Raises:
        UsageError: the file holds something else, a mark is on nobody or nothing, or the folder
            cannot be written; nothing is changed then.
    """
    with held(root, assignment):
        before = read(root, assignment)
        place = path(root, assignment)
        old = place.read_bytes() if place.is_file() else BEGINS
        data = _with_more(old, before, made, place)
        _refuse_unknown(root, assignment, _parsed(data, place))
        store.write_whole(place, data, begins=b"schema: ")
    lay(root, assignment)


def lay(root: Path, assignment: str) -> None:
    """Bring all reports of an assignment, and its summary, in line with the marks.

    Raises:
        UsageError: as `add` does.
    """
    with held(root, assignment):
        marks = read(root, assignment)
        _refuse_unknown(root, assignment, marks)
        for student in store.students(root, assignment):
            report = store.read_report(root, assignment, student)
            if report is not None and (marked := applied(report, marks)) != report:
                store.write_report(root, marked)
        store.write_summary(root, assignment, store.read_outlines(root, assignment))


def _refuse_unknown(root: Path, assignment: str, marks: Marks) -> None:
    items: dict[str, None] = {}
    for one in store.read_outlines(root, assignment):
        items.update(dict.fromkeys(item.id for item in one.items))
    marks.refuse_unknown(store.students(root, assignment), items)


def _edit(engine: Report, item: str, mark: Mark) -> Edit:
    now = made_on(engine, item)
    assert mark.points is not None
    return Edit(
        who=mark.who,
        when=mark.when,
        what=f"{item}: {mark.points:g} points instead of {now.points:g} ({now.outcome})",
        why=mark.why,
        item=item,
        points=float(mark.points),
        conflict=_conflict(mark.made_on, now),
    )


def _conflict(then: MadeOn | None, now: MadeOn) -> str | None:
    if then is None or then == now:
        return None
    if then.submission != now.submission:
        return OTHER_WORK
    if then.outcome is now.outcome and math.isclose(then.points, now.points, abs_tol=1e-6):
        return None
    return OTHER_RESULT.format(outcome=then.outcome, points=f"{then.points:g}")


@lru_cache(maxsize=4)  # asked for each report of a class, and rarely another file
def _parsed(data: bytes, place: Path) -> Marks:
    document = load(data, name=str(place), max_bytes=MAX_BYTES, error=UsageError)
    return Marks(entries=fit(document, _ADAPTER, error=UsageError).marks, document=document)


def _with_more(old: bytes, before: Marks, made: Sequence[Mark], place: Path) -> bytes:
    """The file with more marks at its end: people's comments stay where a block can be added."""
    entries = [*before.entries, *made]
    block = dump({"marks": [_plain(mark) for mark in made]}).encode()
    head = old if old.endswith(b"\n") else old + b"\n"
    rows = block.partition(b"\n")[2]
    flush = textwrap.dedent(rows.decode()).encode()
    for longer in (head + rows, head + flush, head + block):
        try:
            if list(_parsed(longer, place).entries) == entries:
                return longer
        except UsageError:
            continue
    return BEGINS + dump({"marks": [_plain(mark) for mark in entries]}).encode()


def _plain(mark: Mark) -> Mapping[str, Any]:
    value = asdict(mark)
    if mark.made_on is None:
        del value["made_on"]
    else:
        value["made_on"]["outcome"] = str(mark.made_on.outcome)
    return value
