from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from grader.checking import expect
from grader.errors import CourseError, Mismatch
from grader.numeric.draw import Draw
from grader.numeric.slope import DIRECTIONS


class Function:
    """A plain function in place of one in a box; counts its questions."""

    def __init__(self, function: Any, log: list[str] | None = None, name: str = "square") -> None:
        self.function, self.name = function, name
        self.log = [] if log is None else log

    def many(self, calls: Sequence[tuple[Any, ...]]) -> list[Any]:
        self.log.append(self.name)
        return [self.function(*call) for call in calls]


def square(x: np.ndarray, *_: Any) -> Any:
    return x * x, "cache"


def kept(value: Any, now: Any) -> Any:
    """A Held of `value`, which has become `now`."""
    return SimpleNamespace(kept=value, code=SimpleNamespace(read=lambda held: now))


def expect_slope(dx: Any, function: Any = None, **options: Any) -> None:
    draw = Draw(0)
    x, upstream = draw.normal(4, 3), draw.upstream(4, 3)
    expect.slope(
        function or Function(square),
        at=(x,),
        upstream=upstream,
        gradients=(dx(x, upstream),),
        draw=draw,
        what=("dx",),
        **options,
    )


def right(x: np.ndarray, upstream: np.ndarray) -> np.ndarray:
    return 2 * x * upstream


def wrong(x: np.ndarray, upstream: np.ndarray) -> np.ndarray:
    return -2 * x * upstream


def test_the_public_names_are_listed_in_order() -> None:
    assert list(expect.__all__) == sorted(expect.__all__)


def test_what_is_as_expected_is_quiet() -> None:
    x = np.ones(3)

    with expect.collecting() as mismatches:
        expect.close(x + 1e-9, x, what="x")
        expect.equal("a", "a", what="x")
        expect.unchanged(kept(x, x.copy()), what="x")
        expect.statistics([x], [x] * 8, what="x")
        expect_slope(right)

    assert mismatches == []


def test_a_bare_difference_is_raised_with_its_evidence() -> None:
    with pytest.raises(Mismatch, match=r"dx at \[1\]: yours 3, expected 2") as caught:
        expect.close(np.array([1.0, 3.0]), np.array([1.0, 2.0]), what="dx")

    assert caught.value.evidence.where == (1,)


@pytest.mark.parametrize(
    "fail",
    [
        lambda: expect.close(1.0, 2.0, what="x"),
        lambda: expect.equal(1, 2, what="x"),
        lambda: expect.unchanged(kept(1.0, 2.0), what="x"),
        lambda: expect.statistics([np.ones(3)], [np.zeros(3)] * 8, what="x"),
        lambda: expect_slope(wrong),
    ],
)
def test_every_expectation_raises_when_bare(fail: Any) -> None:
    with pytest.raises(Mismatch):
        fail()


def test_collected_mismatches_are_noted_in_order() -> None:
    with expect.collecting() as mismatches:
        expect.close(1.0, 2.0, what="a")
        expect.close(2.0, 2.0, what="b")
        expect.equal(1, 2, what="c")
        expect_slope(wrong)

    assert [mismatch.evidence.what for mismatch in mismatches] == ["a", "c", "dx"]


def test_differences_raise_again_after_collecting() -> None:
    with expect.collecting():
        expect.equal(1, 2, what="a")

    with pytest.raises(Mismatch):
        expect.equal(1, 2, what="a")


def test_an_inner_collection_keeps_its_mismatches_to_itself() -> None:
    with expect.collecting() as outer:
        with expect.collecting() as inner:
            expect.equal(1, 2, what="inner")
        expect.equal(1, 2, what="outer")

    assert [[m.evidence.what for m in each] for each in (outer, inner)] == [["outer"], ["inner"]]


def test_a_collection_ends_with_an_exception() -> None:
    with pytest.raises(ZeroDivisionError), expect.collecting():
        raise ZeroDivisionError

    with pytest.raises(Mismatch):
        expect.equal(1, 2, what="a")


def test_a_mistake_of_the_author_is_not_noted_but_raised() -> None:
    with pytest.raises(CourseError), expect.collecting():
        expect.close(1.0, 2.0, what="x", scale="rows")  # type: ignore[arg-type]


def test_a_failure_of_the_code_that_is_asked_passes_through() -> None:
    def broken(*_: Any) -> Any:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), expect.collecting():
        expect_slope(right, Function(broken))


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_what_is_not_finite_never_matches_the_reference(value: float) -> None:
    with expect.collecting() as mismatches:
        expect.close(np.array([value]), np.array([value]), what="x")

    assert len(mismatches) == 1


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_what_is_not_finite_matches_a_misconceptions(value: float) -> None:
    with expect.collecting(seat="misconception") as mismatches:
        expect.close(np.array([value]), np.array([value]), what="x")
        expect.equal(np.array([value]), np.array([value]), what="x")

    assert mismatches == []


