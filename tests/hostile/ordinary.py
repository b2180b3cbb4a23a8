"""A batch fought by an ordinary user: `python -m tests.hostile.ordinary LEVEL` prints what came.

Root can do more than most who grade, and its boxes are other boxes: with a throw-away user, or
without capabilities. `fight_as` starts the same batch as a user who has no rights at all.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from typing import Any

from grader.sandbox import probe
from tests.hostile import arena, header
from tests.hostile.header import ROOT

UID = 12345
LONGEST = 1200


def can_fight() -> bool:
    """Whether we are root, and another user can read this interpreter and these tests."""
    if os.geteuid() != 0 or probe.throw_away_uid() is None:
        return False
    reads = [sys.executable, "-c", "from tests.hostile import header; header.everything()"]
    return (
        subprocess.run(reads, check=False, capture_output=True, **_like_anybody()).returncode == 0
    )


def fight_as(level: str) -> dict[str, Any]:
    """The batch at `level`: `won` (why, by attack), `seen`, `harmed`, and how many were `held`."""
    with tempfile.TemporaryDirectory() as home:
        os.chown(home, UID, UID)
        done = subprocess.run(
            [sys.executable, "-m", "tests.hostile.ordinary", level],
            check=True,
            capture_output=True,
            text=True,
            timeout=LONGEST,
            **_like_anybody(home),
        )
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _like_anybody(home: str = "/") -> dict[str, Any]:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG")}
    also = {"HOME": home, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    return {"user": UID, "group": UID, "extra_groups": [], "cwd": ROOT, "env": kept | also}


def main() -> int:
    """Fight at the level that is named, for the assignment on numpy: torch is the same to boxes."""
    chosen = [attack for attack in header.everything() if attack.target == "vectors"]
    battle = arena.fight(sys.argv[1], chosen)
    won = {name: verdict.why for name, verdict in battle.verdicts.items() if not verdict.held}
    held = len(battle.verdicts) - len(won)
    result = {"won": won, "seen": battle.seen, "harmed": battle.harmed, "held": held}
    sys.stdout.write(json.dumps(result) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
