from __future__ import annotations

import math

import pytest

from grader.exports.pages.numbers import number, percent, points, points_of


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.0, "0"),
        (-0.9436, "−0.944"),
        (1.2345e-7, "1.23·10⁻⁷"),
        (802.0, "802"),
        (12345.0, "12300"),
        (-3e300, "−3·10³⁰⁰"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
        (math.nan, "NaN"),
    ],
)
def test_a_number_is_short_and_has_a_real_minus(value, shown):
    assert number(value) == shown


def test_two_digits_of_a_number_above_1_need_no_power_of_ten():
    assert number(802.0, 2) == "800"


@pytest.mark.parametrize(("value", "shown"), [(3.0, "3"), (2.5, "2.5"), (0.1 + 0.2, "0.3")])
def test_points_have_no_dust(value, shown):
    assert points(value) == shown


@pytest.mark.parametrize(
    ("share", "shown"),
    [(0.0, "0 %"), (0.001, "< 1 %"), (0.5, "50 %"), (0.999, "> 99 %"), (1.0, "100 %")],
)
def test_all_and_none_are_said_of_all_and_none_alone(share, shown):
    assert percent(share) == shown


@pytest.mark.parametrize(
    ("mine", "out_of", "shown"), [(1, 2, "1 of 2"), (2, 0, "+2 bonus"), (0, 0, "no points")]
)
def test_a_bonus_is_out_of_nothing(mine, out_of, shown):
    assert points_of(mine, out_of, "en") == shown
