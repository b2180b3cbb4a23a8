from __future__ import annotations

from grader.checking import source
from grader.proof.tally import tallies
from grader.proof.validate import Examined, Subject
from tests.specimens import ROOT

COURSE = source.read(ROOT / "tests" / "courses" / "assignments" / "vectors")
FORWARD = "center.forward/out_equals_the_reference"
SLOPE = "center.backward/dx_is_the_slope"


def row(kind: str, name: str, *failed: str, seed: int = 0) -> Examined:
    return Examined(
        subject=Subject(kind=kind, name=name), seed=seed, points=0, out_of=6,
        asked=frozenset({"center.forward", "center.backward"}), lost=(), failed=failed,
        named=(), problems=(),
    )  # fmt: skip


def tally(check: str, *rows: Examined):
    (one,) = (one for one in tallies(COURSE, rows) if one.check == check)
    return one


def test_every_check_has_a_tally_in_the_order_of_the_course():
    assert [one.check for one in tallies(COURSE, [])] == [one.id for one in COURSE.checks]


def test_right_solutions_that_fail_are_false_fails():
    rows = [
        row("reference", "reference"),
        row("alternative", "row_by_row", FORWARD),
        row("alternative", "row_by_row", seed=1),
    ]

    assert (tally(FORWARD, *rows).false_fails, tally(FORWARD, *rows).honest) == (1, 3)
    assert tally("running_mean/means_equal_the_reference", *rows).honest == 0


def test_a_misconception_counts_for_the_checks_of_the_items_that_it_is_to_lose():
    rows = [row("misconception", "centers_rows", FORWARD), row("misconception", "centers_rows")]

    assert (tally(FORWARD, *rows).caught, tally(FORWARD, *rows).wrong) == (1, 2)
    assert tally(FORWARD, *rows).share == 0.5
    assert tally("running_mean/means_equal_the_reference", *rows).share is None


def test_a_failure_outside_of_what_is_to_be_lost_is_no_catch():
    means = "running_mean/means_equal_the_reference"

    assert tally(means, row("misconception", "centers_rows", means)).caught == 0


def test_who_knows_nothing_counts_for_neither():
    one = tally(FORWARD, row("know-nothing", "zero", FORWARD), row("stub", "stub", FORWARD))

    assert (one.honest, one.false_fails, one.wrong, one.caught) == (0, 0, 0, 0)


def test_a_check_that_carries_is_to_catch_nothing():
    assert tally(SLOPE, row("misconception", "centers_rows", SLOPE)).share is None
