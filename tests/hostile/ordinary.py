"""A batch fought by an ordinary user: `python -m tests.hostile.ordinary LEVEL` prints what came.

Root can do more than most who grade, and its boxes are other boxes: with a throw-away user, or
without capabilities. `fight_as` starts the same batch as a user who has no rights at all, and, if
asked to, where the kernel gives that user no namespaces either (`--no-namespaces`): in a user
namespace that may hold no further one, so that nothing changes for the rest of the machine.
"""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from grader.sandbox import probe
from tests.hostile import arena, header
from tests.hostile.header import ROOT

UID = 12345
LONGEST = 2400
NO_NAMESPACES = "--no-namespaces"
_NEW_USER_NAMESPACE = 0x10000000  # linux/sched.h
_EVERY_ID = "0 0 65536\n"


def can_fight() -> bool:
    """Whether we are root, and another user can read this interpreter and these tests."""
    if os.geteuid() != 0 or probe.throw_away_uid() is None:
        return False
    reads = [sys.executable, "-c", "from tests.hostile import header; header.everything()"]
    user: dict[str, Any] = {"user": UID, "group": UID, "extra_groups": []}
    done = subprocess.run(
        reads, check=False, capture_output=True, cwd=ROOT, env=_environment("/"), **user
    )
    return done.returncode == 0


def fight_as(
    level: str, *, namespaces: bool = True, targets: Sequence[str] = tuple(header.TARGETS)
) -> dict[str, Any]:
    """The batch at `level`, as an ordinary user.

    Returns: `missing`, why there is no such level for that user (None where there is); `won` (why,
        by attack), `seen`, `harmed`, and the names that were `held`.
    Raises: CalledProcessError where the batch itself broke.
    """
    with tempfile.TemporaryDirectory() as home:
        os.chown(home, UID, UID)
        flags = [] if namespaces else [NO_NAMESPACES]
        done = subprocess.run(
            [sys.executable, "-m", "tests.hostile.ordinary", *flags, level, *targets],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
            timeout=LONGEST,
            cwd=ROOT,
            env=_environment(home),
        )
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _environment(home: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG")}
    return kept | {"HOME": home, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}


def _leave_root(*, namespaces: bool) -> None:
    """Become UID for good."""
    if not namespaces:
        _enter_a_namespace_without_namespaces()
    os.setgroups([])
    os.setresgid(UID, UID, UID)
    os.setresuid(UID, UID, UID)


def _enter_a_namespace_without_namespaces() -> None:
    """A user namespace of the same ids in which nobody can make another one."""
    ready, say = os.pipe()
    us = os.getpid()
    if (child := os.fork()) == 0:
        # Only who stands outside may map more ids than its own.
        os.read(ready, 1)
        for name in ("uid_map", "gid_map"):
            Path(f"/proc/{us}/{name}").write_text(_EVERY_ID)
        os._exit(0)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NEW_USER_NAMESPACE):
        raise OSError(ctypes.get_errno(), "unshare")
    os.write(say, b"1")
    if os.waitpid(child, 0)[1]:
        raise OSError("the ids of the new namespace could not be set")
    os.close(ready)
    os.close(say)
    # The number belongs to the namespace of whoever writes it.
    Path("/proc/sys/user/max_user_namespaces").write_text("0\n")


def main() -> int:
    """Fight at the level that is named, for the targets that are named."""
    arguments = sys.argv[1:]
    namespaces = NO_NAMESPACES not in arguments
    level, *targets = [word for word in arguments if word != NO_NAMESPACES]
    if os.geteuid() == 0:
        _leave_root(namespaces=namespaces)
        # A process that gave up root may not be looked at, not even by its children: start anew.
        os.execv(sys.executable, [sys.executable, "-m", "tests.hostile.ordinary", level, *targets])
    result: dict[str, Any] = {"missing": None, "won": {}, "seen": [], "harmed": [], "held": []}
    probed = probe.probe(level)
    if probed.confinement is None:
        result["missing"] = probed.reason
    else:
        chosen = [one for one in header.everything() if one.target in (targets or header.TARGETS)]
        battle = arena.fight(level, chosen)
        result["won"] = {n: one.why for n, one in battle.verdicts.items() if not one.held}
        result["held"] = [name for name, one in battle.verdicts.items() if one.held]
        result |= {"seen": battle.seen, "harmed": battle.harmed}
    sys.stdout.write(json.dumps(result) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
