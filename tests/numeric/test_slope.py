from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.findings import Evidence
from grader.numeric.draw import Draw
from grader.numeric.slope import DIRECTIONS, STEPS, Neighbour, moved_points, slope_evidence

seeds = st.integers(0, 2**32)


def wave(x: np.ndarray, w: np.ndarray, b: np.ndarray) -> np.ndarray:
    """A smooth function of three tensors whose slopes are known: sin(x w) + b x w."""
    z = x @ w
    return np.asarray(np.sin(z) + b * z)


def wave_gradients(upstream: np.ndarray, x: Any, w: Any, b: Any) -> tuple[np.ndarray, ...]:
    z = x @ w
    dz = upstream * (np.cos(z) + b)
    return dz @ w.T, x.T @ dz, np.asarray(np.sum(upstream * z))


def square(x: np.ndarray) -> np.ndarray:
    return np.asarray(x * x)


def case(seed: int) -> tuple[tuple[np.ndarray, ...], np.ndarray]:
    draw = Draw(seed)
    return (draw.normal(4, 5), draw.normal(5, 3), draw.normal()), draw.upstream(4, 3)


def evidence(
    function: Callable[..., Any],
    at: tuple[Any, ...],
    upstream: np.ndarray,
    gradients: tuple[Any, ...],
    what: tuple[str, ...] = ("dx", "dw", "db"),
    **options: Any,
) -> Evidence | None:
    draw = Draw(7)
    directions = [
        [draw.normal(*x.shape) for _ in range(DIRECTIONS)] if isinstance(x, np.ndarray) else []
        for x in at
    ]
    return slope_evidence(
        lambda points: [function(*point) for point in points],
        at=at,
        upstream=upstream,
        gradients=gradients,
        directions=directions,
        what=what[: len(at)],
        **options,
    )


def found(result: Evidence | None) -> Evidence:
    assert result is not None
    return result


@settings(deadline=None)
@given(seeds)
def test_the_true_gradients_pass(seed: int) -> None:
    at, upstream = case(seed)

    assert evidence(wave, at, upstream, wave_gradients(upstream, *at)) is None


def test_no_true_gradient_of_400_fails() -> None:
    failed = 0
    for seed in range(400):
        at, upstream = case(seed)
        failed += evidence(wave, at, upstream, wave_gradients(upstream, *at)) is not None

    assert failed == 0


WRONG: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "sign": lambda g: -g,
    "factor": lambda g: g / 4,
    "half a percent": lambda g: 1.005 * g,
    "zero": lambda g: 0 * g,
    "noise": lambda g: g + 1e-3,
    "nan": lambda g: g * np.nan,
    "one nan": lambda g: np.where(np.arange(g.size).reshape(g.shape) == 0, np.nan, g),
    "infinite": lambda g: np.full_like(g, np.inf),
    "overflowing": lambda g: np.full_like(g, 1e200),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
@pytest.mark.parametrize("index", range(3))
@settings(deadline=None, max_examples=20)
@given(seed=seeds)
def test_a_wrong_gradient_is_caught(
    wrong: Callable[[np.ndarray], np.ndarray], index: int, seed: int
) -> None:
    at, upstream = case(seed)
    gradients = list(wave_gradients(upstream, *at))
    gradients[index] = np.asarray(wrong(gradients[index]))

    assert found(evidence(wave, at, upstream, tuple(gradients))).what == ("dx", "dw", "db")[index]


@settings(deadline=None)
@given(seeds, st.integers(0, 19))
def test_an_error_in_one_of_twenty_places_is_caught(seed: int, place: int) -> None:
    at, upstream = case(seed)
    gradients = wave_gradients(upstream, *at)
    gradients[0].flat[place] += 0.05 * np.linalg.norm(gradients[0])

    assert evidence(wave, at, upstream, gradients) is not None


def test_a_gradient_that_ignores_the_upstream_is_caught() -> None:
    at, upstream = case(0)

    assert evidence(wave, at, upstream, wave_gradients(np.ones((4, 3)), *at)) is not None


def test_the_two_slopes_are_shown() -> None:
    at, upstream = case(0)
    gradients = wave_gradients(upstream, *at)

    shown = found(evidence(wave, at, upstream, (-gradients[0], *gradients[1:])))
    assert isinstance(shown.expected, float)
    assert shown.given == pytest.approx(-shown.expected, rel=1e-3)
    assert shown.error == pytest.approx(2 * abs(shown.expected), rel=0.02)
    assert shown.tolerance is not None
    assert shown.error > shown.tolerance


