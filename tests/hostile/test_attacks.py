"""Every attack, handed in for real: the strongest level in `make test`, all of them when slow."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
import unicodedata
from functools import cache

import pytest
from rich.console import Console

from grader import own_work
from grader.checking import source
from grader.exports.terminal import show_report
from grader.inert import is_inert
from grader.sandbox import probe
from grader.sandbox.probe import LEVELS
from tests.boxes import warm
from tests.hostile import arena, header, ordinary
from tests.vectors import FOLDER

pytestmark = [
    pytest.mark.hostile,
    pytest.mark.skipif(sys.platform != "linux", reason="boxes of forks are Linux's"),
]

ATTACKS = header.everything()
FAST = ("vectors", "tensors")
"""What the fast run hands in for; a whole assignment on torch is slow."""


def strongest() -> str:
    """The strongest level of this machine."""
    return next(level for level in LEVELS if probe.probe(level).confinement is not None)


@cache
def battle(level: str, targets: tuple[str, ...]) -> arena.Battle:
    """One batch of all attacks on `targets`; the test is skipped where there is no such level."""
    probed = probe.probe(level)
    if probed.confinement is None:
        pytest.skip(f"no {level} here: {probed.reason}")
    return arena.fight(level, [attack for attack in ATTACKS if attack.target in targets])


CASES = [
    *(
        pytest.param(None, FAST, attack, id=str(attack))
        for attack in ATTACKS
        if attack.target in FAST
    ),
    *(
        pytest.param(level, header.TARGETS, attack, id=f"{level}-{attack}", marks=pytest.mark.slow)
        for level in LEVELS
        for attack in ATTACKS
        if level in attack.holds
    ),
]
BATCHES = [
    pytest.param(None, FAST, id="strongest"),
    *(pytest.param(level, header.TARGETS, id=level, marks=pytest.mark.slow) for level in LEVELS),
]


@pytest.mark.parametrize(("level", "targets", "attack"), CASES)
def test_an_attack_is_held(level, targets, attack):
    verdict = battle(level or strongest(), tuple(targets)).verdicts[attack.name]

    assert verdict.held, verdict.why


@pytest.mark.parametrize(("level", "targets"), BATCHES)
def test_nothing_is_left_and_nobody_was_reached(level, targets):
    assert battle(level or strongest(), tuple(targets)).seen == []


@pytest.mark.parametrize(("level", "targets"), BATCHES)
def test_honest_work_between_attacks_gets_the_bytes_that_it_gets_alone(level, targets):
    assert battle(level or strongest(), tuple(targets)).harmed == []


NOBODY_ELSE = "not root, or another user cannot read this interpreter and these tests"


@pytest.mark.slow
@pytest.mark.parametrize("namespaces", [True, False], ids=["namespaces", "no-namespaces"])
@pytest.mark.parametrize("level", LEVELS)
def test_nobody_wins_against_an_ordinary_user_either(level, namespaces):
    if not ordinary.can_fight():
        pytest.skip(NOBODY_ELSE)
    fought = ordinary.fight_as(level, namespaces=namespaces)
    if fought["missing"]:
        pytest.skip(f"no {level} for an ordinary user here: {fought['missing']}")

    assert (fought["won"], fought["seen"], fought["harmed"]) == ({}, [], [])
    assert set(fought["held"]) == {one.name for one in ATTACKS if level in one.holds}


def test_who_may_make_no_namespaces_has_no_level_of_them():
    if not ordinary.can_fight():
        pytest.skip(NOBODY_ELSE)

    assert ordinary.fight_as("namespaces", namespaces=False, targets=())["missing"]


@pytest.mark.parametrize(("level", "targets"), BATCHES)
def test_no_cell_of_a_class_table_is_a_formula(level, targets):
    tables = battle(level or strongest(), tuple(targets)).summary.values()
    # Where a comma is part of a number, a semicolon ends a cell; wide signs are signs.
    cells = [
        unicodedata.normalize("NFKC", part).strip()
        for table in tables
        for row in csv.reader(io.StringIO(table))
        for cell in row
        for part in (cell, *cell.split(";"), *cell.split("\t"))
    ]

    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []


COLOUR = re.compile(r"\x1b\[[0-9;]*m")
COMMAND = re.compile(r"^\s*::|##(?:vso)?\[", re.MULTILINE)
INJECTED = [one for one in ATTACKS if one.family == "inject" and one.target == "vectors"]


def unseen(text: str) -> list[str]:
    """What of a text drives a terminal or a workflow, instead of being read."""
    lines = text.split("\n")
    return [ascii(line) for line in lines if not is_inert(line) or COMMAND.search(line)]


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """What `grader grade` prints about a class of injections, with its exit code."""
    root = tmp_path_factory.mktemp("class")
    for number, attack in enumerate(INJECTED):
        arena.hand_in_plainly(attack, root / f"{number:02}" / attack.student, "vectors.py")
    places = [str(path) for path in sorted(root.iterdir())]
    command = [sys.executable, "-m", "grader", "grade", str(FOLDER), *places, "-j", "2"]
    command += ["-o", str(tmp_path_factory.mktemp("out")), "--seed", "a seed that only tests know"]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)


def test_what_grading_a_class_prints_is_only_read(graded):
    assert unseen(graded.stdout + graded.stderr) == []


def test_a_class_of_injections_is_graded_but_for_those_that_are_nobodys(graded):
    refused = [one for one in INJECTED if isinstance(one.out("landlock"), header.Refused)]

    assert graded.returncode == 2
    assert f"{len(INJECTED) - len(refused)} graded" in graded.stdout


@pytest.fixture(scope="module")
def own_desk():
    """A desk for the visible checks, as `grader check` has it."""
    return own_work.desk(source.read(FOLDER), warm(), "landlock")


@pytest.mark.parametrize("terminal", [False, True], ids=["pipe", "terminal"])
@pytest.mark.parametrize("attack", INJECTED, ids=str)
def test_what_checking_ones_own_work_prints_is_only_read(attack, terminal, own_desk, tmp_path):
    arena.hand_in_plainly(attack, tmp_path / "work", "vectors.py")
    done = own_work.check(own_desk, tmp_path / "work", [])
    for lang in ("en", "ru"):
        console = Console(file=io.StringIO(), force_terminal=terminal, width=100)
        show_report(done.report, own_desk.course.assignment, console, lang)
        for line in own_work.remarks(done, own_desk, lang):
            console.print(line, markup=False, highlight=False, soft_wrap=not console.is_terminal)
        shown = console.file.getvalue()
        assert unseen(COLOUR.sub("", shown) if terminal else shown) == []
