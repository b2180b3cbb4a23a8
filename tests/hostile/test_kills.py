"""Whatever of ours is killed, at whatever moment, the batch ends with the bytes of a calm one."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from grader.findings import Outcome
from grader.report import from_yaml
from tests.boxes import ended
from tests.vectors import FOLDER, SUBMISSIONS

pytestmark = [
    pytest.mark.hostile,
    pytest.mark.skipif(sys.platform != "linux", reason="boxes of forks are Linux's"),
]

ROOT = Path(__file__).resolve().parents[2]
SEED = "a seed that only the tests of kills know"
KINDS = ("judge", "worker", "zygote", "box")
KILLS = 100
EACH = 12
WEIGHTS = (1, 3, 3, 4)
WORK, RASH = 3, 0.05
COPIES = 5
CLASS = ("right", "rows", "one_mean", "raises", "missing", "returns_a_list", "writes_into_x")
CLASS += ("wrong_answer", "classes", "ends_the_process")
LONGEST = 240
"""Seconds after which a batch hangs; a calm one takes five."""


@dataclass(slots=True, kw_only=True)
class Fire:
    """What was done to a batch, and what it came to on the way."""

    kills: Counter[str] = field(default_factory=Counter)
    starts: int = 0
    blamed: int = 0
    spoiled: list[str] = field(default_factory=list)
    outlived: list[int] = field(default_factory=list)


def students(folder: Path, copies: int) -> list[Path]:
    """A class whose members differ in a comment at least."""
    paths = []
    for name in CLASS:
        text = (SUBMISSIONS / name / "vectors.py").read_text(encoding="utf-8")
        for number in range(copies):
            path = folder / f"{name}-{number}"
            path.mkdir(parents=True)
            (path / "vectors.py").write_text(f"{text}\n# {number}\n", encoding="utf-8")
            paths.append(path)
    return paths


def started(out: Path, paths: list[Path]) -> subprocess.Popen[bytes]:
    """The command that an operator gives; the same one starts a batch and goes on with it."""
    command = [sys.executable, "-m", "grader", "grade", str(FOLDER), *map(str, paths)]
    command += ["-o", str(out), "-j", "2", "--seed", SEED, "--isolation", "landlock"]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def written(out: Path) -> dict[str, bytes]:
    """Reports, the class's table and the reference's records, by name."""
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name != "timings.yaml" and not path.name.endswith(".partial")
    }


def family(process: subprocess.Popen[bytes]) -> dict[str, list[psutil.Process]]:
    """The living processes of a batch by kind; an item, which is the student's, is none."""
    found: dict[str, list[psutil.Process]] = {kind: [] for kind in KINDS}
    with suppress(psutil.Error):
        judge = psutil.Process(process.pid)
        found["judge"] = [judge]
        workers = [one for one in judge.children() if _is(one, "spawn_main")]
        zygotes = [one for worker in workers for one in _children(worker) if _is(one, "zygote.py")]
        boxes = [one for zygote in zygotes for one in _children(zygote)]
        found |= {"worker": workers, "zygote": zygotes, "box": boxes}
    return found


def _is(process: psutil.Process, word: str) -> bool:
    with suppress(psutil.Error):
        return word in " ".join(process.cmdline())
    return False


def _children(process: psutil.Process) -> list[psutil.Process]:
    with suppress(psutil.Error):
        return process.children()
    return []


def under_fire(
    out: Path, paths: list[Path], chance: random.Random, expected: Mapping[str, bytes]
) -> Fire:
    """Run a batch to its end while something of it is killed every now and then.

    The command is given again where the judge died, and where a report says that our side could
    not grade: so does an operator.
    """
    fire = Fire()
    while True:
        fire.starts += 1
        process = started(out, paths)
        seen: set[int] = set()
        graded = 0
        for _ in _moments(process, chance):
            alive = family(process)
            seen |= {one.pid for ones in alive.values() for one in ones}
            now = len(list(out.glob("vectors/*/report.yaml")))
            # Most kills wait for some work to be done, or nothing would ever be.
            if now < graded + WORK and chance.random() > RASH:
                continue
            kind = chance.choices(KINDS, WEIGHTS)[0]
            if alive[kind]:
                graded = now
                with suppress(psutil.Error):
                    chance.choice(alive[kind]).kill()
                    fire.kills[kind] += 1
        fire.outlived += [pid for pid in seen if not ended([pid])]
        for name, data in written(out).items():
            if name.endswith("report.yaml") and data != expected[name]:
                if _is_our_fault(data):
                    fire.blamed += 1
                else:
                    fire.spoiled.append(name)
        if process.returncode == 0:
            return fire


def _moments(process: subprocess.Popen[bytes], chance: random.Random) -> Iterator[None]:
    """Moments while the batch runs, until it is over.

    Raises: TimeoutError where it is not over in time.
    """
    began = time.monotonic()
    try:
        while time.monotonic() - began < LONGEST:
            try:
                process.wait(chance.uniform(0.02, 0.3))
            except subprocess.TimeoutExpired:
                yield
            else:
                return
        raise TimeoutError(f"a batch has not ended in {LONGEST} s")
    finally:
        process.kill()
        process.wait()


def _is_our_fault(data: bytes) -> bool:
    return any(item.outcome is Outcome.UNGRADED for item in from_yaml(data).items)


@pytest.mark.slow
def test_killed_at_random_a_hundred_times_a_batch_ends_with_the_bytes_of_a_calm_one(tmp_path):
    paths = students(tmp_path / "class", COPIES)
    assert started(tmp_path / "calm", paths).wait(LONGEST) == 0
    expected = written(tmp_path / "calm")
    kills: Counter[str] = Counter()
    chance = random.Random(7)
    turn = 0
    while kills.total() < KILLS or min(kills[kind] for kind in KINDS) < EACH:
        turn += 1
        fire = under_fire(tmp_path / str(turn), paths, chance, expected)
        kills += fire.kills

        assert (fire.spoiled, fire.outlived) == ([], [])
        assert written(tmp_path / str(turn)) == expected