def test_a_multiple_of_the_upstream_is_refused_though_it_is_the_slope() -> None:
    x, upstream = Draw(0).normal(4, 3), Draw(1).upstream(4, 3)

    refused = found(evidence(lambda x: 3 * x, (x,), upstream, (3 * upstream,)))
    assert refused.given == "a multiple of the upstream gradient"


def test_a_multiple_of_the_upstream_is_refused_for_all_its_rounding() -> None:
    x, upstream = Draw(0).normal(4, 3), Draw(1).upstream(4, 3)
    claim = 3 * upstream * (1 + 1e-9 * Draw(2).normal(4, 3))

    assert evidence(lambda x: 3 * x, (x,), upstream, (claim,)) is not None


def test_zero_is_refused_though_it_is_the_slope() -> None:
    x, upstream = Draw(0).normal(4, 3), Draw(1).upstream(4, 3)

    refused = found(evidence(lambda x: np.ones_like(x), (x,), upstream, (np.zeros((4, 3)),)))
    assert refused.given == "zero everywhere"


def test_one_number_is_a_multiple_of_any_other_and_not_refused() -> None:
    x, upstream = Draw(0).normal(), Draw(1).upstream()

    assert evidence(square, (x,), upstream, (np.asarray(2 * x * upstream),)) is None


def test_one_number_that_is_zero_is_refused() -> None:
    x, upstream = Draw(0).normal(), Draw(1).upstream()

    refused = found(evidence(lambda x: np.asarray(1.0), (x,), upstream, (np.asarray(0.0),)))
    assert refused.given == "zero everywhere"


def test_a_gradient_of_another_shape_than_the_upstream_may_be_zero() -> None:
    x, unused, upstream = Draw(0).normal(4, 3), np.zeros(3), Draw(1).upstream(4, 3)

    def ignore_second(x: np.ndarray, _: np.ndarray) -> np.ndarray:
        return square(x)

    gradients = 2 * x * upstream, np.zeros(3)
    assert evidence(ignore_second, (x, unused), upstream, gradients) is None


def test_a_number_may_be_the_gradient_of_a_0d_argument() -> None:
    at, upstream = case(0)
    dx, dw, db = wave_gradients(upstream, *at)

    assert evidence(wave, at, upstream, (dx, dw, float(db))) is None


def test_the_first_part_of_what_is_returned_counts() -> None:
    at, upstream = case(0)
    gradients = wave_gradients(upstream, *at)

    assert evidence(lambda *at: (wave(*at), "cache"), at, upstream, gradients) is None


def test_a_gradient_that_is_none_is_not_compared() -> None:
    at, upstream = case(0)
    dx, _, db = wave_gradients(upstream, *at)

    assert evidence(wave, at, upstream, (dx, None, db), what=("dx", "db")) is None


def test_an_argument_without_a_slope_may_have_a_name() -> None:
    x, upstream = Draw(0).normal(4, 3), Draw(1).upstream(4, 3)

    def power(x: np.ndarray, n: np.ndarray) -> np.ndarray:
        return np.asarray(x ** int(n[0]))

    gradients = 2 * x * upstream, None
    assert evidence(power, (x, np.array([2])), upstream, gradients, what=("dx", "n")) is None


@pytest.mark.parametrize("what", [("dx", "dw", "db"), ("dx", "db")])
def test_a_named_gradient_that_is_none_is_wrong(what: tuple[str, ...]) -> None:
    at, upstream = case(0)
    dx, _, _ = wave_gradients(upstream, *at)

    assert found(evidence(wave, at, upstream, (dx, None, None), what=what)).given == "None"


def test_a_gradient_of_the_wrong_shape_is_named() -> None:
    at, upstream = case(0)
    dx, dw, db = wave_gradients(upstream, *at)

    shown = found(evidence(wave, at, upstream, (dx, dw.T, db)))
    assert (shown.what, shown.given, shown.expected) == ("dw", "array (3, 5)", "array (5, 3)")


def test_an_output_of_the_wrong_shape_is_named() -> None:
    at, upstream = case(0)
    gradients = wave_gradients(upstream, *at)

    shown = found(
        evidence(lambda *at: wave(*at).T, at, upstream, gradients, output="output of wave")
    )
    assert (shown.what, shown.given) == ("output of wave", "array (3, 4)")


