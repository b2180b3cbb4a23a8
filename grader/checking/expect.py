"""What a check may expect of an answer; every difference becomes a Mismatch with Evidence.

Called bare, an expectation raises its Mismatch. While the engine collects, it notes the Mismatch
and the check goes on, so that the dialogue of a check is the same whatever was answered. Nothing
is caught here: an exception that is no Mismatch is a mistake of ours or of the check's author.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from grader.checking.collector import Seat, Sketch, collecting, judge, misconception_seated
from grader.checking.training import converges, like, trajectory
from grader.errors import CourseError
from grader.findings import Evidence
from grader.numeric import sketch
from grader.numeric.difference import Scale, changed_evidence, close_evidence, equal_evidence
from grader.numeric.slope import DIRECTIONS, Neighbour, Point, moved_points, slope_evidence
from grader.numeric.statistics import statistics_evidence
from grader.pictures import Picture

if TYPE_CHECKING:
    from grader.numeric.draw import Draw

__all__ = [
    "Seat",
    "close",
    "collecting",
    "converges",
    "equal",
    "like",
    "slope",
    "statistics",
    "trajectory",
    "unchanged",
]

_NUMBERS_NEARBY = 32
"""So many random numbers at least decide whether two functions are near each other."""


class Asked(Protocol):
    """A function of somebody's code, bound and ready to be asked."""

    def many(self, calls: Sequence[Point]) -> Sequence[Any]:
        """One value for each tuple of arguments, in one round trip."""


class Reader(Protocol):
    """Somebody's code, as far as it can bring a held value out of its box."""

    def read(self, held: Any) -> Any:
        """The value as it is now."""


class Kept(Protocol):
    """A value that was put into a box, and can be read back."""

    @property
    def kept(self) -> Any:
        """The value as it went in."""

    @property
    def code(self) -> Reader:
        """Whose box it is in."""


def close(
    given: Any, wanted: Any, *, what: str, tolerance: float = 1e-4, scale: Scale = "element"
) -> None:
    """Expect numbers that differ by no more than rounding.

    Type, shape, dtype and finiteness come first. Scale "element" allows each value
    tolerance * |wanted| + tolerance/10 * min(max|wanted|, 1); scale "array" allows every value
    tolerance * max(max|wanted|, 1e-3). Use "array" for what sums or multiplies matrices, and
    wherever all wanted values may be zero but for rounding.

    False fail: below 1e-9 for code that computes in float64 at the default tolerance; 3e-8 for
    float32 inside, the tail of a normalisation over a batch. The largest error that was measured
    on correct code, constants rounded to five digits, is 2.1e-5; the smallest realistic mistake,
    1.9e-3.

    Args:
        given, wanted: arrays or numbers, a number and a 0-d array being alike; or tuples, lists
            or dicts of them, compared part by part.
        what: the name the task text has for it: `dx`.
    Raises: Mismatch at the first place that breaks its bound.
    """
    judge(
        close_evidence(
            given,
            wanted,
            what=what,
            tolerance=tolerance,
            scale=scale,
            nonfinite_match=misconception_seated(),
        ),
        _compared(given, wanted, what, tolerance, scale),
    )


def equal(given: Any, wanted: Any, *, what: str) -> None:
    """Expect exactly this: arrays, numbers, text, None, sets; tuples, lists and dicts of them.

    False fail: none; nothing random is compared. Use `close` for what floating point computes.

    Raises: Mismatch at the first place that differs.
    """
    judge(
        equal_evidence(given, wanted, what=what, nonfinite_match=misconception_seated()),
        _compared(given, wanted, what, None),
    )


def unchanged(held: Kept, *, what: str) -> None:
    """Expect that a call left its argument alone, to the bit.

    False fail: none; the same bytes are compared.

    Args:
        held: what `student.keep(value)` gave, after it was an argument. Asks one question.
    Raises: Mismatch at the first place that changed.
    """
    judge(changed_evidence(held.code.read(held), held.kept, what=what))


