"""A throw-away interpreter: what is locked down cannot be unlocked, so it must not be ours."""

from __future__ import annotations

import builtins
import os
import subprocess
import sys
import sysconfig
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import grader

PRELUDE = f"""
import ctypes, errno, os, sys
sys.path.insert(0, {str(Path(grader.__file__).parents[1])!r})
from grader.worker import landlock, lockdown, seccomp, syscalls

def outcome(attempt):
    "done, or the name of the error that the kernel gave"
    try:
        attempt()
    except OSError as error:
        return errno.errorcode[error.errno]
    return "done"

def filtered(opening=True):
    lockdown.no_new_privileges()
    seccomp.install(
        seccomp.build_filter(machine=os.uname().machine, pid=os.getpid(), opening=opening)
    )
"""

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def child() -> Run:
    """Run lines of Python after PRELUDE; `packages` gives them what is installed (torch)."""

    def run(
        lines: str, *, packages: bool = False, timeout: float = 60
    ) -> subprocess.CompletedProcess[str]:
        program = PRELUDE
        if packages:
            program += f"sys.path.append({sysconfig.get_path('purelib')!r})\n"
        one_thread = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "MKL", "OPENBLAS")}
        return subprocess.run(
            [sys.executable, "-I", "-S", "-c", program + textwrap.dedent(lines)],
            capture_output=True,
            text=True,
            timeout=timeout,
            stdin=subprocess.DEVNULL,
            # Torch's compiler otherwise looks for a folder that it can write to.
            env={"PATH": os.defpath, "TORCHINDUCTOR_CACHE_DIR": "/", **one_thread},
        )

    return run


@pytest.fixture
def printed(child: Run) -> Callable[..., str]:
    """What such lines print; they must end well."""

    def run(lines: str, **options: object) -> str:
        ended = child(lines, **options)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout.strip()

    return run


@pytest.fixture
def interpreter_as_it_was(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Undo what loading a submission does to this interpreter."""
    monkeypatch.setattr(builtins, "get_ipython", None, raising=False)
    modules, finders, paths = dict(sys.modules), sys.meta_path[:], sys.path[:]
    yield
    sys.modules.clear()
    sys.modules.update(modules)
    sys.meta_path[:], sys.path[:] = finders, paths
