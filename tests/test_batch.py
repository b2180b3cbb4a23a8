from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from grader import archive, batch, grade, marks, report, submission
from grader.errors import BoxError, UsageError
from grader.findings import THIS_TIME, Outcome
from grader.marks import Mark
from grader.sandbox import probe
from tests.boxes import ended, warm
from tests.vectors import FOLDER, SECRET, SUBMISSIONS, copied, own_desk

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="boxes of forks are Linux's")

NAMES = ("one_mean", "raises", "right", "rows")


class Here(Executor):
    """Does everything at once, in this process."""

    def submit(self, work, /, *args, **kwargs):
        future = Future()
        try:
            future.set_result(work(*args, **kwargs))
        except BaseException as error:
            future.set_exception(error)
        return future


class Frail(Here):
    """Breaks at certain students, as often as told; a broken one does nothing more."""

    def __init__(self, deaths, log):
        self.deaths, self.log, self.broken = deaths, log, False

    def submit(self, work, /, *args, **kwargs):
        name = args[1].student if work is batch.grade_one else "prepare"
        self.log.append(name)
        if self.deaths.get(name, 0) > 0:
            self.deaths[name] -= 1
            self.broken = True
        if self.broken:
            future = Future()
            future.set_exception(BrokenProcessPool("a worker died"))
            return future
        return super().submit(work, *args, **kwargs)


class Shared:
    """The interpreter that all tests share, in place of a worker's own."""

    def open_box(self, sources):
        return warm().open_box(sources)

    def close(self):
        """It stays warm for others."""


@pytest.fixture
def job(tmp_path, monkeypatch):
    """A job of the course for tests, with no desk from before."""
    warm()
    monkeypatch.setattr(probe, "open_opener", lambda *_: Shared())
    made = batch.Job(
        folder=FOLDER,
        out=tmp_path / "out",
        secret=SECRET,
        confinement=probe.probe("landlock").confinement,
    )
    batch._desks.clear()
    batch._openers.clear()
    yield made
    batch._desks.clear()


def handed_in(*names):
    assignment = own_desk().course.assignment
    return [submission.read(SUBMISSIONS / name, assignment) for name in names or NAMES]


def run(job, submissions=None, *, jobs=1, again=False, executor=lambda jobs: Here()):
    done = batch.run(job, submissions or handed_in(), jobs=jobs, again=again, executor=executor)
    return list(done)


def files(job):
    """Every file of the results by name, but what may differ from run to run."""
    return {
        str(path.relative_to(job.out)): path.read_bytes()
        for path in sorted(job.out.rglob("*"))
        if path.is_file() and path.name != "timings.yaml" and not path.name.endswith(".partial")
    }


def test_every_submission_gets_a_report(job):
    done = run(job)

    assert sorted(one.report.student for one in done) == sorted(NAMES)
    assert [one.problem for one in done] == [None] * len(NAMES)


def test_the_reports_are_what_grading_gives(job):
    (done,) = run(job, handed_in("rows"))
    alone = grade.grade(handed_in("rows")[0], own_desk()).report

    assert report.to_yaml(done.report) == report.to_yaml(alone)


def test_the_class_has_a_summary(job):
    run(job)
    rows = (job.out / "vectors" / "summary.csv").read_text().splitlines()

    assert [row.split(",")[0] for row in rows] == ["student", *sorted(NAMES)]


def test_times_lie_beside_the_report(job):
    run(job, handed_in("right"))

    assert b"near_a_limit" in (job.out / "vectors" / "right" / "timings.yaml").read_bytes()


def test_one_process_and_two_give_the_same_bytes(job, tmp_path):
    other = replace(job, out=tmp_path / "other")
    run(job, jobs=1, executor=batch.local_processes)
    run(other, jobs=2, executor=batch.local_processes)

    assert files(job) == files(other)


def test_what_is_graded_is_not_graded_twice(job):
    run(job)
    again = run(job, executor=lambda jobs: pytest.fail("graded again"))

    assert [one.resumed for one in again] == [True] * len(NAMES)


def test_what_is_left_is_graded(job):
    run(job, handed_in("right", "rows"))
    log = []
    run(job, executor=lambda jobs: Frail({}, log))

    assert set(log) == {"prepare", *NAMES} - {"right", "rows"}


MARK = Mark(
    student="rows",
    item="center.forward",
    points=1.0,
    who="petrov",
    when="2026-11-26",
    why="a typo in the handout",
)


def test_a_mark_is_laid_onto_what_is_graded_and_what_lies_there(job):
    run(job)
    marks.add(job.out, "vectors", [MARK])
    kept = files(job)

    for again in (False, True):
        done = run(job, again=again)
        (rows,) = [one.report for one in done if one.report.student == "rows"]
        assert rows.edits[0].points == 1.0
        assert files(job) == kept