def test_the_tolerance_of_close_is_the_callers() -> None:
    expect.close(1.004, 1.0, what="x", tolerance=5e-3)

    with pytest.raises(Mismatch):
        expect.close(1.006, 1.0, what="x", tolerance=5e-3)


def test_the_scale_of_close_is_the_callers() -> None:
    given, wanted = np.array([100.0, 0.002]), np.array([100.0, 0.001])
    expect.close(given, wanted, what="x", scale="array")

    with pytest.raises(Mismatch):
        expect.close(given, wanted, what="x", scale="element")


def test_a_changed_argument_shows_what_it_was() -> None:
    with pytest.raises(Mismatch, match=r"x at \[0\]: yours -1, expected 1"):
        expect.unchanged(kept(np.array([1.0]), np.array([-1.0])), what="x")


def test_a_slope_takes_one_round_trip_of_each_side() -> None:
    log: list[str] = []

    expect_slope(right, Function(square, log, "student"), near=Function(square, log, "reference"))

    assert log == ["reference", "student"]


def test_further_arguments_of_a_slope_are_passed_on() -> None:
    def power(x: np.ndarray, n: int) -> np.ndarray:
        return x**n

    expect_slope(right, Function(power), near=Function(power), rest=(2,))


@pytest.mark.parametrize("far", [np.sin, np.abs])
def test_a_slope_of_a_function_far_from_the_reference_is_refused(far: Any) -> None:
    with pytest.raises(Mismatch, match="cosine of the output of square"):
        expect_slope(right, near=Function(far if far is np.sin else lambda x: -far(x)))


def test_a_function_of_one_number_is_drawn_often_enough_to_be_near() -> None:
    draw = Draw(0)
    x, upstream = draw.normal(), draw.upstream()
    asked: list[tuple[Any, ...]] = []

    def watched(x: np.ndarray) -> np.ndarray:
        asked.append(x.shape)
        return x * x

    expect.slope(
        Function(square),
        at=(x,),
        upstream=upstream,
        gradients=(2 * x * upstream,),
        draw=draw,
        what=("dx",),
        near=Function(watched),
    )

    assert asked == [()] * (32 + 2 * DIRECTIONS)  # and where the slope is measured


def test_draws_of_a_slope_do_not_depend_on_the_answer() -> None:
    logs = []
    for dx in (np.ones((4, 3)), np.ones(2), None):
        draw = Draw(0)
        with expect.collecting():
            expect.slope(
                Function(square),
                at=(np.ones((4, 3)),),
                upstream=np.ones((4, 3)),
                gradients=(dx,),
                draw=draw,
                what=("dx",),
                near=Function(square),
            )
        logs.append(draw.log)

    np.testing.assert_equal(logs[1:], logs[:1] * 2)


def test_a_slope_beside_labels_leaves_them_alone() -> None:
    draw = Draw(0)
    x, y, upstream = draw.normal(5, 3), draw.labels(5, classes=3), draw.upstream()

    def loss(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        return np.sum(x[np.arange(5), y] ** 2)

    dx = np.zeros_like(x)
    dx[np.arange(5), y] = 2 * upstream * x[np.arange(5), y]
    expect.slope(
        Function(loss),
        at=(x, y),
        upstream=upstream,
        gradients=(dx, None),
        draw=draw,
        what=("dx",),
        near=Function(loss),
    )


def test_near_needs_an_array_to_draw_anew() -> None:
    with pytest.raises(CourseError, match=r"at\[0\]"):
        expect.slope(
            Function(square),
            at=(1.0,),
            upstream=np.ones(()),
            gradients=(2.0,),
            draw=Draw(0),
            what=("dx",),
            near=Function(square),
        )


def test_a_replayed_draw_asks_the_same_questions() -> None:
    questions: list[np.ndarray] = []

    def watched(x: np.ndarray) -> np.ndarray:
        questions.append(x)
        return x**3

    def ask(draw: Draw) -> list[np.ndarray]:
        questions.clear()
        x, upstream = draw.normal(2, 3), draw.upstream(2, 3)
        expect.slope(
            Function(watched),
            at=(x,),
            upstream=upstream,
            gradients=(3 * x * x * upstream,),
            draw=draw,
            what=("dx",),
            near=Function(watched),
        )
        return questions.copy()

    draw = Draw(5)
    np.testing.assert_equal(ask(draw), ask(Draw.replaying(draw.log)))
