from __future__ import annotations

from pathlib import Path

import pytest

from grader import check
from grader.checking.check import Check
from grader.errors import CourseError
from grader.numeric.draw import Draw


def values_are_right(student, reference, draw):
    """The values are right.

    The rest of it is for authors.
    """
    return student, reference, draw


def made(function=values_are_right, **options):
    return check(item="mean.forward", **options)(function)


def test_a_decorated_function_is_a_check():
    assert isinstance(made(), Check)


def test_the_title_is_the_docstrings_first_line():
    assert made().title == "The values are right."


def test_the_other_title_is_given():
    assert made(ru="Значения верны").title_ru == "Значения верны"


def test_its_id_is_item_and_name():
    assert made().id == "mean.forward/values_are_right"


@pytest.mark.parametrize(
    ("options", "carries"),
    [({}, ()), ({"carries": "a"}, ("a",)), ({"carries": ("a", "b")}, ("a", "b"))],
)
def test_what_it_carries_is_said(options, carries):
    assert made(**options).carries == carries


def test_it_knows_where_it_stands():
    file, line = made().origin

    assert file == Path(__file__)
    assert "def values_are_right" in file.read_text().splitlines()[line - 1]


def test_called_bare_it_runs_its_function():
    seen = []

    def asks(student, reference, draw):
        """It asks."""
        seen.append((student, reference, draw))

    draw = Draw(0)
    made(asks)("student", "reference", draw)

    assert seen == [("student", "reference", draw)]


def silent(student, reference, draw):
    pass


def short(student, draw):
    """Too few."""


def swapped(reference, student, draw):
    """The wrong way round."""


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (silent, "the check silent has no docstring"),
        (short, "the check short must take exactly"),
        (swapped, r"\(student, reference, draw\), in this order"),
    ],
)
def test_what_cannot_be_a_check_is_refused_by_place_and_name(function, said):
    with pytest.raises(CourseError, match=rf"test_check\.py:\d+: .*{said}"):
        made(function)
