from __future__ import annotations

import math

import numpy as np
import pytest

from grader.numeric.sketch import BINS, of_close, of_runs, of_statistics
from grader.pictures import MOST_CELLS, MOST_POINTS

RNG = np.random.default_rng(7)
X = RNG.normal(size=(4, 5))
UPSTREAM = RNG.normal(size=(4, 5))


def close(given, wanted, *, part="dx", where=(0, 0), asked=(), tolerance=1e-4):
    return of_close(
        given, wanted, what="dx", part=part, where=where, asked=asked, tolerance=tolerance
    )


def only(pictures, kind):
    (found,) = [one for one in pictures if one.kind == kind]
    return found


def test_a_map_holds_the_sizes_of_what_is_wrong_and_zero_elsewhere():
    wanted = np.ones((2, 3))
    given = wanted + [[0, 0.5, 0], [1e-9, 0, -2]]

    drawn = only(close(given, wanted, where=(0, 1)), "errors")

    assert drawn.rows == [(0, 0.5, 0), (0, 0, 2)]
    assert (drawn.frame, drawn.shape, drawn.wrong, drawn.total) == ((0, 1), (2, 3), 2, 6)


def test_a_map_of_more_axes_has_a_row_for_each_vector_along_the_last():
    wanted = np.zeros((2, 3, 4))
    given = wanted.copy()
    given[1, 2, 3] = 1

    drawn = only(close(given, wanted, where=(1, 2, 3)), "errors")

    assert (len(drawn.rows), drawn.columns, drawn.frame) == (6, 4, (5, 3))


def test_a_vector_is_folded():
    drawn = only(close(np.ones(50), np.zeros(50), where=(45,)), "errors")

    assert (len(drawn.rows), drawn.columns, drawn.frame) == (2, 40, (1, 5))


def test_a_large_map_is_pooled_by_the_largest_of_each_block():
    wanted = np.zeros((100, 300))
    given = wanted.copy()
    given[99, 299] = 3

    drawn = only(close(given, wanted, where=(99, 299)), "errors")

    assert len(drawn.rows) <= MOST_CELLS
    assert drawn.columns <= MOST_CELLS
    assert drawn.rows[-1][-1] == 3
    assert drawn.frame == (len(drawn.rows) - 1, drawn.columns - 1)


def test_the_part_that_differs_is_drawn():
    wanted = {"W": [np.ones((2, 2)), np.zeros((3, 2))]}
    given = {"W": [np.ones((2, 2)), np.ones((3, 2))]}

    assert only(close(given, wanted, part="dx['W'][1]"), "errors").shape == (3, 2)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (1.0, 2.0),
        (np.ones(3), np.zeros(3)),
        (np.ones((2, 2)), np.ones((2, 3))),
        ("a", np.ones((2, 2))),
        (np.ones((0, 5)), np.ones((0, 5))),
    ],
)
def test_what_says_nothing_is_not_drawn(given, wanted):
    assert close(given, wanted) == ()


def test_values_that_are_no_numbers_are_wrong():
    given = np.array([[math.nan, math.inf], [1e300, 0]])

    drawn = only(close(given, np.zeros((2, 2))), "errors")

    assert (drawn.wrong, math.isnan(drawn.yours[0]), drawn.yours[1]) == (3, True, math.inf)


def test_an_elementwise_function_is_a_curve_over_its_argument():
    drawn = only(close(np.maximum(X, 0) + 1, np.maximum(X, 0), asked=(X,)), "curve")

    assert list(drawn.x) == sorted(drawn.x)
    assert drawn.expected == pytest.approx(np.maximum(drawn.x, 0), abs=1e-3)
    assert drawn.yours == pytest.approx(np.maximum(drawn.x, 0) + 1, abs=1e-3)


def test_a_gradient_is_a_slope_over_the_input_of_the_call_before():
    wanted = UPSTREAM * (X > 0)

    drawn = only(close(UPSTREAM * 1.0, wanted, asked=(UPSTREAM, X)), "slopes")

    assert drawn.expected == tuple(float(x > 0) for x in drawn.x)
    assert set(drawn.yours) == {1.0}


def test_numbers_in_no_order_are_no_curve():
    wanted = RNG.normal(size=(8, 8))
    pictures = close(wanted + 1, wanted, asked=(RNG.normal(size=(8, 8)),))

    assert [one.kind for one in pictures] == ["errors"]


def test_an_argument_of_another_shape_is_no_x():
    assert [one.kind for one in close(X + 1, X, asked=(X.ravel(),))] == ["errors"]


def test_a_long_curve_is_thinned():
    x = np.linspace(-1, 1, 5_000)

    assert len(only(close(x + 1, x, asked=(x,), where=(0,)), "curve").x) == MOST_POINTS


def test_samples_are_histograms_of_shares_over_one_range():
    (drawn,) = of_statistics([RNG.normal(size=(50, 40))], [RNG.normal(size=(50, 40)) * 3], what="w")

    assert len(drawn.yours) == len(drawn.expected) == BINS
    assert sum(drawn.yours) == pytest.approx(1, abs=0.01)
    assert sum(drawn.expected) == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize(
    "given",
    [[np.full(9, math.nan)], [np.zeros(0)], ["text"], [np.array([-1e308, 1e308] * 9)]],
)
def test_samples_without_a_range_are_not_drawn(given):
    assert of_statistics(given, [RNG.normal(size=9)], what="w") == ()


def test_the_least_mean_that_passes_stands_beside_the_runs():
    (drawn,) = of_runs([0.1, math.nan], [0.8, 0.6, 0.7], what="accuracy", margin=0.2)

    assert (drawn.threshold, drawn.x, drawn.expected) == (0.5, (1.0, 2.0), (0.8, 0.6))
