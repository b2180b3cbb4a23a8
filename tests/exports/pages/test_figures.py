from __future__ import annotations

import math
from xml.etree import ElementTree

import numpy as np
import pytest

from grader.exports.pages.figures import LEVELS, curves, heat_map, histogram, seeds
from grader.pictures import MOST_CELLS, MOST_POINTS

WORDS = {"title": "A figure", "desc": "what it shows"}
NAMES = ("yours", "expected")
STRANGE = [math.nan, math.inf, -math.inf, 1e300, -1e300, 0.0, 5e-324]


def parsed(svg) -> ElementTree.Element:
    return ElementTree.fromstring(str(svg))


def classes(svg) -> list[str]:
    return [one.get("class", "") for one in parsed(svg).iter()]


def test_a_heat_map_shades_the_largest_most():
    cells = [one for one in parsed(heat_map([[0, 1], [2, 10]], **WORDS)).iter("path")]

    assert [one.get("stroke-opacity") for one in cells] == ["0.15", "1"]


def test_a_heat_map_leaves_zero_empty():
    assert "cell" not in classes(heat_map([[0.0, 0.0]], **WORDS))


def test_a_heat_map_shades_what_is_no_number_most():
    (cell,) = parsed(heat_map([[0.0, math.nan]], **WORDS)).iter("path")

    assert (cell.get("stroke-opacity"), cell.get("d")) == ("1", "M1 0.5h1")


def test_a_heat_map_frames_a_cell():
    (frame,) = [
        one
        for one in parsed(heat_map([[0, 1], [2, 3]], frame=(1, 0), **WORDS)).iter("rect")
        if one.get("class") == "frame"
    ]

    assert (frame.get("x"), frame.get("y")) == ("0", "1")


def test_neighbours_of_one_shade_are_one_stroke():
    (cell,) = parsed(heat_map([[5, 5, 0, 5]], **WORDS)).iter("path")

    assert cell.get("d") == "M0 0.5h2m1 0h1"


def test_there_is_a_curve_over_another():
    drawn = classes(curves([0, 1, 2], [0, 1, 4], [0, 1, 2], names=NAMES, **WORDS))

    assert drawn.count("yours") == drawn.count("expected") == 2  # the curve, and in the legend


def test_what_is_scattered_is_dots():
    drawn = classes(curves([0, 1], [0, 1], [0, 1], names=NAMES, scattered=True, **WORDS))

    assert (drawn.count("dot"), drawn.count("yours")) == (3, 0)


def test_a_threshold_crosses_the_runs():
    drawn = classes(
        seeds([1, 2], [3, 4], names=NAMES, x_name="run", threshold=2.5, threshold_name="t", **WORDS)
    )

    assert (drawn.count("dot"), drawn.count("ring"), drawn.count("limit")) == (3, 3, 2)


def test_a_histogram_has_a_bar_for_each_bin_that_holds_something():
    drawn = classes(histogram([0, 1, 2, 3], [1, 0, 2], [1, 1, 1], names=NAMES, **WORDS))

    assert (drawn.count("bar"), drawn.count("outline")) == (2, 1)


def test_a_histogram_may_stand_alone():
    assert "outline" not in classes(histogram([0, 1], [3], **WORDS))


@pytest.mark.parametrize(
    "drawn",
    [
        lambda values: heat_map([values], **WORDS),
        lambda values: curves(range(len(values)), values, values, names=NAMES, **WORDS),
        lambda values: curves(values, values, None, names=NAMES, **WORDS),
        lambda values: seeds(values, values, names=NAMES, x_name="", threshold=values[0], **WORDS),
        lambda values: histogram(range(len(values) + 1), values, values, **WORDS),
    ],
    ids=["heat_map", "curves", "no_curves", "seeds", "histogram"],
)
def test_strange_numbers_are_drawn_all_the_same(drawn):
    text = str(drawn(STRANGE))

    parsed(text)
    assert "nan" not in text.lower().replace("nan</text>", "")
    assert "inf" not in text


RANDOM = np.random.default_rng(0)


@pytest.mark.parametrize(
    "svg",
    [
        heat_map(np.abs(RANDOM.normal(size=(MOST_CELLS, MOST_CELLS))).tolist(), **WORDS),
        curves(*RANDOM.normal(size=(3, MOST_POINTS)).tolist(), names=NAMES, **WORDS),
        histogram(range(25), *RANDOM.uniform(size=(2, 24)).tolist(), names=NAMES, **WORDS),
    ],
    ids=["heat_map", "curves", "histogram"],
)
def test_the_largest_figure_is_small(svg):
    assert len(str(svg)) <= 10_000


def test_there_are_as_many_shades_as_are_said():
    shades = list(parsed(heat_map([list(range(100))], **WORDS)).iter("path"))

    assert len(shades) == LEVELS
