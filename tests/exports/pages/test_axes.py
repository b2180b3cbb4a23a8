from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.exports.pages.axes import HEIGHT, WIDTH, Axes, drawing, ticks

FINITE = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12)


@pytest.mark.parametrize(
    ("low", "high", "marks"),
    [(0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]), (-1, 1, [-1, -0.5, 0, 0.5, 1]), (0, 7, [0, 2, 4, 6])],
)
def test_ticks_are_round_numbers(low, high, marks):
    assert ticks(low, high) == pytest.approx(marks)


def test_there_are_no_ticks_on_nothing():
    assert ticks(1.0, 1.0) == []


@given(st.lists(st.floats(), min_size=1, max_size=20))
def test_whatever_is_drawn_stands_on_the_drawing(values):
    axes = Axes(range(len(values)), values)
    places = [(axes.across(x), axes.down(y)) for x, y in enumerate(values) if math.isfinite(y)]

    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in places)


@given(FINITE, FINITE)
def test_ticks_are_few_and_inside(low, high):
    marks = ticks(min(low, high), max(low, high))

    assert len(marks) <= 7


def test_a_line_is_broken_where_a_value_is_no_number():
    path = Axes([0, 1, 2, 3], [1, 2, 3, 4]).line([0, 1, 2, 3], [1, math.nan, 3, 4])

    assert path.count("M") == 2


def test_a_drawing_escapes_its_words():
    svg = drawing("", title='<b>"', desc="</svg>&\u202e")

    assert "<title>&lt;b&gt;&#34;</title><desc>&lt;/svg&gt;&amp;\\u202e</desc>" in svg


def test_a_drawing_says_what_it_is_to_who_cannot_see_it():
    assert 'role="img" aria-label="A map. 3 of 4"' in drawing("", title="A map", desc="3 of 4")
