"""Many submissions: who is graded already, the processes that grade the rest, what broke.

Every worker has one warm zygote. It writes a report as soon as it is done, so that a run that is
killed loses nothing and the same command goes on where it stopped. `run` talks to any
`concurrent.futures` executor; alone it makes local processes.
"""

from __future__ import annotations

import contextlib
import hashlib
import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.util import Finalize
from pathlib import Path
from typing import TypeVar

from grader import grade, store
from grader.checking import record, source
from grader.errors import BoxError, CourseError
from grader.findings import LOADING, Outcome
from grader.report import Report
from grader.sandbox import device as devices
from grader.sandbox import probe
from grader.sandbox.box import Confinement
from grader.sandbox.talk import shortened
from grader.submission import Submission

T = TypeVar("T")

TRIES = 3
"""How often a submission is tried that takes its worker down before it is our fault in writing."""
STORE = ".store"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a worker needs to grade submissions of one assignment into one folder.

    `device` is where items run that ask for an accelerator: "cpu" where there is none.
    """

    folder: Path
    out: Path
    secret: str
    confinement: Confinement
    device: str = "cpu"

    @property
    def isolation(self) -> str:
        """How a report names what held the submission."""
        return devices.named(self.confinement.level, self.device)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One submission that has its report: whether it lay there before, and what went wrong."""

    report: Report
    resumed: bool = False
    problem: str | None = None


def run(
    job: Job,
    submissions: Sequence[Submission],
    *,
    jobs: int,
    again: bool,
    executor: Callable[[int], Executor] | None = None,
) -> Iterator[Done]:
    """Grade `submissions`, yielding each as it is done; then write the class summary.

    A submission whose report lies in `job.out` with the same provenance is not graded again,
    unless `again`, or it could not be graded. A worker that dies is replaced, and what it may have
    been at is tried again.

    Raises:
        CourseError, UsageError: the course is wrong, or the folder cannot be written.
        BoxError: no box could be opened to record the reference.
    """
    course = source.read(job.folder)
    slug = course.assignment.slug
    waiting = []
    for submission in submissions:
        provenance = grade.provenance(submission, course, job.secret, job.isolation, job.device)
        found = store.find_report(job.out, slug, submission.student, provenance)
        if found is None or again or _is_blamed_on_us(found):
            waiting.append(submission)
        else:
            yield Done(report=found, resumed=True, problem=_problem(found))
    if waiting:
        # An unwritable folder is found now, not after an hour of grading.
        store.write_whole(_store(job, course) / "course", course.digest.encode())
        yield from _over(job, waiting, jobs, executor or local_processes)
    store.write_summary(job.out, slug, store.read_outlines(job.out, slug))


def local_processes(jobs: int) -> ProcessPoolExecutor:
    """Processes of this machine, started afresh: nothing of the parent is in them."""
    return ProcessPoolExecutor(
        jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_end_with_parent
    )


def _over(
    job: Job, waiting: Sequence[Submission], jobs: int, make: Callable[[int], Executor]
) -> Iterator[Done]:
    tries = {submission.student: 0 for submission in waiting}
    left = {submission.student: submission for submission in waiting}
    while left:
        # Of several at once, nobody knows which took a worker down: those are tried one by one.
        fresh = [name for name in left if not tries[name]]
        width = min(jobs, len(fresh)) or 1
        executor = make(width)
        try:
            yield from _round(executor, job, fresh or list(left), width, left, tries)
        except BrokenProcessPool:
            for student in [name for name in left if tries[name] >= TRIES]:
                submission = left.pop(student)
                yield _blame_us(job, submission, f"its worker died {TRIES} times")
        finally:
            executor.shutdown(wait=True, cancel_futures=True)


def _round(
    executor: Executor,
    job: Job,
    students: list[str],
    width: int,
    left: dict[str, Submission],
    tries: dict[str, int],
) -> Iterator[Done]:
    """One executor's life: the records first, then `students`, `width` of them at a time.

    Raises:
        BrokenProcessPool: a worker died; those that were under way have one more try behind them.
    """
    queue, flying = deque(students), dict[Future[Done], str]()
    suspects = students[:1]
    try:
        executor.submit(prepare, job).result()
        while queue or flying:
            while queue and len(flying) < width:
                student = queue.popleft()
                flying[executor.submit(grade_one, job, left[student])] = student
            suspects = list(flying.values())
            ended, _ = wait(flying, return_when=FIRST_COMPLETED)
            for future in sorted(ended, key=lambda one: one.exception() is not None):
                done = future.result()
                suspects.remove(flying.pop(future))
                del left[done.report.student]
                yield done
    except BrokenProcessPool:
        for student in suspects:
            tries[student] += 1
        raise


