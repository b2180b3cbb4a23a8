"""Whether a claimed gradient is the slope of a function that can only be asked for values."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.errors import CourseError
from grader.findings import Evidence, rounded
from grader.numeric.difference import as_float64, described, form_evidence, reproducible

Floats = NDArray[np.float64]
Point = tuple[Any, ...]
Evaluate = Callable[[list[Point]], Sequence[Any]]

DIRECTIONS = 3
"""Random directions for each tensor: an error hides from k of them with a k-th power."""
STEPS = (1e-5, 1e-6)
"""The shorter step saves a direction along which the longer one crosses a kink."""

_LEAST_COSINE = 0.9
_PROPORTIONAL = 1e-6
_LEAST_RESPONSE, _LEAST_ALIKE = 0.6, 0.15
_NOTHING = 1e-4
# Central differences lose about ten of sixteen digits; less than this part shows as zero.
_NOISE = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """What another function gives at some points: the one under test must not be far from it.

    `responses` are its values at `moved_points`, for each argument in their order; none where
    nobody asked.
    """

    points: tuple[Point, ...]
    outputs: tuple[Any, ...]
    responses: tuple[tuple[Any, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class _Claim:
    index: int
    name: str
    gradient: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class _Along:
    """Claim and measurement along one direction; `share` is error over bound."""

    share: float
    claimed: float = 0.0
    slope: float = 0.0
    error: float = 0.0
    bound: float = 0.0


def slope_evidence(
    evaluate: Evaluate,
    *,
    at: Point,
    upstream: Floats,
    gradients: Sequence[Any],
    directions: Sequence[Sequence[Floats]],
    what: Sequence[str],
    output: str = "output",
    tolerance: float = 1e-5,
    neighbour: Neighbour | None = None,
) -> Evidence | None:
    """Compare claimed gradients with the measured slopes of the function `evaluate` stands for.

    Along a direction v in the i-th argument, <gradients[i], v> should equal the slope
    <upstream, f(at + h v) - f(at - h v)> / 2h. The smaller error of two steps h counts; it may be
    tolerance * max(||gradient||, |slope|, ||upstream|| / 1000).

    A gradient is refused, right or not, that has the shape of the upstream and is a constant
    multiple of it (zero included; of a single number only zero): whoever knows nothing can give
    that. So is a function whose outputs at the neighbour's points have a cosine below 0.9 with
    the neighbour's; and one that answers a move of an argument whose gradient is compared in
    another way than the neighbour does (`_unlike`): values may be near where slopes are not.

    Args:
        evaluate: the values of f at a list of argument tuples, asked once; where a value is a
            tuple or list, its first part is meant.
        at: arguments of f; those with a gradient are float64 arrays of any shape, 0-d included,
            and stay 1e-4 away from kinks.
        upstream: float64, the shape of f's output, not all zero.
        gradients: one claim for each of `at`, of its shape; None is not compared.
        directions: for each of `at`, arrays of its shape; none are needed beside a None.
        what: a name for each of `at`, or for each gradient that is compared. A named one that is
            None is a wrong answer.
        output: what evidence calls the values of f.
    Returns: Evidence for the worst direction of the first gradient that is wrong, or None.
    Raises: CourseError where the arguments themselves do not fit.
    Source: one random direction instead of a whole Jacobian, as in JAX's check_grads.
    """
    upstream = as_float64(upstream)
    if not np.any(upstream):
        raise CourseError(
            "expect.slope: upstream is zero everywhere, which no gradient contradicts"
        )
    claims = _claims(at, gradients, what)
    if isinstance(claims, Evidence):
        return claims

    steps = [(claim, v, h) for claim in claims for v in directions[claim.index] for h in STEPS]
    points = [_moved(at, claim.index, sign * h * v) for claim, v, h in steps for sign in (1, -1)]
    beside = list(neighbour.points) if neighbour else []
    outputs = [first_part(value) for value in evaluate(points + beside)]

    for claim in claims:
        if evidence := form_evidence(claim.gradient, at[claim.index], what=claim.name, dtype=False):
            return evidence
    for value in outputs[: len(points)]:
        if evidence := form_evidence(value, upstream, what=output, dtype=False):
            return evidence

    for claim in claims:
        plus, minus = outputs[: len(points) : 2], outputs[1 : len(points) : 2]
        measured = [
            (v, _slope(upstream, plus[i], minus[i], h))
            for i, (owner, v, h) in enumerate(steps)
            if owner is claim
        ]
        if evidence := _worst(claim, measured, upstream, tolerance):
            return evidence
    if neighbour and (evidence := _distance(outputs[len(points) :], neighbour.outputs, output)):
        return evidence
    if evidence := next(filter(None, (_proportional(claim, upstream) for claim in claims)), None):
        return evidence
    if neighbour is None or not neighbour.responses:
        return None
    answered = list(zip(steps, outputs[::2], outputs[1::2], strict=False))
    for claim in claims:
        moves = [
            (v, plus, minus)
            for (owner, v, h), plus, minus in answered
            if owner is claim and h == STEPS[0]
        ]
        if evidence := _unlike(moves, neighbour.responses[claim.index], output):
            return evidence
    return None


def moved_points(at: Point, index: int, directions: Sequence[Floats]) -> tuple[Point, ...]:
    """The points along `directions` in one of `at` by which responses are compared."""
    return tuple(_moved(at, index, sign * STEPS[0] * v) for v in directions for sign in (1, -1))


def first_part(value: Any) -> Any:
    """The output among what a function returns: the first part, or the value itself."""
    return value[0] if isinstance(value, tuple | list) and value else value


def _claims(at: Point, gradients: Sequence[Any], what: Sequence[str]) -> list[_Claim] | Evidence:
    if not len(gradients) == len(at) >= len(what) > 0:
        raise CourseError(
            f"expect.slope: {len(at)} arguments in at, {len(gradients)} gradients and "
            f"what={tuple(what)!r} do not fit; give None for a gradient that is not compared"
        )
    claimed = [i for i, gradient in enumerate(gradients) if gradient is not None]
    # A student who returns None must not thereby choose what is compared.
    if len(what) == len(at):
        names = {i: name for i, name in enumerate(what) if i in claimed or _differentiable(at[i])}
    elif len(what) < len(claimed):
        raise CourseError(f"expect.slope: what={tuple(what)!r} must name every gradient")
    elif len(what) > len(claimed):
        return Evidence(what=what[len(claimed)], given="None", expected="array")
    else:
        names = dict(zip(claimed, what, strict=True))
    if not names:
        raise CourseError(f"expect.slope: {what[0]} names nothing that has a slope")
    for i, name in names.items():
        if not _differentiable(at[i]):
            raise CourseError(
                f"expect.slope: at[{i}] ({name}) must be a float64 array: in fewer digits a "
                f"step drowns in rounding; it is {getattr(at[i], 'dtype', described(at[i]))}"
            )
    return [_Claim(i, name, gradients[i]) for i, name in names.items()]


def _differentiable(argument: Any) -> bool:
    return isinstance(argument, np.ndarray) and argument.dtype == np.float64


def _moved(at: Point, index: int, step: Floats) -> Point:
    # A sum of 0-d arrays is a numpy scalar; the function must go on seeing an array.
    return (*at[:index], np.asarray(at[index] + step), *at[index + 1 :])


def _slope(upstream: Floats, plus: Any, minus: Any, h: float) -> float:
    with np.errstate(all="ignore"):  # infinities give NaN, which _worst counts as wrong
        return float(np.sum(upstream * (as_float64(plus) - as_float64(minus))) / (2 * h))


def _worst(
    claim: _Claim, measured: list[tuple[Floats, float]], upstream: Floats, tolerance: float
) -> Evidence | None:
    gradient = as_float64(claim.gradient)
    worst = _Along(share=1.0)
    with np.errstate(all="ignore"):
        length = float(np.linalg.norm(gradient))
        floor = max(length, 1e-3 * float(np.linalg.norm(upstream)))
        for i in range(0, len(measured), len(STEPS)):
            claimed = float(np.sum(gradient * measured[i][0]))
            slopes = [slope for _, slope in measured[i : i + len(STEPS)]]
            along = min(
                (_along(claimed, slope, floor, tolerance) for slope in slopes),
                key=lambda along: along.share,
            )
            worst = max(worst, along, key=lambda along: along.share)
    if worst.share <= 1:
        return None
    size = max(length, abs(worst.slope))
    finite = math.isfinite(worst.error) and math.isfinite(worst.bound)
    return Evidence(
        what=claim.name,
        given=reproducible(worst.claimed, size, noise=_NOISE),
        expected=reproducible(worst.slope, size, noise=_NOISE),
        error=rounded(worst.error, 2) if finite else None,
        tolerance=rounded(worst.bound, 2) if finite else None,
        note="measured on your own function along a random direction",
    )


def _along(claimed: float, slope: float, floor: float, tolerance: float) -> _Along:
    error, bound = abs(claimed - slope), tolerance * max(floor, abs(slope))
    # A claim so large that its length overflows would allow itself any error; and NaN is wrong.
    share = error / bound if math.isfinite(error) and math.isfinite(bound) else math.inf
    return _Along(claimed=claimed, slope=slope, error=error, bound=bound, share=share)


def _distance(given: Sequence[Any], wanted: Sequence[Any], output: str) -> Evidence | None:
    pairs = [(mine, first_part(theirs)) for mine, theirs in zip(given, wanted, strict=True)]
    for mine, theirs in pairs:
        if evidence := form_evidence(mine, theirs, what=output, dtype=False):
            return evidence
    cosine = _cosine(_flat([mine for mine, _ in pairs]), _flat([theirs for _, theirs in pairs]))
    if cosine >= _LEAST_COSINE:
        return None
    return Evidence(
        what=f"cosine of the {output} with the reference's",
        given=reproducible(cosine, 1.0),
        expected=f"at least {_LEAST_COSINE}",
        note="a function this far off carries nothing forward",
    )


def _unlike(
    moves: Sequence[tuple[Floats, Any, Any]], responses: Sequence[Any], output: str
) -> Evidence | None:
    """Refuse a function that answers a move of its argument in another way than the reference.

    Values may be near while slopes have nothing in common: a cosine of 0.9 lets a parabola pass for
    a kink. So the answers to the moves must have a cosine of 0.6; of misconceptions that carried,
    the least was 0.66. And where the reference is nearly the identity, so is whatever does next to
    nothing: what is left of both answers without their multiple of a move of the output's shape
    must point the same way, be it ever so little (by chance the cosine of n numbers is 1/sqrt(n)).
    It is asked where the slope is measured, since a function may look at its argument and be
    another one elsewhere.

    Args:
        moves: a direction, and the outputs at a step along it and against it.
        responses: the reference's outputs at the same points, two a direction.
    """
    theirs = [first_part(value) for value in responses]
    answers: tuple[list[Floats], list[Floats]] = ([], [])
    left: tuple[list[Floats], list[Floats]] = ([], [])
    for (v, *mine), plus, minus in zip(moves, theirs[::2], theirs[1::2], strict=True):
        for side, (up, down) in enumerate((mine, (plus, minus))):
            with np.errstate(all="ignore"):
                answer = (as_float64(up) - as_float64(down)) / (2 * STEPS[0])
                answers[side].append(answer)
                if answer.shape == v.shape:
                    left[side].append(answer - v * (np.sum(v * answer) / np.sum(v * v)))
    what = f"cosine of how the {output} answers a move with how the reference's does"
    cosine = _cosine(*map(_flat, answers))
    # `not >=`: NaN is no direction.
    if not cosine >= _LEAST_RESPONSE:
        return Evidence(
            what=what,
            given=reproducible(cosine, 1.0, noise=_NOISE),
            expected=f"at least {_LEAST_RESPONSE}",
            note="a function this far off carries nothing forward",
        )
    if not left[1]:
        return None
    a, r = map(_flat, left)
    if not np.linalg.norm(r) > _NOTHING * np.linalg.norm(_flat([v for v, *_ in moves])):
        return None  # there the reference is a multiple of its argument
    cosine = _cosine(a, r)
    if not cosine >= _LEAST_ALIKE:
        return Evidence(
            what=f"{what}, beyond doing nothing",
            given=reproducible(cosine, 1.0, noise=_NOISE),
            expected=f"at least {_LEAST_ALIKE}",
            note="a function that does next to nothing carries nothing forward",
        )
    return None


def _flat(values: Sequence[Any]) -> Floats:
    return np.concatenate([as_float64(value).ravel() for value in values])


def _cosine(a: Floats, b: Floats) -> float:
    with np.errstate(all="ignore"):
        return float(np.sum(a * b) / (np.linalg.norm(a) * np.linalg.norm(b)))


def _proportional(claim: _Claim, upstream: Floats) -> Evidence | None:
    gradient = as_float64(claim.gradient)
    if gradient.shape != upstream.shape:
        return None
    factor = np.sum(gradient * upstream) / np.sum(upstream * upstream)
    rest = float(np.linalg.norm(gradient - factor * upstream))
    alike = rest <= _PROPORTIONAL * float(np.linalg.norm(gradient))
    if np.any(gradient) and (gradient.size == 1 or not alike):
        return None
    return Evidence(
        what=claim.name,
        given="a multiple of the upstream gradient" if np.any(gradient) else "zero everywhere",
        expected="a gradient that depends on the input",
    )
