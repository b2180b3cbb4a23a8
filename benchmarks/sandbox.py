"""What holding a submission costs, as ratios measured in one run on this machine.

    python benchmarks/sandbox.py                     numpy, and torch where it is installed
    python benchmarks/sandbox.py --arrays numpy      numpy alone

One submission here is a box that is opened in a warm zygote, three items in it that load the
submission and answer one question each, and its end. It is compared with

    no locks     the same box and items with every lock left out: no user, no capability, no limit
                 and no filter changes hands, no file is out of reach
    fresh        a new python under bubblewrap that imports the arrays' package and ends

CPU seconds are those of the zygote and of all that it waited for, and of this process; a fresh
python says itself what it took, since bubblewrap does not hand that on, and bubblewrap's own comes
on top. Kinds take turns, and the medians of all rounds are shown.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import psutil

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from grader.questions import Arguments, Question  # noqa: E402 - found only by now
from grader.rubric import Limits  # noqa: E402
from grader.sandbox import box as boxes  # noqa: E402
from grader.sandbox import bubblewrap, environment, installed, probe  # noqa: E402
from grader.sandbox.box import Confinement, Zygote  # noqa: E402
from grader.sandbox.talk import Sources  # noqa: E402

ITEMS = 3
WORK = Sources(files={"work.py": "def f(x): return x * 2\n"}, given={}, overlays={})
ASKED = Question(id=0, verb="call", target="f", calls=(Arguments(positional=(2.0,)),))
LEVELS = ("landlock", "namespaces")
WITHOUT = "no locks"

_UNLOCKED = """
import sys
sys.path.insert(0, {root!r})
import os
from grader.worker import landlock, lockdown, seccomp, threads, zygote

def nothing(*args, **more):
    return None

for step in ("become", "undumpable", "drop_capabilities", "no_new_privileges", "limit"):
    setattr(lockdown, step, nothing)
landlock.restrict = landlock.prepare = landlock.enter = nothing
seccomp.install = nothing
threads.announce = lambda stream: os.write(stream, b".")
zygote.main()
"""

Cost = tuple[float, float]
"""CPU seconds and wall seconds of one."""


@contextmanager
def zygote(kind: str, arrays: str, scratch: Path) -> Iterator[Zygote]:
    """A warm zygote of a level, or one that locks nothing."""
    if kind == WITHOUT:
        program = scratch / "grader" / "worker" / "zygote.py"
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text(_UNLOCKED.format(root=str(ROOT)), "utf-8")
        # A zygote starts the program that lies beside this module's room.
        with mock.patch.object(boxes, "__file__", str(scratch / "grader" / "sandbox" / "box.py")):
            made = Zygote(Confinement(level="landlock"), arrays)
    else:
        confinement = probe.probe(kind).confinement
        assert confinement is not None
        made = Zygote(confinement, arrays)
    try:
        yield made
    finally:
        made.close()


def submissions(warm: Zygote, count: int) -> Cost:
    """What one of `count` submissions costs in a warm zygote."""
    limits = Limits()
    inner = _innermost(psutil.Process(warm._process.pid))
    before, own, walls = _total(inner), time.process_time(), []
    for _ in range(count):
        began = time.perf_counter()
        box = warm.open_box(WORK)
        for number in range(ITEMS):
            failure = box.open_item(f"item{number}", limits)
            assert failure is None, failure
            assert box.ask(ASKED, f"item{number}/check", limits).values == (4.0,)
        box.close_item()
        box.close()
        walls.append(time.perf_counter() - began)
    while any(child.status() != psutil.STATUS_ZOMBIE for child in inner.children()):
        time.sleep(0.001)
    # A zygote collects boxes that ended whenever it is asked for another one.
    last = warm.open_box(WORK)
    last.open_item("item", limits)
    cpu = _total(inner) - before + time.process_time() - own
    last.close()
    return cpu / count, statistics.median(walls)


def fresh(arrays: str) -> Cost:
    """What a python under bubblewrap costs that imports the package of `arrays`."""
    wrap = bubblewrap.find()
    assert wrap is not None
    needs = installed.needed(arrays)
    said = "import time, sys; print(time.process_time())"
    command = bubblewrap.command(wrap, readable=[*needs.readable, *needs.started])
    command += [sys.executable, "-s", "-P", "-B", "-c", f"import {arrays}; {said}"]
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        command,
        check=True,
        capture_output=True,
        text=True,
        env=environment.pinned(str(bubblewrap.WORKING_FOLDER)),
    )
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    around = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return around + float(done.stdout), wall


def _innermost(process: psutil.Process) -> psutil.Process:
    """The zygote itself; bubblewrap has two processes round it."""
    while process.name() == "bwrap":
        (process,) = process.children()
    return process


def _total(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system + times.children_user + times.children_system


def kinds() -> list[str]:
    """What this machine can be asked about."""
    return [WITHOUT, *(level for level in LEVELS if probe.probe(level).confinement is not None)]


def measure(arrays: str, rounds: int, count: int) -> None:
    """Measure every kind in turn and print medians and ratios."""
    costs: dict[str, list[Cost]] = {}
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o755)  # who is not root any more starts it too
        for _ in range(rounds):
            for kind in kinds():
                with zygote(kind, arrays, Path(name)) as warm:
                    submissions(warm, 3)
                    costs.setdefault(kind, []).append(submissions(warm, count))
            if bubblewrap.find() is not None and "namespaces" in costs:
                costs.setdefault("fresh", []).append(fresh(arrays))
    middle = {
        kind: tuple(map(statistics.median, zip(*found, strict=True)))
        for kind, found in costs.items()
    }
    print(f"{arrays}: one submission of {ITEMS} items")
    for kind, (cpu, wall) in middle.items():
        all_of_them = ", ".join(f"{1000 * one[0]:.1f}" for one in costs[kind])
        print(f"{kind:11} {1000 * cpu:7.1f} ms CPU  {1000 * wall:7.1f} ms wall   ({all_of_them})")
    for kind in middle:
        if kind in LEVELS:
            ratios = [a / b for a, b in zip(middle[kind], middle[WITHOUT], strict=True)]
            print(f"{kind:11} / no locks           {ratios[0]:5.2f} CPU  {ratios[1]:5.2f} wall")
    for kind in middle:
        if kind in LEVELS and "fresh" in middle:
            ratios = [a / b for a, b in zip(middle["fresh"], middle[kind], strict=True)]
            print(f"fresh       / {kind:11}        {ratios[0]:5.1f} CPU  {ratios[1]:5.1f} wall")
            added = middle[kind][0] - middle[WITHOUT][0]
            print(f"locks alone of {kind:11} / fresh {added / middle['fresh'][0]:5.3f} CPU")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--arrays", choices=("numpy", "torch"), action="append")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--count", type=int, default=40, help="submissions a round")
    chosen = parser.parse_args()
    here = [one for one in ("numpy", "torch") if importlib.util.find_spec(one) is not None]
    for one in chosen.arrays or here:
        measure(one, chosen.rounds, chosen.count)
