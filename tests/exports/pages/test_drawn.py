from __future__ import annotations

import math
from dataclasses import replace

import pytest

from grader.exports.pages.drawn import draw
from grader.pictures import Picture

MAP = Picture(
    kind="errors", what="dx", yours=(0.0, 0.5), columns=2, frame=(0, 1), shape=(2,), wrong=1,
    total=2,
)  # fmt: skip
CURVE = Picture(
    kind="curve", what="out", x=(0.0, 1.0, 2.0), yours=(0.0, 1.0, 2.0), expected=(0.0, 1.0, 4.0)
)


def test_a_map_says_how_many_values_are_wrong_and_by_how_much():
    assert draw(MAP, "en").caption == (
        "1 of 2 values are wrong, shape (2,). The largest error is 0.5: the stronger the colour, "
        "the larger. The frame is round the first wrong value."
    )


def test_a_map_of_values_that_are_no_numbers_names_no_largest_error():
    caption = draw(replace(MAP, yours=(0.0, math.nan), frame=None), "en").caption

    assert caption == "1 of 2 values are wrong, shape (2,). Some values are not finite."


def test_a_curve_is_a_line():
    assert '<path class="yours"' in draw(CURVE, "en").svg


def test_a_curve_that_zigzags_is_dots():
    wild = replace(
        CURVE, x=tuple(map(float, range(9))), yours=(0.0, 1.0) * 4 + (0.0,), expected=(0.0,) * 9
    )

    assert draw(wild, "en").svg.count('class="dot"') == 10  # one is in the legend


@pytest.mark.parametrize("kind", ["curve", "slopes", "runs"])
def test_who_cannot_see_a_figure_hears_the_range_of_both(kind):
    svg = draw(replace(CURVE, kind=kind), "en").svg

    assert "Yours: 0 … 2; expected: 0 … 4." in svg


def test_nothing_but_nan_has_a_range_too():
    svg = draw(replace(CURVE, yours=(math.nan,) * 3), "en").svg

    assert "Yours: NaN; expected: 0 … 4." in svg


def test_words_are_in_the_reader_s_language():
    assert draw(CURVE, "ru").title == "out в зависимости от аргумента"
