"""What one more submission costs, as ratios measured in one run on this machine.

    python benchmarks/throughput.py                 the ratios
    python benchmarks/throughput.py --memory 1000   resident memory while so many are graded

CPU seconds are the operating system's own, of all processes together; boxes are held at `landlock`,
since the CPU of what runs inside bubblewrap's namespaces is not handed on to its parent. One more
submission is the slope between a class of 4 and a class of 40, so that warming up is in neither.
It is compared with

    the floor   the same calls on the same arguments in one warm process without any box
    an import   python -c "import torch"
    pytest      python -m pytest on a file that imports torch, asks submission and reference the
                same calls and compares, once a submission
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
HONEST = ROOT / "examples" / "submissions" / "activations" / "functional_everywhere"
SEED = "20202020202020202020202020202020"
SMALL, LARGE = 4, 40

_FLOOR = """
import sys, time
from pathlib import Path
sys.path.insert(0, {root!r})
from types import ModuleType
import torch
from grader.checking import record
from grader.worker.item import Respondent
torch.set_num_threads(1)
sys.path.insert(0, {given!r})
text = Path({file!r}).read_text("utf-8")
records = [record.from_bytes(p.read_bytes(), p.name) for p in sorted(Path({store!r}).glob("*.npz"))]
records = [one for one in records if one.check.partition("/")[0] not in {without!r}]
def once():
    module = ModuleType("submission")
    exec(compile(text, "submission.py", "exec"), module.__dict__)
    respondent = Respondent([module], ["submission.py"], "torch")
    for one in records:
        for question, _ in one.student:
            respondent.answer(question, one.check, 0)
for _ in range(3):
    once()
began = time.process_time()
for _ in range({times}):
    once()
print((time.process_time() - began) / {times})
"""

_PYTEST = """
import importlib.util
from pathlib import Path
import pytest
import torch
from grader.checking import record
from grader.worker.item import Respondent
from grader import wire
import numpy as np

def load(path):
    spec = importlib.util.spec_from_file_location("activations", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return Respondent([module], ["activations.py"], "torch")

student, reference = load({file!r}), load({reference!r})
records = [record.from_bytes(p.read_bytes(), p.name) for p in sorted(Path({store!r}).glob("*.npz"))]

@pytest.mark.parametrize("one", records, ids=lambda one: one.check)
def test_check(one):
    for question, _ in one.student:
        mine, theirs = (
            wire.answer_from(*wire.unpack(code.answer(question, one.check, 0)))
            for code in (student, reference)
        )
        assert mine.failure is None
        for a, b in zip(mine.values, theirs.values):
            if isinstance(a, np.ndarray):
                np.testing.assert_allclose(a, b, rtol=1e-4, atol=1e-5)
"""


def cpu_of(command: list[str], **options: object) -> float:
    """CPU seconds of a command and of all that it waited for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True, **options)  # type: ignore[call-overload]
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def class_of(count: int, folder: Path, work: Path = HONEST / "activations.py") -> Path:
    """A folder of `count` submissions of the file `work` that differ in a comment."""
    for number in range(count):
        one = folder / f"student_{number:04d}"
        one.mkdir(parents=True)
        file = one / work.name
        shutil.copy(work, file)
        file.write_text(f"{file.read_text('utf-8')}\n# student {number}\n", "utf-8")
    return folder


def grading(
    count: int, scratch: Path, jobs: int = 1, work: Path = HONEST / "activations.py"
) -> list[str]:
    """The command that grades a class of `count`, all of them the file `work`."""
    folder = scratch / f"class{count}"
    if not folder.exists():
        class_of(count, folder, work)
    return [
        *(sys.executable, "-m", "grader", "grade", str(ROOT / "assignments" / work.stem)),
        *(str(folder), "-o", str(scratch / f"out{count}"), "-j", str(jobs), "--seed", SEED),
        *("--again", "--isolation", "landlock"),
    ]


