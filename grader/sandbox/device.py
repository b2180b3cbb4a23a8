"""The accelerator: which one this machine has, and who holds it."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import lru_cache

from filelock import FileLock

from grader.errors import BoxError, IsolationError
from grader.questions import Question
from grader.rubric import Assignment, Limits
from grader.sandbox import environment
from grader.sandbox.process import Spawner
from grader.sandbox.talk import Sources

KINDS = ("auto", "cpu", "cuda", "mps", "xpu")
LOCKED = "landlock-device"
"""The level of device items on Linux: weaker than `landlock`, since a driver needs more."""
_STRONG = ("namespaces", "landlock")
_LIMITS = Limits(seconds=60, load=60)
_TRIAL = {
    "trial.py": """
import torch

def compute():
    kind = torch.accelerator.current_accelerator() if torch.accelerator.is_available() else "cpu"
    x = torch.ones(64, 64, device=kind, requires_grad=True)
    (x @ x).sum().backward()
    return x.grad.sum().item()
"""
}
_ASK = """
import torch
found = torch.accelerator.current_accelerator() if torch.accelerator.is_available() else None
print(found.type if found is not None else "cpu")
"""


def choose(wanted: str, assignment: Assignment, level: str | None = None) -> str:
    """The device for items that ask for one: "cpu" where there is none, or no item asks.

    Args:
        wanted: a type that torch knows, "cpu", or "auto" for what this machine has.
        assignment: whose items are to run there.
        level: the level of the other boxes, to try a box with the device in; None tries nothing.

    Raises:
        IsolationError: the machine does not have the one that was asked for, or a box cannot use
            it; with "auto" such items run on the CPU then, and `doctor` says why.
    """
    asking = any(item.device == "accelerator" for item in assignment.items)
    if wanted == "cpu" or assignment.arrays != "torch" or not asking:
        return "cpu"
    found = available()
    if wanted not in ("auto", found):
        raise IsolationError(
            f"torch finds no {wanted} here, but {found}; `--device auto` takes what there is."
        )
    if found == "cpu" or level is None or not (reason := trial(found, level)):
        return found
    if wanted == "auto":
        return "cpu"
    raise IsolationError(f"a box cannot use {found}: {reason} `--device cpu` does without.")


@lru_cache(maxsize=4)
def trial(device: str, level: str) -> str:
    """Why a box at `level` cannot compute on `device`; nothing where it can. Seconds."""
    box = opener(device, "torch", level).open_box(Sources(files=_TRIAL, given={}, overlays={}))
    try:
        failure = box.open_item("trial", _LIMITS)
        if failure is None:
            question = Question(id=0, verb="call", target="compute")
            failure = box.ask(question, "trial", _LIMITS).failure
        return "" if failure is None else f"{failure.message}."
    except BoxError as error:
        return f"{error}."
    finally:
        box.close()


@lru_cache(maxsize=1)
def available() -> str:
    """What `torch.accelerator` finds, asked in a process of its own: the judge imports no torch."""
    surroundings = {**os.environ, **environment.pinned(environment.empty_folder(), "any")}
    try:
        done = subprocess.run(
            [sys.executable, "-s", "-c", _ASK],
            capture_output=True,
            text=True,
            timeout=180,
            check=True,
            env=surroundings,
        )
    except (OSError, subprocess.SubprocessError):
        return "cpu"
    return done.stdout.strip() or "cpu"


def opener(device: str, arrays: str, level: str) -> Spawner:
    """What opens boxes for device items; on Linux they are locked as far as a driver lets them."""
    return Spawner(arrays, device, locked=level in _STRONG)


def named(level: str, device: str) -> str:
    """How a report names isolation: the device items' own, weaker level stands beside the other."""
    if device == "cpu":
        return level
    return f"{level}, device items {LOCKED if level in _STRONG else 'process'}"


@contextlib.contextmanager
def held(device: str) -> Iterator[None]:
    """Hold the device while a submission uses it: one at a time, over all runs of this user here.

    The lock is of this machine, as the device is: a folder of results may be shared by several.
    """
    first = os.environ.get("CUDA_VISIBLE_DEVICES", "").partition(",")[0]
    name = f"{device}-{re.sub(r'[^A-Za-z0-9]+', '-', first)}.lock"
    with FileLock(environment.own_folder() / name):
        yield
