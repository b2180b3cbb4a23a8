from __future__ import annotations

import sys

import numpy as np
import pytest

from grader import check, expect, grade
from grader.checking.misconceptions import Matcher
from grader.checking.record import Record
from grader.checking.run import run
from grader.numeric.draw import Draw
from grader.respondents import Replay
from tests.boxes import warm
from tests.plain import Plain, returns_of
from tests.vectors import copied, desk, handed_in, own_desk, written

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="boxes of forks are Linux's")

RIGHT = "from math import *\nimport numpy as np\n"
ROWS = (
    f"{RIGHT}def center_forward(x):\n    return x - x.mean(axis=1, keepdims=True), None\n"
    "def center_backward(dout, cache):\n    return dout - dout.mean(axis=1, keepdims=True)\n"
)


def asked(of, name, submission):
    """What a check found of a submission, and the record it was held against."""
    (check,) = (one for one in of.course.checks if one.name == name)
    item = of.course.assignment.item(check.item)
    seated = of.seat(grade._Walk(submission, of, None)._sources())
    record = of.records[check.id]
    try:
        ran = run(
            check,
            student=seated.on(check.id, item.id, item.limits),
            reference=Replay(record.reference, live=lambda: pytest.fail("asked live")),
            draw=Draw.replaying(record.draws),
            returns_of=of.course.assignment.returns_of,
        )
    finally:
        seated.close()
    return check, ran, record


@pytest.mark.parametrize(
    ("submission", "check", "named"),
    [
        ("rows", "out_equals_the_reference", "centers_rows"),
        ("rows", "dx_equals_the_reference", "centers_rows"),
        ("one_mean", "out_equals_the_reference", "one_mean_for_all"),
        ("lags_behind", "means_equal_the_reference", "starts_from_zero"),
        ("lags_behind", "columns_and_an_untouched_input", "starts_from_zero"),
    ],
)
def test_the_misconception_whose_answers_these_are_is_named(submission, check, named):
    of = own_desk()

    assert of.matcher.match(*asked(of, check, handed_in(submission))).name == named


def test_an_error_of_nobody_else_has_no_name(tmp_path):
    of = own_desk()
    wrong = ROWS.replace("axis=1", "axis=0").replace("return x -", "return 2 * x -")

    assert (
        of.matcher.match(*asked(of, "out_equals_the_reference", written(wrong, tmp_path / "ada")))
        is None
    )


def test_a_failure_has_no_name(tmp_path):
    of = own_desk()
    text = ROWS.replace("return x -", "return 1 / 0 * x -")

    assert (
        of.matcher.match(*asked(of, "out_equals_the_reference", written(text, tmp_path / "ada")))
        is None
    )


def test_a_check_that_carries_names_nothing(tmp_path):
    of = own_desk()
    wrong = ROWS.replace("return dout -", "return 3 * dout -")

    assert of.matcher.match(*asked(of, "dx_is_the_slope", written(wrong, tmp_path / "ada"))) is None


def with_twins(tmp_path):
    """A desk of a course with `centers_rows` and, under another name, the same again."""
    folder = copied(tmp_path)
    beliefs = folder.parents[1] / "reference" / "vectors" / "misconceptions"
    twin = (beliefs / "centers_rows.py").read_text(encoding="utf-8")
    (beliefs / "centers_rows_too.py").write_text(twin, encoding="utf-8")
    return desk(folder)


def test_two_that_fit_name_none(tmp_path):
    of = with_twins(tmp_path)

    assert of.matcher.match(*asked(of, "out_equals_the_reference", handed_in("rows"))) is None


def test_of_two_that_fit_the_one_that_explains_an_earlier_failure_is_named(tmp_path):
    of = with_twins(tmp_path)
    earlier = [one for one in of.course.misconceptions if one.name == "centers_rows_too"]

    named = of.matcher.match(*asked(of, "out_equals_the_reference", handed_in("rows")), earlier)

    assert named == earlier[0]


def test_an_earlier_belief_that_does_not_fit_leaves_the_others(tmp_path):
    of = own_desk()
    earlier = [one for one in of.course.misconceptions if one.name == "one_mean_for_all"]

    named = of.matcher.match(*asked(of, "out_equals_the_reference", handed_in("rows")), earlier)

    assert named.name == "centers_rows"


def test_one_that_does_not_lose_the_item_is_not_tried(tmp_path):
    folder = copied(tmp_path)
    belief = folder.parents[1] / "reference" / "vectors" / "misconceptions" / "centers_rows.py"
    text = belief.read_text(encoding="utf-8")
    belief.write_text(
        text.replace('["center.forward", "center.backward"]', '["center.backward"]'),
        encoding="utf-8",
    )
    of = desk(folder)

    assert of.matcher.match(*asked(of, "out_equals_the_reference", handed_in("rows"))) is None


def test_one_that_breaks_is_no_match_and_no_harm(tmp_path):
    folder = copied(tmp_path)
    beliefs = folder.parents[1] / "reference" / "vectors" / "misconceptions"
    text = (beliefs / "centers_rows.py").read_text(encoding="utf-8")
    (beliefs / "breaks.py").write_text(f"{text}\nraise ValueError\n", encoding="utf-8")
    of = desk(folder)

    assert (
        of.matcher.match(*asked(of, "out_equals_the_reference", handed_in("rows"))).name
        == "centers_rows"
    )


def test_what_a_misconception_answered_is_asked_once_a_class():
    opened = []

    class Counting:
        def open_box(self, sources):
            opened.append(sources)
            return warm().open_box(sources)

    of = own_desk()
    counted = grade.Desk(
        course=of.course, opener=Counting(), secret=of.secret, isolation=of.isolation
    )
    matcher = Matcher(course=of.course, seat=counted.seat)
    arguments = asked(of, "out_equals_the_reference", handed_in("rows"))
    matcher.match(*arguments)
    after_the_first = len(opened)
    matcher.match(*arguments)

    assert (after_the_first > 0, len(opened)) == (True, after_the_first)


class Rows:
    """A seat in which whoever centers rows answers."""

    def on(self, check, item, limits):
        return Plain(center_forward=rows)

    def close(self):
        pass


def rows(x):
    return x - x.mean(axis=1, keepdims=True), None


def rows_at_first():
    """Centers rows in its first call, and columns from then on."""
    calls = iter([1])
    return lambda x: (x - x.mean(axis=next(calls, 0), keepdims=True), None)


def nothing(x):
    return np.zeros_like(x), None


@check(item="center.forward")
def two_calls(student, reference, draw):
    """The centered values, twice."""
    for _ in range(2):
        x = draw.normal(3, 2)
        expect.close(student.center_forward(x)[0], reference.center_forward(x)[0], what="out")


def test_what_a_misconception_answered_is_kept_as_far_as_anybody_shared_it():
    matcher = Matcher(course=own_desk().course, seat=lambda sources, item: Rows())
    lengths = []
    for function in (lambda x: (x, None), rows, rows_at_first()):
        draw = Draw(0)
        student, reference = Plain(center_forward=function), Plain(center_forward=nothing)
        ran = run(two_calls, student=student, reference=reference, draw=draw, returns_of=returns_of)
        record = Record(check=two_calls.id, draws=draw.log, student=[], reference=ran.reference)
        matcher.match(two_calls, ran, record)
        lengths.append(len(matcher.known[two_calls.id, "centers_rows"]))

    assert lengths == [1, 2, 2]
