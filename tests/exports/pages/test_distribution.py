from __future__ import annotations

import pytest

from grader.exports.pages.distribution import bin_name, distribution
from grader.exports.phrases import phrases
from grader.numeric.spread import Spread, spread
from tests.html import parse

SAY = phrases("en")


def of(points: list[float], out_of: float) -> Spread:
    found = spread(points, out_of)
    assert found is not None
    return found


def names(found: Spread) -> list[str]:
    return [bin_name(one, found, SAY) for one in found.bins]


def test_a_bar_stands_for_each_bin_with_somebody_in_it():
    picture = parse(distribution(of([0.0, 2.0, 2.0], 2.0), SAY))

    assert len(picture.every("rect", class_="bar")) == 2
    assert [one.text for one in picture.every("text", class_="count")] == ["1", "2"]


def test_bars_are_as_high_as_their_counts():
    picture = parse(distribution(of([0.0, 2.0, 2.0], 2.0), SAY))

    low, high = (float(one.attributes["height"]) for one in picture.every("rect", class_="bar"))
    assert high == pytest.approx(2 * low, rel=1e-3)


def test_full_points_have_a_bar_of_another_kind():
    picture = parse(distribution(of([1.0, 2.0], 2.0), SAY))

    assert [one.attributes["class"] for one in picture.every("rect")] == ["bar", "bar full"]


def test_everything_drawn_stays_on_the_drawing():
    picture = parse(distribution(of([float(n) for n in range(71)] * 20, 70.0), SAY))

    width, height = map(float, picture.one("svg").attributes["viewbox"].split()[2:])
    for bar in picture.every("rect"):
        left, top, wide, tall = (
            float(bar.attributes[name]) for name in ("x", "y", "width", "height")
        )
        assert 0 <= left < left + wide <= width
        assert 0 <= top < top + tall <= height
    for text in picture.every("text"):
        assert 0 <= float(text.attributes["x"]) <= width
        assert 0 <= float(text.attributes["y"]) <= height


def test_the_picture_says_in_words_what_it_shows():
    picture = parse(distribution(of([0.0, 3.0, 70.0, 70.0], 70.0), SAY)).one("svg")

    assert picture.attributes["role"] == "img"
    assert picture.attributes["aria-label"] == "Students by points. 0–4: 2; 70: 2"


def test_bins_of_single_points_are_called_by_them():
    assert names(of([0.0], 3.0)) == ["0", "1", "2", "3"]


def test_bins_of_whole_points_are_called_by_the_first_and_the_last():
    assert names(of([1.0], 70.0))[:2] == ["0–4", "5–9"]


def test_bins_of_parts_of_points_are_called_by_their_edges():
    assert names(of([0.25], 1.0))[0] == "0 to less than 0.1"


def test_where_a_bonus_makes_more_than_full_points_the_last_bin_says_how_many():
    assert names(of([72.0], 70.0))[-1] == "70–74"
