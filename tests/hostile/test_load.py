"""A class of attackers among honest students, and a batch under fire: the same bytes, nothing left.

What each attack must come to is in test_attacks.py; here it is only that they are many.
"""

from __future__ import annotations

import importlib.util
import os
import random
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from grader import batch, rubric, submission
from grader.sandbox import probe
from grader.sandbox.probe import LEVELS
from grader.submission import Submission
from tests.hostile import header, places
from tests.hostile.header import Attack
from tests.hostile.witness import Witness, watching
from tests.vectors import FOLDER, SUBMISSIONS

pytestmark = [
    pytest.mark.hostile,
    pytest.mark.skipif(sys.platform != "linux", reason="boxes of forks are Linux's"),
]

MIB = 1 << 20
SECRET = "a secret that only the load tests know"
JOBS = 3
ATTACKS = [one for one in header.everything() if one.target == "vectors"]
FEW = [one for one in ATTACKS if one.family in ("find", "forge")][::6]
"""Attacks that end soon: what never ends, fills or floods takes its time."""
CLASSES = [
    pytest.param((FEW, len(FEW)), id="small"),
    pytest.param((ATTACKS, 200), id="large", marks=pytest.mark.slow),
]


class Load:
    """A mixed class that was graded: what honest students got, and what is there afterwards."""

    def __init__(self, attacks: list[Attack], honest: int) -> None:
        with watching() as witness:
            assignment = rubric.read(FOLDER)
            level = next(one for one in LEVELS if probe.probe(one).confinement is not None)
            job = batch.Job(
                folder=FOLDER,
                out=witness.root / "alone",
                secret=SECRET,
                confinement=probe.choose(level),
            )
            students = list(_honest(witness.root / "honest", honest, assignment))
            for _ in batch.run(job, students, jobs=1, again=False):
                pass
            alone = students[: honest // 100]  # with no other honest one, either
            for one in alone:
                for _ in batch.run(_quite_alone(job, one), [one], jobs=1, again=False):
                    pass
            hostile = [one for attack in attacks for one in _handed_in(attack, assignment, witness)]
            queue = [*students, *hostile]
            random.Random(6).shuffle(queue)
            together = replace(job, out=witness.store)
            before = _Surroundings()
            began = time.monotonic()
            self.samples: list[tuple[int, int]] = []
            self.done: list[batch.Done] = []
            with _sampled(self):
                for done in batch.run(together, queue, jobs=JOBS, again=True):
                    self.done.append(done)
            self.seconds = time.monotonic() - began
            self.handed = len(queue)
            self.left = [*witness.problems(), *before.new()]
            self.harmed = [
                one.student for one in students if _report(together, one) != _report(job, one)
            ]
            self.harmed += [
                f"{one.student}, quite alone"
                for one in alone
                if _report(_quite_alone(job, one), one) != _report(job, one)
            ]
            self.problems = [one.problem for one in self.done if one.problem is not None]

    def quarter(self, which: int) -> int:
        """The most bytes that lived in the batch's lasting processes in a quarter, from 0."""
        share = self.handed / 4
        return max(weight for done, weight in self.samples if done // share == which)


class _Surroundings:
    """What of the machine a batch could leave changed, beside what the witness looks at."""

    def __init__(self) -> None:
        self._cgroups = _cgroups()
        self._namespaces = _namespaces()
        self._descriptors = _descriptors()

    def new(self) -> list[str]:
        """What was not there before."""
        found = [f"a cgroup: {one}" for one in sorted(_cgroups() - self._cgroups)]
        found += [f"a namespace: {one}" for one in sorted(_namespaces() - self._namespaces)]
        found += [f"a descriptor: {one}" for one in sorted(_descriptors() - self._descriptors)]
        return found


def _cgroups() -> set[str]:
    """The groups below our own."""
    found = set()
    for line in Path("/proc/self/cgroup").read_text().splitlines():
        _, controllers, path = line.split(":", 2)
        folder = Path("/sys/fs/cgroup") / controllers / path.lstrip("/")
        found |= {str(one) for one in folder.rglob("*") if one.is_dir()}
    return found


def _namespaces() -> set[str]:
    """Those that we, or what we started, hold: by a process, a descriptor or a mount."""
    found = {
        line for line in Path("/proc/self/mountinfo").read_text().splitlines() if "nsfs" in line
    }
    for process in (psutil.Process(), *psutil.Process().children(recursive=True)):
        with suppress(OSError):
            for one in Path(f"/proc/{process.pid}/ns").iterdir():
                found.add(os.readlink(one))
    return found


def _descriptors() -> set[str]:
    """What our open descriptors lead to, but for pipes and sockets, which have no names."""
    found = set()
    for one in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            found.add(os.readlink(one).partition(":[")[0])
    return {one for one in found if "/fd" not in one}


@contextmanager
def _sampled(load: Load) -> Iterator[None]:
    """Weigh the batch's processes while it runs."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.25):
            load.samples.append((len(load.done), _weight()))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()


def _weight() -> int:
    """Bytes of memory of this process, the workers and their zygotes: of what lasts.

    A box is to end with its submission, and may take what its limits allow until then.
    """
    total = 0
    for process in (psutil.Process(), *psutil.Process().children(recursive=True)):
        with suppress(psutil.Error):
            if not _is_a_box(process):
                total += process.memory_full_info().pss
    return total


def _is_a_box(process: psutil.Process) -> bool:
    """Whether it is a fork of a zygote, or of a fork: all of them are called as it is."""
    parent = process.parent()
    return (
        parent is not None
        and process.name() != "bwrap"
        and "zygote.py" in " ".join(process.cmdline())
        and process.cmdline() == parent.cmdline()
    )


def _honest(folder: Path, count: int, assignment: rubric.Assignment) -> Iterator[Submission]:
    """So many right solutions that differ in a comment."""
    text = (SUBMISSIONS / "right" / "vectors.py").read_text(encoding="utf-8")
    for number in range(count):
        own = folder / f"honest-{number:03}"
        own.mkdir(parents=True)
        (own / "vectors.py").write_text(f"{text}\n# {number}\n", encoding="utf-8")
        yield submission.read(own, assignment)


def _handed_in(attack: Attack, assignment: rubric.Assignment, witness: Witness) -> list[Submission]:
    """What becomes of an attack before it is graded; nothing where it belongs to nobody."""
    place = witness.root / "attacks" / attack.name.replace("/", "-")
    if attack.is_package:
        place.mkdir(parents=True)
        spec = importlib.util.spec_from_file_location(f"load_{attack.path.stem}", attack.path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        path = module.build(place)
    else:
        path = place / attack.student
        with suppress(OSError):  # a name that no folder can have is refused before anything
            path.mkdir(parents=True)
            text = places.filled(attack.path.read_text(encoding="utf-8"), witness.places)
            (path / "vectors.py").write_text(text, encoding="utf-8")
            if attack.answers is not None:
                answers = attack.answers.encode("utf-8", "surrogatepass")
                (path / submission.ANSWERS).write_bytes(answers)
    found, _ = submission.collect([place if not attack.is_package else path], assignment)
    return found


def _quite_alone(job: batch.Job, one: Submission) -> batch.Job:
    return replace(job, out=job.out.with_name(f"alone-{one.student}"))


def _report(job: batch.Job, one: Submission) -> bytes:
    return (job.out / "vectors" / one.student / "report.yaml").read_bytes()


@pytest.fixture(scope="module", params=CLASSES)
def load(request: pytest.FixtureRequest) -> Load:
    """Each class, graded once."""
    return Load(*request.param)


def test_every_submission_of_a_mixed_class_is_graded(load):
    assert (len(load.done), load.problems) == (load.handed, [])


def test_honest_students_among_attackers_get_the_bytes_that_they_get_alone(load):
    assert load.harmed == []


def test_a_mixed_class_leaves_nothing_behind(load):
    assert load.left == []


@pytest.mark.parametrize("load", CLASSES[1:], indirect=True)
def test_memory_stays_flat_while_a_mixed_class_is_graded(load):
    assert load.quarter(3) <= 1.2 * load.quarter(1) + 32 * MIB
