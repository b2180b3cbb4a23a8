from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.numeric.discrimination import FEWEST, Undefined, discriminations, shares

NAN = float("nan")


def columns(*parts: list[float]) -> np.ndarray:
    return np.array(parts, dtype=np.float64).T


def halves(first: float, second: float) -> list[float]:
    return [first] * (FEWEST // 2) + [second] * (FEWEST // 2)


def test_a_share_is_what_was_earned_of_what_could_be():
    points = columns([2.0, 0.0, 2.0, 2.0], [1.0, 0.0, 0.0, 0.0])

    assert shares(points, np.array([2.0, 1.0])) == [0.75, 0.25]


def test_points_that_are_open_count_neither_for_nor_against():
    assert shares(columns([1.0, NAN, 0.0, NAN]), np.array([1.0])) == [0.5]


def test_an_item_that_is_open_for_all_has_no_share():
    assert shares(columns([NAN, NAN]), np.array([1.0])) == [None]


def test_an_item_that_gives_nothing_has_no_share():
    assert shares(columns([0.0, 0.0]), np.array([0.0])) == [None]


def test_an_item_that_agrees_with_the_rest_has_a_discrimination_of_one():
    points = columns(halves(1.0, 0.0), halves(3.0, 0.0))

    first, second = discriminations(points, np.array([1.0, 3.0]))

    assert (first.value, first.low, first.high, first.undefined) == (1.0, 1.0, 1.0, None)
    assert second.value == 1.0


def test_an_item_against_the_rest_has_one_of_minus_one():
    points = columns(halves(1.0, 0.0), halves(0.0, 3.0))

    assert discriminations(points, np.array([1.0, 3.0]))[0].value == -1.0


def test_the_item_itself_is_left_out_of_the_rest():
    # With itself in the total, the first item would seem to agree: it does not.
    item = [1.0, 0.0] * 6
    rest = [1.0, 1.0, 0.0, 0.0] * 3

    first = discriminations(columns(item, rest), np.array([1.0, 1.0]))[0]

    assert first.value == pytest.approx(0.0, abs=1e-12)


def test_the_value_is_the_point_biserial_correlation_of_the_textbook():
    item = np.array([1, 1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 0], dtype=float)
    rest = np.array([9, 8, 9, 7, 6, 7, 5, 6, 4, 5, 3, 2], dtype=float)
    passed, failed = rest[item == 1], rest[item == 0]
    p = item.mean()
    wanted = (passed.mean() - failed.mean()) / rest.std() * np.sqrt(p * (1 - p))

    found = discriminations(columns(list(item), list(rest)), np.array([1.0, 10.0]))[0]

    assert found.value == pytest.approx(wanted, rel=1e-12)


def test_the_interval_is_fishers():
    rng = np.random.default_rng(7)
    item, rest = rng.integers(0, 2, 30).astype(float), rng.integers(0, 9, 30).astype(float)

    found = discriminations(columns(list(item), list(rest)), np.array([1.0, 8.0]))[0]

    assert found.value is not None
    half = 1.959963984540054 / np.sqrt(30 - 3)
    assert found.low == pytest.approx(np.tanh(np.arctanh(found.value) - half))
    assert found.high == pytest.approx(np.tanh(np.arctanh(found.value) + half))


def test_an_open_item_takes_nobody_out_of_the_account_of_the_others():
    points = columns(halves(1.0, 0.0), halves(1.0, 0.0), [NAN] * FEWEST)

    first, _, waiting = discriminations(points, np.ones(3))

    assert first.value == 1.0
    assert waiting.undefined is Undefined.FEW


def test_what_a_student_could_not_earn_does_not_lower_the_rest():
    # The last student's other item of 9 points is open: 1 of 1 is all that can be compared.
    points = columns(halves(1.0, 0.0), halves(1.0, 0.0), halves(9.0, 0.0))
    points[0, 2] = NAN

    assert discriminations(points, np.array([1.0, 1.0, 9.0]))[0].value == 1.0


def test_too_few_students_have_no_discrimination():
    points = columns(halves(1.0, 0.0)[1:], halves(1.0, 0.0)[1:])

    found = discriminations(points, np.ones(2))

    assert [one.undefined for one in found] == [Undefined.FEW, Undefined.FEW]
    assert found[0].value is None


def test_an_item_with_the_same_points_for_all_has_none():
    points = columns([1.0] * FEWEST, halves(1.0, 0.0))

    first, second = discriminations(points, np.ones(2))

    assert first.undefined is Undefined.ALIKE
    assert second.undefined is Undefined.REST_ALIKE


def test_dust_of_adding_is_no_difference():
    points = columns([0.1 + 0.2, 0.3] * 6, halves(1.0, 0.0) + [1.0, 0.0])

    assert discriminations(points, np.ones(2))[0].undefined is Undefined.ALIKE


def test_an_item_alone_has_none():
    assert discriminations(columns(halves(1.0, 0.0)), np.ones(1))[0].undefined is Undefined.ALONE


def test_nobody_is_too_few():
    assert discriminations(np.empty((0, 2)), np.ones(2))[0].undefined is Undefined.FEW


@given(
    st.lists(
        st.lists(st.sampled_from([0.0, 0.5, 1.0, NAN]), min_size=3, max_size=3),
        max_size=40,
    )
)
def test_a_discrimination_is_a_number_with_its_interval_or_a_reason(rows):
    points = np.array(rows, dtype=np.float64).reshape(len(rows), 3)

    for one in discriminations(points, np.ones(3)):
        if one.undefined is None:
            assert -1 <= one.low <= one.value <= one.high <= 1
        else:
            assert (one.value, one.low, one.high) == (None, None, None)
