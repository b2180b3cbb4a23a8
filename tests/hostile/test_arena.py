from __future__ import annotations

import sys

import pytest

from grader.sandbox import probe
from tests.hostile import arena, header

pytestmark = [
    pytest.mark.hostile,
    pytest.mark.skipif(sys.platform != "linux", reason="boxes of forks are Linux's"),
]

RIGHT = arena.HONEST["vectors"].read_text(encoding="utf-8")
IDENTITY = """
def center_forward(x): {first}; return x, None
def center_backward(dout, cache): return dout
def running_mean(xs, decay): return xs
"""
LOST = "* failed mismatch"
WINNERS = {
    "points": (LOST, RIGHT),
    "a_point": ("center.forward failed; center.backward failed", RIGHT),
    "another_outcome": ("* failed unreadable", IDENTITY.format(first="pass")),
    "a_breach": (
        "* failed; center.backward blocked",
        IDENTITY.format(first="raise RuntimeError('BREACH: read it')"),
    ),
    "a_printed_breach": (LOST, IDENTITY.format(first="print('BREACH: read it')")),
    "a_refusal": ("refused 2", IDENTITY.format(first="pass")),
}
LOSERS = {
    "nothing": (LOST, IDENTITY.format(first="pass")),
    "what_is_right": ("* passed", RIGHT),
    "a_failure": ("* failed missing; center.backward blocked", "x = 1"),
}


def attack(folder, name, out, text):
    path = folder / "forge" / f"{name}.py"
    path.parent.mkdir(exist_ok=True)
    holds = "namespaces landlock seccomp process"
    path.write_text(f"'''A trial.\n\ngoal: g\nout: {out}\nholds: {holds}\n'''\n{text}")
    return header.read(path)


@pytest.fixture(scope="module")
def trial(tmp_path_factory):
    """A batch of attacks whose end is known."""
    folder = tmp_path_factory.mktemp("trial")
    attacks = [attack(folder, name, *one) for name, one in (WINNERS | LOSERS).items()]
    level = next(level for level in probe.LEVELS if probe.probe(level).confinement is not None)
    return arena.fight(level, attacks)


@pytest.mark.parametrize("name", WINNERS)
def test_an_attack_that_wins_is_seen(trial, name):
    assert not trial.verdicts[f"forge/{name}"].held


@pytest.mark.parametrize("name", LOSERS)
def test_an_attack_that_ends_as_it_must_is_held(trial, name):
    assert trial.verdicts[f"forge/{name}"].held, trial.verdicts[f"forge/{name}"].why


def test_a_batch_of_harmless_work_leaves_nothing(trial):
    assert (trial.seen, trial.harmed) == ([], [])