@pytest.mark.parametrize("value", [np.nan, np.inf, 1e308])
def test_an_output_that_is_not_finite_has_no_slope(value: float) -> None:
    x, upstream = Draw(0).normal(4, 3), Draw(1).upstream(4, 3)

    def overflow(x: np.ndarray) -> np.ndarray:
        return np.where(x > 0, value, -value) * np.sign(np.sin(1e9 * x))

    assert evidence(overflow, (x,), upstream, (2 * x * upstream,)) is not None


def test_the_shorter_step_saves_a_point_near_a_kink() -> None:
    x, upstream = np.array([5e-6, -1.0]), np.array([1.0, 2.0])

    result = slope_evidence(
        lambda points: [np.abs(point[0]) for point in points],
        at=(x,),
        upstream=upstream,
        gradients=(upstream * np.sign(x),),
        directions=[[np.ones(2)]],
        what=("dx",),
    )

    assert result is None


def test_both_steps_are_wrong_across_a_kink() -> None:
    x, upstream = np.array([5e-8, -1.0]), np.array([1.0, 2.0])

    result = slope_evidence(
        lambda points: [np.abs(point[0]) for point in points],
        at=(x,),
        upstream=upstream,
        gradients=(upstream * np.sign(x),),
        directions=[[np.ones(2)]],
        what=("dx",),
    )

    assert result is not None


def test_everything_is_asked_at_once() -> None:
    asked: list[int] = []
    at, upstream = case(0)

    def evaluate(points: list[Any]) -> list[Any]:
        asked.append(len(points))
        return [wave(*point) for point in points]

    slope_evidence(
        evaluate,
        at=at,
        upstream=upstream,
        gradients=wave_gradients(upstream, *at),
        directions=[[np.ones(x.shape)] * DIRECTIONS for x in at],
        what=("dx", "dw", "db"),
        neighbour=Neighbour(points=(at,), outputs=(wave(*at),)),
    )

    assert asked == [3 * DIRECTIONS * len(STEPS) * 2 + 1]


def test_every_argument_stays_an_array() -> None:
    at, upstream = case(0)
    kinds: set[type] = set()

    def watch(*point: Any) -> np.ndarray:
        kinds.update(map(type, point))
        return wave(*point)

    evidence(watch, at, upstream, wave_gradients(upstream, *at))

    assert kinds == {np.ndarray}


def near(function: Callable[..., Any], x: np.ndarray) -> Neighbour:
    points = tuple((Draw(i).normal(*x.shape),) for i in range(3))
    return Neighbour(points=points, outputs=tuple(function(*point) for point in points))


def test_a_function_near_the_neighbour_passes() -> None:
    x, upstream = Draw(0).normal(4, 3), Draw(1).upstream(4, 3)

    neighbour = near(lambda x: (1.1 * x * x + 0.1, "cache"), x)
    assert evidence(square, (x,), upstream, (2 * x * upstream,), neighbour=neighbour) is None


@pytest.mark.parametrize("other", [np.sin, np.zeros_like, lambda x: -x * x, lambda x: x * np.nan])
def test_a_function_far_from_the_neighbour_is_refused(other: Callable[..., Any]) -> None:
    x, upstream = Draw(0).normal(4, 3), Draw(1).upstream(4, 3)
    neighbour = near(other, x)

    refused = found(evidence(square, (x,), upstream, (2 * x * upstream,), neighbour=neighbour))
    assert (refused.what, refused.expected) == (
        "cosine of the output with the reference's",
        "at least 0.9",
    )


def centered(x: np.ndarray) -> np.ndarray:
    """Nearly the identity for many numbers of mean zero."""
    return x - x.mean(axis=0)


def beside(x: np.ndarray, function: Callable[..., Any] = centered) -> Neighbour:
    draw = Draw(7)  # the directions of `evidence`
    moved = moved_points((x,), 0, [draw.normal(*x.shape) for _ in range(DIRECTIONS)])
    return replace(near(function, x), responses=(tuple(function(*point) for point in moved),))


@pytest.mark.parametrize(
    ("function", "derivative"),
    [
        (lambda x: x + 1e-4 * x * x, lambda x: 1 + 2e-4 * x),
        (lambda x: x + 1e-2 * x**3, lambda x: 1 + 3e-2 * x * x),
        (lambda x: x * weights(x), lambda x: weights(x)),
    ],
    ids=["dust", "a cube", "weights"],
)
def test_next_to_nothing_is_refused_where_the_identity_is_near(function, derivative) -> None:
    x, upstream = Draw(0).normal(100, 2), Draw(1).upstream(100, 2)

    refused = found(
        evidence(function, (x,), upstream, (derivative(x) * upstream,), neighbour=beside(x))
    )
    assert refused.note == "a function that does next to nothing carries nothing forward"


