"""The walk: one submission in, one report out. Read this first.

prepare   the reference answers every check once, in both seats: a record each
grade     the submission's items, one fresh process each; what they answer is judged here
"""

from __future__ import annotations

import platform
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import lru_cache, partial
from importlib import metadata
from typing import Any

import grader
from grader import answers, scoring
from grader.checking.check import Check
from grader.checking.record import Record
from grader.checking.run import Run, finding_of, not_asked, run, ungraded
from grader.checking.source import Course, Misconception
from grader.desk import Desk, Seats, digest, prepare, seed_of
from grader.errors import Failed
from grader.findings import LOADING, POLICY, Finding, Outcome
from grader.numeric.draw import Draw
from grader.pictures import Picture
from grader.places import place, placed, told
from grader.policy import Watch, called, named
from grader.questions import Failure, FailureKind
from grader.reading.notes import Note
from grader.report import ItemResult, Provenance, Report, assemble
from grader.respondents import Replay
from grader.rubric import Item
from grader.sandbox.talk import Sources
from grader.scoring import Judged
from grader.submission import Submission

__all__ = [
    "Desk",
    "Graded",
    "circumstances",
    "grade",
    "prepare",
    "provenance",
    "seed_of",
    "ungraded_report",
]

DEFINITIONS_ALONE = Note(text="the file did not load as it is; its definitions alone were loaded")
NO_RESTART = (
    "the notebook does not run from top to bottom after a restart ({why}); its definitions alone "
    "were loaded"
)
NEAR = 0.8
"""Past this share of a limit, the same work may end otherwise on another day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """A report, and what it must not hold: CPU seconds by item and check, and what was printed.

    `notes` are facts about the submission that cost nothing, such as that its script did not run.
    `pictures` are what there is to look at of failed checks, by check id.
    """

    report: Report
    timings: dict[str, Any]
    printed: dict[str, str]
    notes: tuple[Note, ...]
    pictures: dict[str, tuple[Picture, ...]] = field(default_factory=dict)


def grade(
    submission: Submission,
    desk: Desk,
    wanted: Callable[[Item], bool] = bool,
    *,
    sources: Sources | None = None,
) -> Graded:
    """The report on one submission.

    Args:
        submission: what was handed in.
        desk: the course and what opens boxes, with its records made.
        wanted: chooses among the items; all of them by default.
        sources: what to load in place of the submission's files, for the course's own proofs.

    Raises:
        BoxError: a box broke through nobody's fault but ours; nothing is known about the points.
    """
    return _Walk(submission, desk, sources).over(wanted)


class _Walk:
    """One submission on its way through the items."""

    def __init__(self, submission: Submission, desk: Desk, sources: Sources | None) -> None:
        self.submission, self.desk = submission, desk
        self.results: dict[str, ItemResult] = {}
        self.timings: dict[str, Any] = {}
        self.printed: dict[str, str] = {}
        self.notes: list[Note] = []
        self.notes_to_tell = [
            *submission.notes,
            *(note for notebook in submission.notebooks.values() for note in notebook.notes),
        ]
        self.alone = self.alone_is_told = False
        self.pictures: dict[str, tuple[Picture, ...]] = {}
        self.believed: list[Misconception] = []
        self.stopped: Failure | None = None
        if submission.problem is not None:
            self.stopped = Failure(kind=FailureKind.UNREADABLE, message=submission.problem)
        loaded = sources or self._sources()
        self.students = Seats(desk, loaded)
        where = partial(place, submission)
        self.watch = Watch(loaded.files, loaded.given, loaded.overlays, where)
        reference = desk.course.reference
        self.references = None if reference is None else Seats(desk, reference)
        self.held = ExitStack()
        self.has_device = False

    def over(self, wanted: Callable[[Item], bool]) -> Graded:
        try:
            for item in self.desk.course.assignment.items:
                if wanted(item):
                    self.results[item.id] = self._item(item)
        finally:
            self.students.close()
            if self.references is not None:
                self.references.close()
            self.held.close()
        report = assemble(
            self.desk.course.assignment.slug,
            self.submission.student,
            self.results.values(),
            provenance(
                self.submission,
                self.desk.course,
                self.desk.secret,
                self.desk.isolation,
                self.desk.device,
            ),
        )
        return Graded(
            report=report,
            timings=self.timings,
            printed=self.printed,
            notes=tuple(self.notes),
            pictures=self.pictures,
        )

    def _item(self, item: Item) -> ItemResult:
        if item.kind == "manual":
            return scoring.score(item, [self._free_text(item)], self.results)
        if item.kind == "answer":
            return scoring.score(item, [self._answer(item)], self.results)
        if self.stopped is not None:
            return scoring.score(item, [*self._remarks(), self._did_not_load()], self.results)
        if scoring.blocked(item, self.results) is not None:
            return scoring.block(item)
        if self.desk.is_on_device(item) and not self.has_device:
            self.held.enter_context(self.desk.hold())
            self.has_device = True
        self.student = self.students.of(item)
        failure = self.student.open(item.id, item.limits)
        load, self.alone = self.student.seconds, self.student.definitions_alone
        if failure is not None:
            self.stopped = told(self.submission, failure)
            return scoring.score(item, [*self._remarks(), self._did_not_load()], self.results)
        judged, seconds = self._remarks() + self._forbidden(item), dict[str, float]()
        for check in self.desk.course.of(item.id):
            asked = self.student.is_open
            finding = placed(self.submission, self._check(check, item))
            judged.append(Judged(check.name, check.carries, finding))
            seconds[check.name] = self.student.seconds if asked else 0.0
        self._note(item, load, seconds)
        return scoring.score(item, judged, self.results)

    def _remarks(self) -> list[Judged]:
        """What the first item says that has anything to say of the files; it costs nothing."""
        now, self.notes_to_tell = self.notes_to_tell, []
        if self.alone and not self.alone_is_told:
            now.append(self._alone())
            self.alone_is_told = True
        self.notes += now
        findings = (
            Finding(check=LOADING, outcome=Outcome.PASSED, message=note.sentence()) for note in now
        )
        return [Judged(LOADING, (), finding) for finding in findings]

    def _alone(self) -> Note:
        """Why definitions alone were loaded, as far as a person has to know."""
        stumble = self.student.stumble
        if not self.submission.notebooks or stumble is None:
            return DEFINITIONS_ALONE
        stumble = told(self.submission, stumble)
        why = f"{stumble.message}; {stumble.where}" if stumble.where else stumble.message
        return Note(text=NO_RESTART, values=(("why", why),))

    def _forbidden(self, item: Item) -> list[Judged]:
        """What the item's policy says of the functions that its checks call."""
        records = (self.desk.records.get(check.id) for check in self.desk.course.of(item.id))
        functions = called(
            (record.student for record in records if record is not None),
            self.desk.course.assignment.files,
        )
        findings = self.watch.findings(item.policy, functions)
        return [Judged(POLICY, (), finding) for finding in findings]

    def _answer(self, item: Item) -> Judged:
        given = answers.read_answers(self.submission)
        finding = answers.judge(item.id, given, self.desk.course.key[item.id])
        return Judged(finding.check, (), finding)

    def _free_text(self, item: Item) -> Judged:
        """What a person will read: the answer itself stands in the report, and waits."""
        finding = answers.free_text(item.id, answers.read_answers(self.submission))
        return Judged(finding.check, (), finding)

    def _check(self, check: Check, item: Item) -> Finding:
        record = self.desk.records.get(check.id)
        if record is None:
            return ungraded(check, "there is neither a record of the reference nor the reference")
        if record.problem is not None:
            return ungraded(check, record.problem)
        if not self.student.is_open:
            return not_asked(check, "not asked: the process that answers had ended before")
        ran = run(
            check,
            student=self.student.on(check.id, item.id, item.limits),
            reference=Replay(record.reference, live=self._live(check, item)),
            draw=Draw.replaying(record.draws),
            returns_of=self.desk.course.assignment.returns_of,
            single=self.desk.is_on_device(item),
        )
        if ran.failed is not None and ran.failed.failure is _NO_REFERENCE:
            return ungraded(check, _NO_REFERENCE.message)
        finding = finding_of(check, ran)
        if finding.outcome is not Outcome.FAILED:
            return finding
        if ran.pictures and not check.carries:  # that one takes no points
            self.pictures[check.id] = ran.pictures
        return self._diagnosed(check, ran, record, finding)

    def _live(self, check: Check, item: Item) -> Callable[[], Any]:
        """The reference itself, for a check whose questions depend on the student's answers."""

        def open_live() -> Any:
            if self.references is None:
                raise Failed(_NO_REFERENCE, "reference")
            return self.references.of(item).on(check.id, item.id, item.limits)

        return open_live

    def _diagnosed(self, check: Check, ran: Run, record: Record, finding: Finding) -> Finding:
        if self.references is None:
            return finding
        believed = self.desk.matcher.match(check, ran, record, self.believed)
        if believed is None:
            return finding
        if believed not in self.believed:
            self.believed.append(believed)
        return Finding(
            check=finding.check,
            outcome=finding.outcome,
            message=finding.message,
            evidence=finding.evidence,
            failure=finding.failure,
            misconception=believed.name,
            hint=believed.hint["en"],
        )

    def _note(self, item: Item, load: float, seconds: dict[str, float]) -> None:
        limits = item.limits
        near = load > NEAR * limits.load or max(seconds.values(), default=0) > NEAR * limits.seconds
        self.timings[item.id] = {
            "load": round(load, 4),
            "checks": {name: round(value, 4) for name, value in seconds.items()},
            "near_a_limit": near,
        }
        self.printed[item.id] = self.student.printed()

    def _sources(self) -> Sources:
        assignment = self.desk.course.assignment
        files = {name: self.submission.files.get(name, b"") for name in assignment.files}
        scripts = self.submission.notebooks if assignment.notebook == "definitions" else ()
        dialogues = (record.student for record in self.desk.records.values())
        # One file may import whatever it likes of another.
        alone = len(assignment.files) == 1
        return Sources(
            files={name: data.decode("utf-8-sig", "replace") for name, data in files.items()},
            given=self.desk.course.given,
            overlays={},
            scripts=tuple(scripts),
            asked=tuple(named(dialogues)) if alone else (),
        )

    def _did_not_load(self) -> Judged:
        assert self.stopped is not None
        finding = Finding(
            check=LOADING,
            outcome=Outcome.FAILED,
            message=f"the submission does not load: {self.stopped.message}",
            failure=self.stopped,
        )
        return Judged(LOADING, (), finding)