def prepare(job: Job) -> None:
    """Record the reference once a class, unless the store has all records already."""
    desk = _desk(job)
    missing = [check for check in desk.course.checks if check.id not in desk.records]
    if not missing:
        return
    made = _with_a_second_try(job, lambda: grade.prepare(_desk(job), tuple(missing)))
    desk = _desk(job)
    desk.records = {**desk.records, **made}
    for check, one in made.items():
        path = _store(job, desk.course) / f"{check.replace('/', '.')}.npz"
        store.write_whole(path, record.to_bytes(one))


def grade_one(job: Job, submission: Submission) -> Done:
    """Grade one submission in this worker and write its report."""
    prepare(job)
    try:
        graded = _with_a_second_try(job, lambda: grade.grade(submission, _desk(job)))
    except BoxError as error:
        return _blame_us(job, submission, str(error))
    except Exception as error:  # a mistake of ours that one submission shows must not cost a class
        return _blame_us(job, submission, f"{type(error).__name__}: {error}")
    slug = graded.report.assignment
    store.write_timings(job.out, slug, submission.student, {"items": graded.timings})
    store.write_report(job.out, graded.report)
    return Done(report=graded.report, problem=_problem(graded.report))


def _problem(report: Report) -> str | None:
    ours = [item.id for item in report.items if item.outcome is Outcome.UNGRADED]
    return f"ungraded: {', '.join(ours)}" if ours else None


def _blame_us(job: Job, submission: Submission, why: str) -> Done:
    """The report of a submission that our side could not grade: nothing is lost but time."""
    course = source.read(job.folder)
    isolation, why = job.isolation, shortened(why)
    report = grade.ungraded_report(submission, course, job.secret, isolation, why, job.device)
    store.write_report(job.out, report)
    return Done(report=report, problem=why)


def _is_blamed_on_us(report: Report) -> bool:
    findings = [finding for item in report.items for finding in item.findings]
    return any(
        finding.check == LOADING and finding.outcome is Outcome.UNGRADED for finding in findings
    )


_desks: dict[Job, grade.Desk] = {}


def _desk(job: Job) -> grade.Desk:
    """This process's desk, with its zygote warm and the stored records at hand."""
    if job not in _desks:
        course = source.read(job.folder)
        desk = grade.Desk(
            course=course,
            opener=probe.open_opener(_own(job.confinement), course.assignment.arrays),
            secret=job.secret,
            isolation=job.isolation,
        )
        if job.device != "cpu":
            desk.put_on(job.device, job.confinement.level, job.out / STORE)
        desk.records = _stored(job, course)
        # A worker of a pool runs no atexit; this it does run.
        Finalize(None, desk.opener.close, exitpriority=1)
        _desks[job] = desk
    return _desks[job]


def _own(confinement: Confinement) -> Confinement:
    """The same confinement with a throw-away user of this process's own."""
    if confinement.uid is None:
        return confinement
    return Confinement(
        level=confinement.level,
        uid=probe.throw_away_uid(),
        bubblewrap=confinement.bubblewrap,
    )


def _with_a_second_try(job: Job, work: Callable[[], T]) -> T:
    """A box that broke takes its zygote along; a fresh one gets one more try."""
    try:
        return work()
    except BoxError:
        with contextlib.suppress(OSError):
            _desks.pop(job).opener.close()
        return work()


def _stored(job: Job, course: source.Course) -> dict[str, record.Record]:
    folder = _store(job, course)
    found = {}
    for check in course.checks:
        path = folder / f"{check.id.replace('/', '.')}.npz"
        with contextlib.suppress(OSError, CourseError):
            found[check.id] = record.from_bytes(path.read_bytes(), str(path))
    return found


def _store(job: Job, course: source.Course) -> Path:
    """Where records lie that hold for this course, seed, engine, runtime and level."""
    facts = grade.circumstances(course, job.secret, job.isolation, job.device)
    name = hashlib.sha256(repr(facts).encode()).hexdigest()[:32]
    return job.out / STORE / name


def _end_with_parent() -> None:
    """A worker whose parent was killed ends too, and its zygote with it."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
