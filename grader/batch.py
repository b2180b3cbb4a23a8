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
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from grader import grade, store
from grader.checking import record, source
from grader.errors import BoxError, CourseError
from grader.findings import Outcome
from grader.report import Report
from grader.sandbox import probe
from grader.sandbox.box import Confinement
from grader.submission import Submission

T = TypeVar("T")

TRIES = 3
"""How often a submission is tried that takes its worker down before it is our fault in writing."""
STORE = ".store"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a worker needs to grade submissions of one assignment into one folder."""

    folder: Path
    out: Path
    secret: str
    confinement: Confinement


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
    unless `again`. A worker that dies is replaced, and its submission tried again.

    Raises:
        CourseError, UsageError: the course is wrong, or the folder cannot be written.
        BoxError: no box could be opened to record the reference.
    """
    course = source.read(job.folder)
    slug = course.assignment.slug
    waiting = []
    for submission in submissions:
        provenance = grade.provenance(submission, course, job.secret, job.confinement.level)
        found = store.find_report(job.out, slug, submission.student, provenance)
        if found is None or again:
            waiting.append(submission)
        else:
            yield Done(report=found, resumed=True)
    if waiting:
        # An unwritable folder is found now, not after an hour of grading.
        store.write_whole(_store(job, course) / "course", course.digest.encode())
        yield from _over(job, waiting, jobs, executor or local_processes)
    store.write_summary(job.out, slug, store.read_reports(job.out, slug))


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
        executor = make(min(jobs, len(left)))
        try:
            yield from _round(executor, job, left, tries)
        except BrokenProcessPool:
            for student in [name for name in left if tries[name] >= TRIES]:
                submission = left.pop(student)
                yield _blame_us(job, submission, f"its worker died {TRIES} times")
        finally:
            executor.shutdown(wait=True, cancel_futures=True)


def _round(
    executor: Executor, job: Job, left: dict[str, Submission], tries: dict[str, int]
) -> Iterator[Done]:
    """One executor's life: the records first, then every submission that is left."""
    executor.submit(prepare, job).result()
    futures: dict[Future[Done], str] = {
        executor.submit(grade_one, job, submission): student for student, submission in left.items()
    }
    for future in as_completed(futures):
        student = futures[future]
        try:
            done = future.result()
        except BrokenProcessPool:
            # Which of the running submissions did it is not known: each of them may have.
            for running in futures.values():
                if running in left:
                    tries[running] += 1
            raise
        del left[student]
        yield done


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
    slug = graded.report.assignment
    timings = {"notes": list(graded.notes), "items": graded.timings}
    store.write_timings(job.out, slug, submission.student, timings)
    store.write_report(job.out, graded.report)
    ours = [item.id for item in graded.report.items if item.outcome is Outcome.UNGRADED]
    problem = f"ungraded: {', '.join(ours)}" if ours else None
    return Done(report=graded.report, problem=problem)


def _blame_us(job: Job, submission: Submission, why: str) -> Done:
    """The report of a submission that our side could not grade: nothing is lost but time."""
    course = source.read(job.folder)
    level = job.confinement.level
    report = grade.ungraded_report(submission, course, job.secret, level, why)
    store.write_report(job.out, report)
    return Done(report=report, problem=why)


_desks: dict[Job, grade.Desk] = {}


def _desk(job: Job) -> grade.Desk:
    """This process's desk, with its zygote warm and the stored records at hand."""
    if job not in _desks:
        course = source.read(job.folder)
        desk = grade.Desk(
            course=course,
            opener=probe.open_opener(_own(job.confinement), course.assignment.arrays),
            secret=job.secret,
            isolation=job.confinement.level,
        )
        desk.records = _stored(job, course)
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
    facts = grade.circumstances(course, job.secret, job.confinement.level)
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
