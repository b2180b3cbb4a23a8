"""The example class on torch: one process or two, killed or not, the same bytes."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.specimens import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="process groups are killed here"),
]
CLASS = ROOT / "examples" / "submissions" / "activations"
SOME = ("loops", "masks_by_dout", "numpy_inside", "wrong_shape", "segfault", "classes")
SEED = "a seed of the tests of same bytes"
KILLS = 4


def grading(out: Path, jobs: int, *submissions: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "grader", "grade", "activations", *map(str, submissions)]
    return subprocess.Popen(
        [*command, "-o", str(out), "-j", str(jobs), "--seed", SEED],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def written(out: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.name in ("report.yaml", "summary.csv")
    }


def test_one_process_and_two_write_the_same_class(tmp_path):
    for jobs in (1, 2):
        assert grading(tmp_path / str(jobs), jobs, CLASS).wait(600) == 0

    assert len(written(tmp_path / "1")) > 30
    assert written(tmp_path / "1") == written(tmp_path / "2")


def test_a_class_that_is_killed_and_run_again_ends_with_the_same_bytes(tmp_path):
    some = [CLASS / name for name in SOME]
    assert grading(tmp_path / "whole", 2, *some).wait(600) == 0
    expected = written(tmp_path / "whole")
    chance = random.Random(5)

    for _ in range(KILLS):
        process = grading(tmp_path / "killed", 2, *some)
        try:
            process.wait(chance.uniform(2, 9))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        for name, data in written(tmp_path / "killed").items():
            assert data == expected[name] or name.endswith("summary.csv")
    assert grading(tmp_path / "killed", 2, *some).wait(600) == 0

    assert written(tmp_path / "killed") == expected
