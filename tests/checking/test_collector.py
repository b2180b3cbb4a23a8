from __future__ import annotations

import numpy as np
import pytest

from grader.checking import expect
from grader.checking.collector import MOST_PICTURES, judge
from grader.errors import Mismatch
from grader.findings import Evidence
from grader.pictures import Picture

ONES, ZEROS = np.ones((2, 3)), np.zeros((2, 3))
PICTURE = Picture(kind="curve", what="x", x=(0.0,), yours=(0.0,), expected=(1.0,))


def kinds(mismatches) -> list[list[str]]:
    return [[picture.kind for picture in one.pictures] for one in mismatches]


def test_the_first_difference_is_drawn_alone():
    with expect.collecting() as mismatches:
        expect.close(ONES, ZEROS, what="a")
        expect.close(ONES, ZEROS, what="b")

    assert kinds(mismatches) == [["errors"], []]


def test_an_exact_comparison_is_drawn_too():
    with expect.collecting() as mismatches:
        expect.equal(ONES, ZEROS, what="a")

    assert kinds(mismatches) == [["errors"]]


def test_the_argument_of_the_call_before_makes_a_curve():
    x = np.linspace(-1, 1, 20)
    with expect.collecting(asked=lambda: [x]) as mismatches:
        expect.close(x + 1, x, what="a")

    assert kinds(mismatches) == [["curve", "errors"]]


def test_each_layer_s_numbers_are_drawn_up_to_a_few():
    rng = np.random.default_rng(0)
    with expect.collecting() as mismatches:
        for _ in range(MOST_PICTURES + 2):
            wanted = [rng.normal(size=(9, 9)) for _ in range(8)]
            expect.statistics([9 * rng.normal(size=(9, 9))], wanted, what="w")

    assert kinds(mismatches) == [["histogram"]] * MOST_PICTURES + [[], []]


def test_training_that_falls_short_is_drawn_run_by_run():
    with expect.collecting() as mismatches:
        expect.converges(
            lambda case: 0.1, lambda case: 0.9, range(6), what="accuracy", margin=0.1,
            false_fail="none", power="all",
        )  # fmt: skip

    (drawn,) = mismatches[0].pictures
    assert (drawn.kind, len(drawn.yours), drawn.threshold) == ("runs", 6, 0.8)


def test_steps_that_go_astray_are_drawn():
    with expect.collecting() as mismatches:
        expect.trajectory([ZEROS, ONES], [ZEROS, ZEROS], what="weights")

    assert [picture.what for picture in mismatches[0].pictures] == ["weights[1]"]


def test_nothing_is_drawn_for_a_misconception():
    with (
        pytest.raises(Mismatch) as raised,
        expect.collecting(seat="misconception") as mismatches,
    ):
        expect.close(ONES, ZEROS, what="a")

    assert (kinds(mismatches), raised.value) == ([[]], mismatches[0])


def test_a_picture_that_cannot_be_drawn_costs_no_finding():
    def broken(evidence, asked):
        raise ValueError("strange numbers")

    with expect.collecting() as mismatches:
        judge(Evidence(what="x"), broken)

    assert len(mismatches) == 1


def test_bare_a_difference_is_raised_without_pictures():
    with pytest.raises(Mismatch) as raised:
        judge(Evidence(what="x"), lambda evidence, asked: (PICTURE,))

    assert raised.value.pictures == ()