def statistics(
    given: Sequence[Any],
    wanted: Sequence[Any],
    *,
    what: str,
    slices: bool = False,
    distinct: bool = False,
    independent: bool = False,
) -> None:
    """Expect random numbers with the mean and the spread of the reference's.

    False fail: 1e-9 for the mean, 1e-9 for the sum of squares and 1e-9 for each property asked,
    exactly so for normal numbers, rarer for uniform and truncated ones, approximately so for
    heavier tails. Power: a spread off by a factor of 1.16 is rejected, but once in 1e9, from 3,600
    numbers on, by 1.41 from 622 on, by 2 from 155 on; so draw shapes whose fans differ by 4.

    Args:
        given: arrays of one shape and dtype, each drawn independently of the others.
        wanted: the reference's, from at least 8 seeds.
        slices: every row, column and further slice has its share of the sum of squares.
        distinct: at least 99 % of the numbers of an array are different ones (up to 100,000).
        independent: no two arrays correlate by more than 6.11/sqrt(n).
    Raises: Mismatch with the statistic that is off; CourseError for fewer than 8 seeds, or one
        given array where several are to be independent.
    """
    judge(
        statistics_evidence(
            given,
            wanted,
            what=what,
            slices=slices,
            distinct=distinct,
            independent=independent,
        ),
        lambda evidence, asked: sketch.of_statistics(given, wanted, what=what),
        each=True,
    )


def slope(
    function: Asked,
    *,
    at: Point,
    upstream: NDArray[np.float64],
    gradients: Sequence[Any],
    draw: Draw,
    what: Sequence[str],
    near: Asked | None = None,
    rest: Point = (),
    tolerance: float = 1e-5,
) -> None:
    """Expect gradients that are the slopes of the student's own function.

    Three random directions for each gradient; the measured slope along each must agree within
    tolerance * max(||gradient||, |slope|, ||upstream|| / 1000). A relative error e that is small
    slips past with a probability of about (0.8 * tolerance / e)**3. A gradient of the upstream's
    shape that is a constant multiple of it, zero included, is refused, and so is a function that
    is not `near` the reference's: outputs on inputs of unit scale with a cosine below 0.9, or an
    answer to the directions with a cosine below 0.6, or that without its multiple of them is
    another than the reference's.

    False fail: none was seen; correct code in float64 was measured at errors of 2e-8 at most, a
    five-hundredth of what is allowed. Correct code with float32 inside fails, since rounding over
    so short a step is an error of 3e-2: let this expectation give points (`carries`), never take
    them.

    Args:
        function: a bound function, `student.some_forward`; of several parts that it returns, the
            first is its output. All its values are asked in one round trip.
        at: its arguments; those with a gradient are float64 arrays of any shape, away from kinks.
        upstream: float64, of the output's shape.
        gradients: a claim for each of `at`; None for one that is not compared.
        draw: gives the directions, and the inputs for `near`.
        what: a name for each of `at`, or for each gradient that is compared.
        near: the reference's function; the first of `at` is drawn anew for it.
        rest: further arguments, passed on as they are.
    Raises: Mismatch for the first gradient that is wrong, in its worst direction.
    """
    # All draws, and the reference's questions, come first: neither may depend on an answer.
    directions = [
        [draw.normal(*x.shape) for _ in range(DIRECTIONS)] if _is_float64(x) else [] for x in at
    ]
    neighbour = None if near is None else _neighbour(near, at, rest, directions, draw)

    def evaluate(points: list[Point]) -> Sequence[Any]:
        return function.many([(*point, *rest) for point in points])

    judge(
        slope_evidence(
            evaluate,
            at=at,
            upstream=upstream,
            gradients=gradients,
            directions=directions,
            what=what,
            output=f"output of {getattr(function, 'name', 'the function')}",
            tolerance=tolerance,
            neighbour=neighbour,
        )
    )


def _compared(
    given: Any, wanted: Any, what: str, tolerance: float | None, scale: Scale = "element"
) -> Sketch:
    def drawn(evidence: Evidence, asked: Sequence[Any]) -> tuple[Picture, ...]:
        return sketch.of_close(
            given,
            wanted,
            what=what,
            part=evidence.what,
            where=evidence.where,
            asked=asked,
            tolerance=tolerance,
            scale=scale,
        )

    return drawn


def _neighbour(
    near: Asked,
    at: Point,
    rest: Point,
    directions: Sequence[Sequence[NDArray[np.float64]]],
    draw: Draw,
) -> Neighbour:
    if not at or not _is_float64(at[0]):
        raise CourseError("expect.slope: near= draws at[0] anew, so it must be a float64 array")
    times = max(DIRECTIONS, -(-_NUMBERS_NEARBY // max(1, at[0].size)))
    points = tuple((draw.normal(*at[0].shape), *at[1:]) for _ in range(times))
    moved = [moved_points(at, index, along) for index, along in enumerate(directions)]
    outputs = iter(near.many([(*point, *rest) for part in (points, *moved) for point in part]))
    return Neighbour(
        points=points,
        outputs=tuple(islice(outputs, times)),
        responses=tuple(tuple(islice(outputs, len(part))) for part in moved),
    )


def _is_float64(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype == np.float64