def weights(x: np.ndarray) -> np.ndarray:
    return 1 + 0.1 * np.sin(np.arange(x.size)).reshape(x.shape)


@pytest.mark.parametrize("face", [lambda z, x: z * weights(z), lambda z, x: z - x.mean(axis=0)])
def test_a_function_that_is_another_where_its_slope_is_measured_is_refused(face) -> None:
    x, upstream = Draw(0).normal(100, 2), Draw(1).upstream(100, 2)

    def two_faced(z: np.ndarray) -> np.ndarray:
        z = z + 1e-5 * np.sin(z) * z
        return face(z, x) if np.abs(z - x).max() < 1e-2 else centered(z)

    slope = (two_faced(x + 1e-5) - two_faced(x - 1e-5)) / 2e-5
    refused = found(evidence(two_faced, (x,), upstream, (slope * upstream,), neighbour=beside(x)))
    assert refused.note == "a function that does next to nothing carries nothing forward"


def test_a_parabola_carries_nothing_for_a_kink() -> None:
    x, upstream = Draw(0).away_from(0.0, (8, 10)), Draw(1).upstream(8, 10)

    def parabola(x: np.ndarray) -> np.ndarray:
        return x + x * x / 2

    neighbour = beside(x, lambda x: np.maximum(x, 0.0))
    refused = found(evidence(parabola, (x,), upstream, ((1 + x) * upstream,), neighbour=neighbour))
    assert (refused.expected, refused.note) == (
        "at least 0.6",
        "a function this far off carries nothing forward",
    )


def test_a_wrong_function_that_has_the_idea_carries() -> None:
    x, upstream = Draw(0).normal(100, 2), Draw(1).upstream(100, 2)

    def centered_as_one(z: np.ndarray) -> np.ndarray:
        return z - z.mean()

    gradient = upstream - upstream.mean()
    assert evidence(centered_as_one, (x,), upstream, (gradient,), neighbour=beside(x)) is None


def scale_beside(x: np.ndarray, w: np.ndarray, function: Callable[..., Any]) -> Neighbour:
    """A neighbour whose answers to moves of x are no numbers, and to moves of w are right."""
    draw = Draw(7)  # the directions of `evidence`
    along = [[draw.normal(*part.shape) for _ in range(DIRECTIONS)] for part in (x, w)]
    moved = moved_points((x, w), 1, along[1])
    points = tuple((point, w) for (point,) in near(function, x).points)
    return Neighbour(
        points=points,
        outputs=tuple(function(*point) for point in points),
        responses=(
            (np.full(x.shape, np.nan),) * (2 * DIRECTIONS),
            tuple(function(*point) for point in moved),
        ),
    )


def scaled_below(x: np.ndarray, w: Any = 0.2) -> np.ndarray:
    return np.maximum(x, 0.0) + w * np.minimum(x, 0.0)


def test_responses_count_only_where_the_gradient_is_compared() -> None:
    x, w, upstream = Draw(0).normal(5, 2), np.asarray(0.2), Draw(1).upstream(5, 2)
    claimed = (None, np.sum(upstream * np.minimum(x, 0.0)))
    neighbour = scale_beside(x, w, scaled_below)

    assert (
        evidence(scaled_below, (x, w), upstream, claimed, what=("dw",), neighbour=neighbour) is None
    )


@pytest.mark.parametrize(
    ("trivial", "slope"),
    [
        (lambda x, w: scaled_below(x) + 0 * w, lambda u: 0.0),
        (lambda x, w: scaled_below(x) + (w - 0.2), lambda u: np.sum(u)),
    ],
    ids=["not at all", "by itself"],
)
def test_a_function_that_answers_a_number_in_another_way_is_refused(trivial, slope) -> None:
    x, w, upstream = Draw(0).normal(5, 2), np.asarray(0.2), Draw(1).upstream(5, 2)
    neighbour = scale_beside(x, w, scaled_below)

    refused = found(
        evidence(
            trivial, (x, w), upstream, (None, np.asarray(slope(upstream))), what=("dw",),
            neighbour=neighbour,
        )
    )  # fmt: skip
    assert refused.note == "a function this far off carries nothing forward"
