from __future__ import annotations

import sys
from functools import cache

import pytest

from grader import grade
from grader.checking import source
from grader.grade import Desk
from grader.proof.reach import reached
from tests.boxes import warm
from tests.specimens import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="boxes of forks are Linux's")

FORWARD, BACKWARD, MEAN = "center.forward", "center.backward", "running_mean"


@cache
def desk():
    course = source.read(ROOT / "tests" / "courses" / "assignments" / "vectors")
    made = Desk(course=course, opener=warm(), secret="reach", isolation="landlock")
    made.records = grade.prepare(made, course.checks)
    return made


@pytest.mark.parametrize(
    ("change", "items"),
    [
        ("def running_mean(xs, decay): return xs", {MEAN}),
        # Both checks of the backward pass ask for the forward pass too.
        ("def center_forward(x): return x, None", {FORWARD, BACKWARD}),
        # The backward pass needs the forward pass, and carries its error.
        ("def center_backward(dout, cache): return dout", {FORWARD, BACKWARD}),
        ("import numpy as np", set()),
        # All signatures mention it.
        ("import math as np", {FORWARD, BACKWARD, MEAN}),
        ("def nobody_asks_for_this(): pass", set()),
        ("'''Says something.'''", set()),
        ("print('at once')", {FORWARD, BACKWARD, MEAN}),
        ("np.mean = None", {FORWARD, BACKWARD, MEAN}),
    ],
)
def test_a_change_reaches_the_items_that_ask_for_it(change, items):
    assert reached(desk().course, desk().records, change) == items


def test_a_change_reaches_those_that_use_it_by_another_name():
    change = "def average(x): return 0\ncenter_backward = lambda dout, cache: average(dout)"

    assert reached(desk().course, desk().records, change) == {FORWARD, BACKWARD}


def test_every_misconception_reaches_what_it_is_to_lose():
    short = {
        one.name: one.loses - reached(desk().course, desk().records, one.source)
        for one in desk().course.misconceptions
    }

    assert not any(short.values())
