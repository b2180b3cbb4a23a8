"""Warm interpreters for tests: one of each kind a session, started when first needed."""

from __future__ import annotations

import atexit
import os
import select
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache

import psutil
import pytest

from grader.questions import Arguments, Question
from grader.rubric import Limits
from grader.sandbox import probe
from grader.sandbox.talk import Box, Opener, Sources

LIMITS = Limits(seconds=1.0, load=2.0, memory_bytes=256 << 20, output_bytes=4096)
SHORT = replace(LIMITS, seconds=0.2, load=0.3)
DOUBLE = "def f(x): return x * 2\n"

FAILURES = {
    "missing": ("x = 1", "missing"),
    "raised": ("def f(): raise ValueError('no')", "raised"),
    "ended itself": ("def f(): raise SystemExit", "raised"),
    "computes for ever": ("def f():\n    while True: pass", "timed_out"),
    "waits for ever": ("import time\ndef f(): time.sleep(1e6)", "timed_out"),
    "waits in a lock": (
        "import threading\ndef f():\n    l = threading.Lock()\n    l.acquire(), l.acquire()",
        "timed_out",
    ),
    "stops itself": (
        "import os, signal\ndef f(): os.kill(os.getpid(), signal.SIGSTOP)",
        "timed_out",
    ),
    "a huge array": ("import numpy as np\ndef f(): return np.ones(1 << 30)", "out_of_memory"),
    "a huge list": ("def f(): return [0] * (1 << 34)", "out_of_memory"),
    "a signal": ("import os\ndef f(): os.abort()", "crashed"),
    "a wild pointer": ("import ctypes\ndef f(): ctypes.string_at(0)", "crashed"),
    "an exit": ("import os\ndef f(): os._exit(0)", "crashed"),
    "a kill": ("import os\ndef f(): os.kill(os.getpid(), 9)", "crashed"),
    "an object": ("def f(): return object()", "unreadable"),
    "a flood": ("def f():\n    while True: print('x' * 1000)", "flooded"),
}
"""Ways to fail: a submission whose f does so, and the kind of failure that is."""


def warm(level: str = "landlock", arrays: str = "numpy") -> Opener:
    """What opens boxes at `level`; the test is skipped where this machine has no such level."""
    return _warm(level, arrays)


@cache
def _warm(level: str, arrays: str) -> Opener:
    if sys.platform != "linux" and level != "process":
        pytest.skip(f"{level} is Linux's")
    probed = probe.probe(level)
    if probed.confinement is None:
        pytest.skip(f"no {level} here: {probed.reason}")
    opener = probe.open_opener(probed.confinement, arrays)
    atexit.register(opener.close)
    return opener


def sources(text: str, **more: str) -> Sources:
    """A submission of one file, `work.py`; `more` are further files by module name."""
    files = {"work.py": text, **{f"{name}.py": other for name, other in more.items()}}
    return Sources(files=files, given={}, overlays={})


def ask(box: Box, target, *positional, id=0, check="item/check", limits=LIMITS, returns="value"):
    """The box's answer to one call of `target`."""
    call = Arguments(positional=positional)
    question = Question(id=id, verb="call", target=target, calls=(call,), returns=returns)
    return box.ask(question, check, limits)


@contextmanager
def opened(
    text: str, *, level: str = "landlock", limits: Limits = LIMITS, **more: str
) -> Iterator[Box]:
    """A box in which an item has loaded `text`."""
    box = warm(level).open_box(sources(text, **more))
    try:
        assert box.open_item("item", limits) is None
        yield box
    finally:
        box.close()


def ended(pids, *, within=20):
    """Whether all these processes end in time; a zombie has ended."""
    for pid in pids:
        try:
            descriptor = os.pidfd_open(pid)
        except ProcessLookupError:
            continue
        poller = select.poll()
        poller.register(descriptor, select.POLLIN)
        over = poller.poll(1000 * within)
        os.close(descriptor)
        if not over:
            return False
    return True


def living(opener):
    """The processes under a zygote that have not ended."""
    found = []
    for process in psutil.Process(opener._process.pid).children(recursive=True):
        try:
            if process.status() != psutil.STATUS_ZOMBIE:
                found.append(process.pid)
        except psutil.NoSuchProcess:
            continue
    return found
