"""Many submissions: who is graded already, the processes that grade the rest, what broke.

Every worker has one warm zygote. It writes a report as soon as it is done, so that a run that is
killed loses nothing and the same command goes on where it stopped. `run` talks to any
`concurrent.futures` executor; alone it makes local processes.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.util import Finalize
from pathlib import Path
from typing import TypeVar, cast

from grader import grade, handed_in, marks, store
from grader.archive import Archive
from grader.checking import source
from grader.errors import BoxError
from grader.findings import LOADING, THIS_TIME, Outcome
from grader.report import Report
from grader.sandbox import device as devices
from grader.sandbox import probe
from grader.sandbox.box import Confinement
from grader.sandbox.talk import Opener, shortened
from grader.submission import Submission

T = TypeVar("T")

TRIES = 3
"""How often a submission is tried that takes its worker down before it is our fault in writing."""

_Name = tuple[str, str]
"""An assignment's slug and a student."""


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
    """`run_all` of one assignment."""
    yield from run_all([(job, submissions)], jobs=jobs, again=again, executor=executor)


def run_all(
    classes: Sequence[tuple[Job, Sequence[Submission]]],
    *,
    jobs: int,
    again: bool,
    executor: Callable[[int], Executor] | None = None,
) -> Iterator[Done]:
    """Grade the submissions of every job, yielding each as it is done, and write the summaries.

    The assignments share processes: where one is not enough to keep them busy, the next begins.
    A submission whose report lies in its job's `out` with the same provenance is not graded again,
    unless `again`, or it could not be graded. A worker that dies is replaced, and what it may have
    been at is tried again.

    Raises:
        CourseError, UsageError: a course is wrong, or the folder cannot be written.
        BoxError: no box could be opened to record a reference.
    """
    waiting: dict[_Name, tuple[Job, Submission]] = {}
    for job, submissions in classes:
        course = source.read(job.folder)
        slug, before = course.assignment.slug, len(waiting)
        # A mistake in the marks is found now, not after an hour of grading.
        students = {one.student for one in submissions} | set(store.students(job.out, slug))
        made = marks.read(job.out, slug)
        made.refuse_unknown(students, [item.id for item in course.assignment.items])
        for submission in submissions:
            provenance = grade.provenance(submission, course, job.secret, job.isolation, job.device)
            found = store.find_report(job.out, slug, submission.student, provenance)
            if found is None or again or _is_blamed_on_us(found):
                waiting[slug, submission.student] = job, submission
            else:
                found = marks.settled(job.out, found)
                yield Done(report=found, resumed=True, problem=_problem(found))
        if len(waiting) > before:
            # An unwritable folder is found now, not after an hour of grading.
            _archive(job, course).begin(course.digest)
    open_jobs = {job.folder.name: job for job, _ in classes}
    for slug in [slug for slug in open_jobs if not any(name[0] == slug for name in waiting)]:
        _summarize(slug, open_jobs.pop(slug))
    if waiting:
        for done in _over(waiting, jobs, executor or local_processes):
            yield done
            slug = done.report.assignment
            if not any(name[0] == slug for name in waiting):
                _summarize(slug, open_jobs.pop(slug))


def _summarize(slug: str, job: Job) -> None:
    with marks.held(job.out, slug):
        store.write_summary(job.out, slug, store.read_outlines(job.out, slug))


def local_processes(jobs: int) -> ProcessPoolExecutor:
    """Processes of this machine, started afresh: nothing of the parent is in them."""
    return ProcessPoolExecutor(
        jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_end_with_parent
    )


def _over(
    left: dict[_Name, tuple[Job, Submission]], jobs: int, make: Callable[[int], Executor]
) -> Iterator[Done]:
    """Grade all that is left, and take it out of `left` as it is done."""
    tries = dict.fromkeys(left, 0)
    while left:
        # Of several at once, nobody knows which took a worker down: those are tried one by one.
        fresh = [name for name in left if not tries[name]]
        width = min(jobs, len(fresh)) or 1
        executor = make(width)
        try:
            yield from _round(executor, fresh or list(left), width, left, tries)
        except BrokenProcessPool:
            for name in [name for name in left if tries[name] >= TRIES]:
                yield _blame_us(*left.pop(name), f"its worker died {TRIES} times")
        finally:
            executor.shutdown(wait=True, cancel_futures=True)