def floor(work: Path, store: Path, without: tuple[str, ...] = (), times: int = 20) -> float:
    """CPU seconds of all calls of one submission in a warm process, but for some items."""
    facts = {
        "root": str(ROOT),
        "given": str(ROOT / "assignments" / work.stem),
        "file": str(work),
        "store": str(store),
        "without": without,
        "times": times,
    }
    out = subprocess.run(
        [sys.executable, "-c", _FLOOR.format(**facts)],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
    )
    return float(out.stdout)


def ratios(rounds: int) -> None:
    """Measure everything `rounds` times in turn and print medians."""
    rows: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        for _ in range(rounds):
            costs = [
                cpu_of(grading(count, scratch), cwd=ROOT, env=environment)
                for count in (SMALL, LARGE)
            ]
            rows.setdefault("one more", []).append((costs[1] - costs[0]) / (LARGE - SMALL))
            store = str(next(filter(Path.is_dir, (scratch / f"out{SMALL}" / ".store").iterdir())))
            facts = {
                "root": str(ROOT),
                "file": str(HONEST / "activations.py"),
                "reference": str(ROOT / "reference" / "activations" / "activations.py"),
                "store": store,
            }
            rows.setdefault("floor", []).append(floor(HONEST / "activations.py", Path(store)))
            rows.setdefault("import", []).append(cpu_of([sys.executable, "-c", "import torch"]))
            test = scratch / "test_activations.py"
            test.write_text(_PYTEST.format(**facts), "utf-8")
            command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(test)]
            rows.setdefault("pytest", []).append(cpu_of(command, cwd=scratch, env=environment))
    items = sum(
        "kind:" not in line and "{id:" in line
        for line in (ROOT / "assignments" / "activations" / "assignment.yaml")
        .read_text("utf-8")
        .splitlines()
    )
    middle = {row: statistics.median(values) for row, values in rows.items()}
    for row, value in middle.items():
        print(f"{row:9} {value:7.3f} s CPU   ({', '.join(f'{v:.3f}' for v in rows[row])})")
    more = middle["one more"]
    print(f"one more submission / import torch      {more / middle['import']:.2f}   aim <= 0.33")
    allowed = 3 * middle["floor"] + 0.010 * items
    print(f"one more submission / (3 x floor + {items} x 10 ms)   {more / allowed:.2f}   aim <= 1")
    print(f"pytest / one more submission            {middle['pytest'] / more:.1f}   aim >= 10")


def memory(count: int, jobs: int) -> None:
    """Grade `count` submissions and print the resident memory of all processes as it goes."""
    import psutil

    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        command = grading(count, scratch, jobs)
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
        )
        reports = scratch / f"out{count}" / "activations"
        samples: list[tuple[int, float, float]] = []
        began = time.monotonic()

        def sample() -> None:
            try:
                tree = [
                    process_ for process_ in psutil.Process(process.pid).children(recursive=True)
                ]
                own = psutil.Process(process.pid).memory_info().rss
                total = own + sum(_unique(one) for one in tree)
                done = sum(1 for _ in reports.glob("*/report.yaml")) if reports.exists() else 0
                samples.append((done, own / 2**20, total / 2**20))
            except psutil.Error:
                return

        while process.poll() is None:
            sample()
            threading.Event().wait(1.0)
        seconds = time.monotonic() - began
    print(f"{count} submissions, -j {jobs}: {seconds:.0f} s, {count / seconds:.1f} a second")
    marks = (20, count // 4, count // 2, 3 * count // 4, count - 1)
    for mark in marks:
        near = min(samples, key=lambda row: abs(row[0] - mark))
        print(f"at {near[0]:5d}: parent {near[1]:6.0f} MiB, all processes {near[2]:6.0f} MiB (PSS)")


def _unique(process: object) -> int:
    import psutil

    try:
        return int(process.memory_full_info().pss)  # type: ignore[attr-defined]
    except (psutil.Error, AttributeError):
        return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", type=int, default=0, metavar="COUNT")
    parser.add_argument("-j", "--jobs", type=int, default=2)
    chosen = parser.parse_args()
    if chosen.memory:
        memory(chosen.memory, chosen.jobs)
    else:
        ratios(chosen.rounds)
