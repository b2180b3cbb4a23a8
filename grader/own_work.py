"""A student's own work: where it is, which assignment it is for, its visible checks alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from grader import grade, rubric, submission
from grader.checking import record, source
from grader.checking.source import Course
from grader.errors import SubmissionError, UsageError
from grader.exports.phrases import phrases
from grader.findings import POLICY, Outcome
from grader.grade import Desk, Graded
from grader.inert import inert
from grader.policy import sentence
from grader.reading.assigned import stands_for
from grader.rubric import Item
from grader.sandbox import device as devices
from grader.sandbox.talk import Opener, Sources
from grader.secret import PUBLIC
from grader.submission import Submission

STUDENT = "you"


def split(what: Sequence[str], here: Path) -> tuple[Path, list[str]]:
    """The place of the work and the ids of the items to check: what exists on disk is a place.

    Raises:
        UsageError: more than one place.
    """
    places = [word for word in what if (here / word).exists()]
    if len(places) > 1:
        raise UsageError(f"one place at a time: {', '.join(places)}.")
    return here / places[0] if places else here, [word for word in what if word not in places]


def course_of(place: Path, named: str | None) -> Course:
    """The course that the work at `place` is for, with its visible checks.

    It is the assignment that `named` says, else the one whose folder this is, else the only one
    under the nearest `assignments/` whose files are here.

    Raises:
        UsageError: none fits, or several do.
        CourseError: the assignment is wrong.
    """
    folder = place if place.is_dir() else place.parent
    if named is not None:
        return source.read(rubric.find(named, folder))
    if (folder / rubric.FILE).is_file():
        return source.read(folder)
    names = submission.names_at(place)
    fitting = [
        one
        for one in _assignments_above(folder)
        if any(stands_for(name, file) for file in rubric.read(one).files for name in names)
    ]
    if len(fitting) == 1:
        return source.read(fitting[0])
    if fitting:
        slugs = ", ".join(one.name for one in fitting)
        raise UsageError(f"these files fit {slugs}; say which with --assignment.")
    raise UsageError(
        f"no assignment for the files in {folder}. Run this in the folder that holds "
        f"{rubric.FILE}, or say --assignment NAME."
    )


def _assignments_above(folder: Path) -> list[Path]:
    for parent in (folder.absolute(), *folder.absolute().parents):
        if (parent / "assignments").is_dir():
            return sorted(path.parent for path in (parent / "assignments").glob(f"*/{rubric.FILE}"))
    return []


def desk(course: Course, opener: Opener, level: str, device: str = "cpu") -> Desk:
    """A desk for the visible checks, with the records that were released, else the reference's.

    Where neither is here, the checks come out ungraded and say so.
    """
    isolation = devices.named(level, device)
    made = Desk(course=course, opener=opener, secret=PUBLIC, isolation=isolation)
    if device != "cpu":
        made.put_on(device, level)
    visible = {check.id for check in course.visible}
    recorded = course.assignment.folder / source.RECORDED
    if recorded.is_dir():
        files = sorted(recorded.glob("*.npz"))
        records = [record.from_bytes(path.read_bytes(), path.name) for path in files]
        made.records = {one.check: one for one in records if one.check in visible}
    else:
        made.records = grade.prepare(made, course.visible)
    return made


def check(desk: Desk, place: Path, items: Sequence[str]) -> Graded:
    """Grade the work at `place` by its visible checks; `items` alone, with what they need.

    Raises:
        UsageError: an unknown item, or one without visible checks.
        SubmissionError: there is no work here that could be read.
    """
    chosen(desk.course, items)
    work = submission.read(place, desk.course.assignment, STUDENT)
    if not work.files:
        raise SubmissionError(f"{work.problem or 'there is nothing to check'} ({place})")
    return judge(desk, work, items)


def chosen(course: Course, items: Sequence[str]) -> None:
    """See that each of `items` can be checked here.

    Raises:
        UsageError: an unknown item, or one without visible checks.
    """
    for id in items:
        item = course.assignment.item(id)
        if item.kind == "code" and not _visible(course, item):
            raise UsageError(f"{id} has no visible checks; its hidden ones run at grading.")
        if item.kind != "code":
            raise UsageError(f"{id} is judged at grading; there is nothing to check here.")


def judge(
    desk: Desk, work: Submission, items: Sequence[str], sources: Sources | None = None
) -> Graded:
    """Grade `work` by the visible checks, `items` alone, with what they need.

    `sources` are asked in place of the work's files.
    """
    course = desk.course
    wanted = _with_needs(course, items)
    shown = Course(assignment=course.assignment, visible=course.visible, hidden=())
    graded = grade.grade(
        work,
        replace(desk, course=shown),
        lambda item: item.id in wanted and item.kind == "code" and _visible(course, item),
        sources=sources,
    )
    if not items:
        return graded
    results = [item for item in graded.report.items if item.id in items]
    return replace(graded, report=replace(graded.report, items=tuple(results)))


def how_many(course: Course, items: Sequence[str]) -> tuple[int, int]:
    """How many checks are visible here, of how many; hidden ones are known to the course only."""
    chosen = [one for one in course.checks if not items or one.item in items]
    return sum(one in course.visible for one in chosen), len(chosen)


def remarks(graded: Graded, desk: Desk, lang: str) -> list[str]:
    """What a student should know besides the report, a line each."""
    say = phrases(lang)
    lines = [f"{say('note')}: {inert(note.sentence(say))}" for note in graded.notes]
    for item in graded.report.items:
        for finding in item.findings:
            if finding.outcome is Outcome.UNGRADED:
                why = say.sentence(finding.message or "")
                lines.append(f"{item.id}: {say('not your fault')}: {why}")
            if finding.check == POLICY and finding.evidence and finding.flagged:
                lines.append(f"{item.id}: {inert(sentence(finding.evidence, say))}")
    for id, text in graded.printed.items():
        if text.strip() and any(one.id == id for one in graded.report.items):
            lines.append(f"{id} {say('printed')}: {_first_lines(text)}")
    return lines[:12]


def _first_lines(text: str) -> str:
    lines = [inert(line) for line in text.strip().splitlines()]
    return " | ".join(lines[:3]) + (" …" if len(lines) > 3 else "")


def _visible(course: Course, item: Item) -> bool:
    return any(check.item == item.id for check in course.visible)


def _with_needs(course: Course, items: Sequence[str]) -> set[str]:
    """`items` with everything that they need and everything whose error they could carry."""
    if not items:
        return {item.id for item in course.assignment.items}
    wanted: set[str] = set()
    waiting = list(items)
    while waiting:
        id = waiting.pop()
        if id not in wanted:
            wanted.add(id)
            waiting += course.assignment.item(id).needs
            waiting += [carried for one in course.of(id) for carried in one.carries]
    return wanted