def test_a_mark_on_nobody_is_found_before_grading(job):
    run(job, handed_in("right"))
    path = marks.path(job.out, "vectors")
    path.write_text(
        "schema: grader.marks/1\nmarks:\n- {student: rihgt, item: center.forward, points: 1, "
        "who: x, when: 2026-11-26, why: y}\n"
    )

    with pytest.raises(UsageError, match=r'student is "rihgt".*Did you mean "right"'):
        run(job, again=True, executor=lambda jobs: pytest.fail("graded"))


def test_everything_is_graded_again_when_asked(job):
    run(job)

    assert not any(one.resumed for one in run(job, again=True))


@pytest.mark.parametrize("changed", ["secret", "course", "submission"])
def test_what_a_report_depends_on_makes_it_anew(job, tmp_path, changed):
    folder = copied(tmp_path / "course")
    job = replace(job, folder=folder)
    own = tmp_path / "right"
    own.mkdir()
    text = (SUBMISSIONS / "right" / "vectors.py").read_text(encoding="utf-8")
    (own / "vectors.py").write_text(text, encoding="utf-8")
    assignment = own_desk().course.assignment
    run(job, [submission.read(own, assignment)])
    if changed == "secret":
        job = replace(job, secret="another secret for the tests")
    elif changed == "course":
        with (folder / "checks.py").open("a", encoding="utf-8") as file:
            file.write("# another\n")
        batch._desks.clear()
    else:
        (own / "vectors.py").write_text(text + "# another\n", encoding="utf-8")

    (done,) = run(job, [submission.read(own, assignment)])

    assert not done.resumed


def test_a_report_that_was_spoiled_is_made_anew(job):
    run(job, handed_in("right"))
    path = job.out / "vectors" / "right" / "report.yaml"
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    run(job, handed_in("right"))

    assert path.read_bytes() == whole


def test_the_reference_is_asked_once_a_class(job, monkeypatch):
    asked = []
    prepare = grade.prepare
    monkeypatch.setattr(grade, "prepare", lambda *of: asked.append(1) or prepare(*of))
    run(job, handed_in("right"))
    batch._desks.clear()
    run(job, handed_in("rows"))

    assert asked == [1]


def test_a_record_that_was_spoiled_is_made_anew(job):
    run(job, handed_in("right"))
    before = files(job)
    one = sorted((job.out / archive.STORE).rglob("*.npz"))[0]
    one.write_bytes(one.read_bytes()[:100])
    batch._desks.clear()
    run(job, handed_in("right"), again=True)

    assert files(job) == before


def test_a_worker_that_dies_costs_nobody_anything(job):
    deaths, log = {"rows": 1}, []
    done = run(job, jobs=2, executor=lambda jobs: Frail(deaths, log))

    assert [one.problem for one in done] == [None] * len(NAMES)


def test_a_submission_that_takes_its_worker_down_each_time_is_our_fault(job):
    deaths, log = {"rows": 99}, []
    done = run(job, jobs=2, executor=lambda jobs: Frail(deaths, log))
    problems = {one.report.student: one.problem for one in done if one.problem}

    assert problems == {"rows": "its worker died 3 times"}


def test_only_those_under_way_are_tried_again(job):
    deaths, log = {"rows": 99}, []
    run(job, jobs=2, executor=lambda jobs: Frail(deaths, log))

    assert max(log.count(name) for name in NAMES if name != "rows") <= 2
    assert log.count("rows") == batch.TRIES


def test_a_worker_that_dies_before_the_first_submission_does_so_no_more_than_thrice(job):
    deaths, log = {"prepare": 99}, []
    done = run(job, handed_in("right"), executor=lambda jobs: Frail(deaths, log))

    assert (log, done[0].problem) == (["prepare"] * 3, "its worker died 3 times")


def test_what_was_our_fault_is_tried_again_by_the_next_run(job):
    run(job, executor=lambda jobs: Frail({"rows": 99}, []))
    again = run(job)

    assert {one.report.student: one.resumed for one in again}["rows"] is False
    assert [one.problem for one in again] == [None] * len(NAMES)


def test_a_process_that_is_killed_is_replaced(job, tmp_path):
    whole = replace(job, out=tmp_path / "whole")
    run(whole)
    graded = batch.run(job, handed_in(), jobs=1, again=False)
    done = [next(graded)]
    for child in psutil.Process().children():
        with suppress(psutil.ZombieProcess):  # another test's, dead already
            if "spawn_main" in " ".join(child.cmdline()):
                child.kill()
    done += graded

    assert sorted(one.report.student for one in done) == sorted(NAMES)
    assert files(job) == files(whole)


def test_a_mistake_of_ours_costs_one_submission_and_not_a_class(job, monkeypatch):
    honest = grade.grade

    def mistaken(submitted, desk):
        if submitted.student == "rows":
            raise RuntimeError("a mistake at 0x7fff1234")
        return honest(submitted, desk)

    monkeypatch.setattr(grade, "grade", mistaken)
    done = {one.report.student: one for one in run(job)}

    assert [name for name in NAMES if done[name].problem] == ["rows"]
    assert done["rows"].report.items[0].outcome is Outcome.UNGRADED
    assert done["rows"].report.items[0].findings[0].message == "RuntimeError: a mistake at 0x…"