def _round(
    executor: Executor,
    names: list[_Name],
    width: int,
    left: dict[_Name, tuple[Job, Submission]],
    tries: dict[_Name, int],
) -> Iterator[Done]:
    """One executor's life, `width` tasks at a time: a job's records first, then its submissions.

    Raises:
        BrokenProcessPool: a worker died; those that were under way have one more try behind them.
    """
    behind: dict[Job, list[_Name]] = {}
    for name in names:
        behind.setdefault(left[name][0], []).append(name)
    to_prepare, ready = deque(behind), deque[_Name]()
    flying: dict[Future[Done | None], Job | _Name] = {}
    suspects: list[_Name] = []
    try:
        while to_prepare or ready or flying:
            while (to_prepare or ready) and len(flying) < width:
                # Submissions come first, so that no worker warms up for all assignments at once.
                if ready:
                    name = ready.popleft()
                    flying[executor.submit(grade_one, *left[name])] = name
                else:
                    job = to_prepare.popleft()
                    flying[executor.submit(prepare, job)] = job
            suspects = [_first(task, behind) for task in flying.values()]
            ended, _ = wait(flying, return_when=FIRST_COMPLETED)
            for future in sorted(ended, key=lambda one: one.exception() is not None):
                done = future.result()
                task = flying.pop(future)
                suspects.remove(_first(task, behind))
                if done is None:
                    ready.extend(behind[cast(Job, task)])
                else:
                    del left[cast(_Name, task)]
                    yield done
    except BrokenProcessPool:
        for name in suspects:
            tries[name] += 1
        raise


def _first(task: Job | _Name, behind: Mapping[Job, Sequence[_Name]]) -> _Name:
    """Whom a task is for: the first of those that wait for a job's records."""
    return behind[task][0] if isinstance(task, Job) else task


def prepare(job: Job) -> None:
    """Record the reference once a class, unless the store has all records already."""
    desk = _desk(job)
    missing = [check for check in desk.course.checks if check.id not in desk.records]
    if not missing:
        return
    made = _with_a_second_try(job, lambda: grade.prepare(_desk(job), tuple(missing)))
    if failed := tuple(check for check in missing if _may_answer_yet(made[check.id].problem)):
        made |= _with_a_second_try(job, lambda: grade.prepare(_desk(job), failed))
    desk = _desk(job)
    desk.records = {**desk.records, **made}
    for one in made.values():
        if not _may_answer_yet(one.problem):  # else the next run asks again
            _archive(job, desk.course).keep(one)


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
    store.write_work(job.out, slug, submission.student, handed_in.kept(submission))
    store.write_pictures(job.out, slug, submission.student, graded.pictures)
    report = marks.settled(job.out, graded.report, fresh=True)
    return Done(report=report, problem=_problem(report))


def _problem(report: Report) -> str | None:
    ours = [item.id for item in report.items if item.outcome is Outcome.UNGRADED]
    return f"ungraded: {', '.join(ours)}" if ours else None


def _blame_us(job: Job, submission: Submission, why: str) -> Done:
    """The report of a submission that our side could not grade: nothing is lost but time."""
    course = source.read(job.folder)
    isolation, why = job.isolation, shortened(why)
    report = grade.ungraded_report(submission, course, job.secret, isolation, why, job.device)
    slug = course.assignment.slug
    store.write_work(job.out, slug, submission.student, handed_in.kept(submission))
    store.write_pictures(job.out, slug, submission.student, {})
    return Done(report=marks.settled(job.out, report, fresh=True), problem=why)


def _is_blamed_on_us(report: Report) -> bool:
    """Whether another try may do better: a box broke, or the reference ran out of something."""
    findings = [finding for item in report.items for finding in item.findings]
    return any(
        finding.outcome is Outcome.UNGRADED
        and (finding.check == LOADING or _may_answer_yet(finding.message))
        for finding in findings
    )


def _may_answer_yet(problem: str | None) -> bool:
    return problem is not None and problem.startswith(THIS_TIME)


_desks: dict[Job, grade.Desk] = {}
_openers: dict[tuple[Confinement, str], Opener] = {}


def _desk(job: Job) -> grade.Desk:
    """This process's desk, with its zygote warm and the stored records at hand."""
    if job not in _desks:
        course = source.read(job.folder)
        desk = grade.Desk(
            course=course,
            opener=_opener(job.confinement, course.assignment.arrays),
            secret=job.secret,
            isolation=job.isolation,
        )
        if job.device != "cpu":
            desk.put_on(job.device, job.confinement.level)
        archive = _archive(job, course)
        desk.records, desk.believed = archive.records(course.checks), archive
        _desks[job] = desk
    return _desks[job]


def _opener(confinement: Confinement, arrays: str) -> Opener:
    """This process's warm zygote, for all assignments that want the same of it."""
    if (confinement, arrays) not in _openers:
        opener = probe.open_opener(_own(confinement), arrays)
        # A worker of a pool runs no atexit; this it does run.
        Finalize(None, opener.close, exitpriority=1)
        _openers[confinement, arrays] = opener
    return _openers[confinement, arrays]


def _forget(broken: Opener) -> None:
    """Close an opener and forget it, with the desks that lean on it."""
    for job in [job for job, desk in _desks.items() if desk.opener is broken]:
        del _desks[job]
    for key in [key for key, opener in _openers.items() if opener is broken]:
        del _openers[key]
    with contextlib.suppress(OSError):
        broken.close()


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
        _forget(_desk(job).opener)
        return work()


def _archive(job: Job, course: source.Course) -> Archive:
    """What is asked once a class."""
    return Archive(job.out, grade.circumstances(course, job.secret, job.isolation, job.device))


def _end_with_parent() -> None:
    """A worker whose parent was killed ends too, and its zygote with it."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
