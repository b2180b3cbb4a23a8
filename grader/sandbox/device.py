"""The accelerator: which one this machine has, and who holds it."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from filelock import FileLock

from grader.errors import IsolationError
from grader.rubric import Assignment
from grader.sandbox.process import Spawner

KINDS = ("auto", "cpu", "cuda", "mps", "xpu")
LOCKED = "landlock-device"
"""The level of device items on Linux: weaker than `landlock`, since a driver needs more."""
_ASK = """
import torch
found = torch.accelerator.current_accelerator() if torch.accelerator.is_available() else None
print(found.type if found is not None else "cpu")
"""


def choose(wanted: str, assignment: Assignment) -> str:
    """The device for items that ask for one: "cpu" where there is none, or no item asks.

    Args:
        wanted: a type that torch knows, "cpu", or "auto" for what this machine has.
        assignment: whose items are to run there.

    Raises:
        IsolationError: the machine does not have the one that was asked for.
    """
    asking = any(item.device == "accelerator" for item in assignment.items)
    if wanted == "cpu" or assignment.arrays != "torch" or not asking:
        return "cpu"
    found = available()
    if wanted not in ("auto", found):
        raise IsolationError(
            f"torch finds no {wanted} here, but {found}; `--device auto` takes what there is."
        )
    return found


@lru_cache(maxsize=1)
def available() -> str:
    """What `torch.accelerator` finds, asked in a process of its own: the judge imports no torch."""
    try:
        done = subprocess.run(
            [sys.executable, "-c", _ASK], capture_output=True, text=True, timeout=180, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return "cpu"
    return done.stdout.strip() or "cpu"


def opener(device: str, arrays: str, level: str) -> Spawner:
    """What opens boxes for device items; on Linux they are locked as far as a driver lets them."""
    return Spawner(arrays, device, locked=level != "process")


def named(level: str, device: str) -> str:
    """How a report names isolation: the device items' own, weaker level stands beside the other."""
    if device == "cpu":
        return level
    return f"{level}, device items {'process' if level == 'process' else LOCKED}"


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the device while a submission uses it: one at a time, over all processes of a run."""
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / "device.lock"):
        yield