def test_a_box_that_broke_gets_one_more_try(job, monkeypatch):
    honest, breaks = grade.grade, [BoxError("it broke")]

    def frail(submitted, desk):
        if breaks:
            raise breaks.pop()
        return honest(submitted, desk)

    monkeypatch.setattr(grade, "grade", frail)
    (done,) = run(job, handed_in("right"))

    assert done.problem is None


def test_boxes_that_break_again_are_our_fault(job, monkeypatch):
    def broken(submitted, desk):
        raise BoxError("it broke")

    monkeypatch.setattr(grade, "grade", broken)
    (done,) = run(job, handed_in("right"))

    assert (done.problem, done.report.complete) == ("it broke", False)


def test_a_broken_reference_is_said_each_time(job, tmp_path):
    folder = copied(tmp_path / "course")
    solution = folder.parents[1] / "reference" / "vectors" / "vectors.py"
    text = solution.read_text(encoding="utf-8")
    solution.write_text(text.replace("return means", "return means / 0 * 0"), encoding="utf-8")
    job = replace(job, folder=folder)
    first, second = run(job, handed_in("right")), run(job, handed_in("right"))

    assert [one[0].problem for one in (first, second)] == ["ungraded: running_mean"] * 2
    assert second[0].resumed


def out_of_memory(monkeypatch, times):
    """Let the reference run out of memory over the means, so many times."""
    prepared, left = grade.prepare, [times]

    def frail(desk, checks):
        records = prepared(desk, checks)
        for id, one in records.items():
            if id.startswith("running_mean/") and left[0]:
                left[0] -= 1
                records[id] = replace(one, problem=f"{THIS_TIME}the memory is full")
        return records

    monkeypatch.setattr(grade, "prepare", frail)


def test_a_reference_that_ran_out_of_memory_gets_a_second_try(job, monkeypatch):
    out_of_memory(monkeypatch, times=1)
    (done,) = run(job, handed_in("right"))

    assert (done.problem, done.report.complete) == (None, True)


def test_what_the_machine_could_not_do_is_not_kept(job, monkeypatch):
    out_of_memory(monkeypatch, times=100)
    (first,) = run(job, handed_in("right"))
    monkeypatch.undo()
    batch._desks.clear()
    (second,) = run(job, handed_in("right"))

    assert first.problem == "ungraded: running_mean"
    assert (second.problem, second.resumed) == (None, False)


def test_a_folder_that_cannot_be_written_is_found_before_grading(job):
    job.out.write_text("a file")

    with pytest.raises(UsageError, match="cannot be written"):
        run(job, executor=lambda jobs: pytest.fail("graded"))


def test_nothing_is_left_running(job):
    before = {process.pid for process in psutil.Process().children(recursive=True)}
    run(job, handed_in("right"), jobs=1, executor=batch.local_processes)
    after = {process.pid for process in psutil.Process().children(recursive=True)} - before
    tracker = [
        pid for pid in after if "resource_tracker" in " ".join(psutil.Process(pid).cmdline())
    ]

    assert after == set(tracker)


DRIVER = """
import sys
from pathlib import Path
from grader import batch, submission
from grader.checking import source
from grader.sandbox import probe
folder, out, again = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] == "again"
assignment = source.read(folder).assignment
found = [submission.read(Path(path), assignment) for path in sys.argv[4:]]
job = batch.Job(folder=folder, out=out, secret=SECRET,
                confinement=probe.Confinement(level="landlock", uid=probe.throw_away_uid()))
for done in batch.run(job, found, jobs=2, again=again):
    pass
"""
KILLS = 20


def started(job, *, again):
    """The whole of grading, in a process group of its own."""
    folders = [str(SUBMISSIONS / name) for name in NAMES]
    return subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"SECRET = {SECRET!r}{DRIVER}",
            str(FOLDER),
            str(job.out),
            "again" if again else "",
            *folders,
        ],
        start_new_session=True,
        cwd=Path(__file__).parents[1],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    )


@pytest.mark.slow
def test_killed_at_any_moment_no_report_is_half_and_the_next_run_ends_the_same(job, tmp_path):
    whole = replace(job, out=tmp_path / "whole")
    began = time.monotonic()
    assert started(whole, again=False).wait(120) == 0
    lasts = time.monotonic() - began
    expected = files(whole)
    chance = random.Random(4)
    killed = turn = 0
    while killed < KILLS:
        turn += 1
        # Most turns grade all of it again, so that there is always something to be at.
        process = started(job, again=turn % 4 > 0)
        try:
            process.wait(chance.uniform(0.1, 0.9 * lasts))
        except subprocess.TimeoutExpired:
            family = psutil.Process(process.pid).children(recursive=True)
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            killed += 1
            assert ended(one.pid for one in family)
        for name, data in files(job).items():
            if name.endswith("report.yaml"):
                assert data == expected[name]
    assert started(job, again=False).wait(120) == 0

    assert files(job) == expected