_NO_REFERENCE = Failure(
    kind=FailureKind.UNREADABLE, message="the reference is not here to answer a further question"
)


def provenance(
    submission: Submission, course: Course, secret: str, isolation: str, device: str = "cpu"
) -> Provenance:
    """All that a report depends on, known before anything runs."""
    facts = circumstances(course, secret, isolation, device)
    return Provenance(submission=submission.digest, **facts)


def circumstances(
    course: Course, secret: str, isolation: str, device: str = "cpu"
) -> dict[str, Any]:
    """What the reports of a class have in common, and its records too."""
    assignment = course.assignment
    packages = ("torch", "numpy") if assignment.arrays == "torch" else ("numpy",)
    return {
        "course": course.digest,
        "engine": grader.__version__,
        "runtime": {
            "python": platform.python_version(),
            **{name: _version(name) for name in packages},
        },
        "device": device,
        "isolation": isolation,
        "seed": f"sha256:{digest('seed', assignment.slug, secret).hex()}",
    }


def ungraded_report(
    submission: Submission,
    course: Course,
    secret: str,
    isolation: str,
    why: str,
    device: str = "cpu",
) -> Report:
    """The report of a submission that our side could not grade, every code item UNGRADED."""
    results: dict[str, ItemResult] = {}
    for item in course.assignment.items:
        finding = Finding(check=LOADING, outcome=Outcome.UNGRADED, message=why)
        judged = [Judged(LOADING, (), finding)] if item.kind != "manual" else []
        results[item.id] = scoring.score(item, judged, results)
    return assemble(
        course.assignment.slug,
        submission.student,
        results.values(),
        provenance(submission, course, secret, isolation, device),
    )


@lru_cache(maxsize=8)
def _version(distribution: str) -> str:
    return metadata.version(distribution)
