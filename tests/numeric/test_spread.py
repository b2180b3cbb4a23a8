from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.numeric.spread import spread


def bins(points: list[float], out_of: float) -> list[tuple[float, float, int]]:
    found = spread(points, out_of)
    assert found is not None
    return [(one.low, one.high, one.students) for one in found.bins]


def test_nobody_has_no_spread():
    assert spread([], 70.0) is None


def test_one_student_has_no_deviation():
    found = spread([3.0], 4.0)

    assert found is not None
    assert (found.mean, found.median, found.lowest, found.highest) == (3.0, 3.0, 3.0, 3.0)
    assert found.deviation is None


def test_the_figures_are_those_of_the_textbook():
    found = spread([1.0, 2.0, 3.0, 4.0, 10.0], 10.0)

    assert found is not None
    assert (found.students, found.mean, found.lowest, found.highest) == (5, 4.0, 1.0, 10.0)
    assert (found.first_quartile, found.median, found.third_quartile) == (2.0, 3.0, 4.0)
    assert found.deviation == pytest.approx(3.5355339059327378)


def test_few_whole_points_have_a_bin_each():
    assert bins([0.0, 2.0, 2.0, 3.0], 3.0) == [(0, 1, 1), (1, 2, 0), (2, 3, 2), (3, 4, 1)]


def test_many_points_stand_in_bins_of_a_round_width_and_full_points_by_themselves():
    found = bins([69.0, 70.0, 70.0, 0.0, 4.5], 70.0)

    assert len(found) == 15
    assert found[0] == (0, 5, 2)
    assert found[-2] == (65, 70, 1)
    assert found[-1] == (70, 75, 2)


def test_points_beyond_what_is_asked_have_bins_too():
    assert bins([12.0], 10.0)[-1] == (12, 13, 1)


def test_fractions_fall_into_the_bin_that_begins_with_them():
    found = bins([0.3, 0.1 + 0.2], 0.9)

    assert [(round(low, 9), count) for low, _, count in found if count] == [(0.3, 2)]


def test_an_assignment_without_points_has_one_bin():
    assert bins([0.0, 0.0], 0.0) == [(0, 1, 2)]


def test_whole_points_are_told_apart_from_halves():
    whole, halves = spread([1.0], 2.0), spread([1.5], 2.0)

    assert whole is not None
    assert halves is not None
    assert (whole.whole, halves.whole) == (True, False)


@given(
    st.lists(st.floats(0, 200, allow_nan=False), min_size=1, max_size=50),
    st.floats(0, 100, allow_nan=False),
)
def test_everybody_stands_in_one_of_at_most_seventeen_bins(points, out_of):
    found = bins(points, out_of)

    assert sum(count for _, _, count in found) == len(points)
    assert 1 <= len(found) <= 17
