"""Whether two lots of random numbers have one mean and one spread; what each array is like."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.errors import CourseError
from grader.findings import Evidence, rounded
from grader.numeric.difference import as_float64, form_evidence, reproducible

CHANCE = 1e-9
"""How often each of the statistics rejects numbers that are as they should be."""
LEAST_SEEDS = 8
DISTINCT = 0.99
"""The share of an array's numbers that are different ones, at least."""

_ROUNDING = 1e-12

Floats = NDArray[np.float64]
Property = Callable[[Sequence[Floats], str], Evidence | None]


def statistics_evidence(
    given: Sequence[Any],
    wanted: Sequence[Any],
    *,
    what: str,
    slices: bool = False,
    distinct: bool = False,
    independent: bool = False,
) -> Evidence | None:
    """Compare mean and sum of squares about the mean of two samples, each pooled over its arrays.

    With n and m numbers, the difference of the means over s*sqrt(1/n + 1/m), where s is the
    spread of `wanted`, lies between Student quantiles of m-1 degrees of freedom; the ratio of the
    mean squares lies between F quantiles of (n-1, m-1). Each is exact for normal numbers;
    lighter tails (uniform, truncated) are rejected more rarely still. For heavier tails the
    degrees of freedom of F are divided by half of (kurtosis - 1), as measured on `wanted`.

    The options ask for properties that an array has or lacks on its own; `wanted` settles which
    is right, so that a wrong solution in its place lacks what such a solution lacks.

    Args:
        given: one or more arrays, drawn independently.
        wanted: arrays of the same shape and dtype from at least 8 seeds.
        what: the name of the arrays in the evidence.
        slices: every row, every column, every slice along any axis has its share of the sum of
            squares: between Beta quantiles, exact for normal numbers, with a Bonferroni correction
            for their number. Finds rows that repeat, columns of zeros, columns of other sizes.
        distinct: of the numbers of an array at least 99 % differ. Finds zeros, signs, a small pool
            drawn from again. float32 repeats itself: up to 100,000 numbers an array.
        independent: no two arrays of a lot correlate by more than 6.11/sqrt(n) (n numbers, one
            pair; Bonferroni for more). Finds the same seed in every layer.
    Returns: Evidence, or None. Rejected by chance: 1e-9 for each statistic and each property.
    Raises: CourseError for fewer than 8 wanted arrays, fewer than two numbers, or one given array
        where they are to be independent.
    """
    if len(wanted) < LEAST_SEEDS:
        raise CourseError(
            f"expect.statistics: {what} has {len(wanted)} wanted arrays; "
            f"ask the reference for at least {LEAST_SEEDS} seeds"
        )
    if not given:
        raise CourseError(f"expect.statistics: {what} has no given array")
    for i, array in enumerate(given):
        if evidence := form_evidence(array, wanted[0], what=f"{what}[{i}]"):
            return evidence
    if independent and len(given) < 2:
        raise CourseError(f"expect.statistics: {what} is one array; independent= compares several")
    lots = [[as_float64(x) for x in lot] for lot in (given, wanted)]
    a, r = (np.concatenate([x.ravel() for x in lot]) for lot in lots)
    if len(a) < 2:
        raise CourseError(f"expect.statistics: {what} holds {len(a)} numbers; two are too few")
    if not (np.isfinite(a).all() and np.isfinite(r).all()):
        bad = a[~np.isfinite(a)]
        return Evidence(
            what=what,
            given=str(float(bad[0])) if len(bad) else "finite numbers",
            expected="finite numbers",
            note=None if len(bad) else "an expected value is not finite",
        )
    sizes = len(a), len(r)
    if distinct and _repetition(lots[0], what) and _repetition(lots[1], what):
        # Numbers that repeat say less; such a wrong solution would not even agree with itself.
        sizes = max(2, len(np.unique(a))), max(2, len(np.unique(r)))
    if evidence := _mean_evidence(a, r, what, sizes) or _spread_evidence(a, r, what, sizes):
        return evidence
    chosen = ((slices, _unequal_slice), (distinct, _repetition), (independent, _correlation))
    for wished, lacking in chosen:
        if wished and (evidence := _property_evidence(lacking, lots[0], lots[1], what)):
            return evidence
    return None


def _mean_evidence(
    a: Floats, r: Floats, what: str, sizes: tuple[int, int] | None = None
) -> Evidence | None:
    """`sizes` are how many numbers each lot counts for: as many as it has, if None."""
    from scipy.special import stdtrit  # slow to import; only this comparison needs it

    n, m = sizes or (len(a), len(r))
    quantile = -float(stdtrit(m - 1, CHANCE / 2))
    size = float(np.max(np.abs(r)))
    with np.errstate(over="ignore", invalid="ignore"):
        bound = quantile * float(np.std(r, ddof=1)) * math.sqrt(1 / n + 1 / m)
        bound += _ROUNDING * size
        error = abs(float(np.mean(a)) - float(np.mean(r)))
    if error <= bound < math.inf:
        return None
    return Evidence(
        what=f"mean of {what}",
        given=reproducible(float(np.mean(a)), size),
        expected=reproducible(float(np.mean(r)), size),
        error=rounded(error, 2),
        tolerance=rounded(bound, 2),
    )


def _spread_evidence(
    a: Floats, r: Floats, what: str, sizes: tuple[int, int] | None = None
) -> Evidence | None:
    n, m = sizes or (len(a), len(r))
    with np.errstate(over="ignore", invalid="ignore"):
        mine, theirs = float(np.std(a, ddof=1)), float(np.std(r, ddof=1))
    size = float(np.max(np.abs(r)))
    low, high = _ratio_bounds(n, m, _kurtosis(r, theirs))
    slack = _ROUNDING * size
    if theirs * low - slack <= mine <= theirs * high + slack < math.inf:
        return None
    bound = theirs * (high - 1) if mine > theirs else theirs * (1 - low)
    return Evidence(
        what=f"standard deviation of {what}",
        given=reproducible(mine, size),
        expected=reproducible(theirs, size),
        error=rounded(abs(mine - theirs), 2),
        tolerance=rounded(bound + slack, 2),
    )


def _kurtosis(r: Floats, spread: float) -> float:
    if not spread > 0 or not math.isfinite(spread):
        return 3.0
    squares = ((r - np.mean(r)) / spread) ** 2
    return float(np.mean(squares * squares))  # a power of 4 takes ten times as long


def _ratio_bounds(n: int, m: int, kurtosis: float) -> tuple[float, float]:
    """Least and largest ratio of two standard deviations of n and m numbers."""
    from scipy.special import fdtri

    weight = max(1.0, (kurtosis - 1) / 2)
    above, below = (n - 1) / weight, (m - 1) / weight
    # The upper quantile as the lower one of the inverse ratio: 1 - 5e-10 would lose digits.
    low = math.sqrt(float(fdtri(above, below, CHANCE / 2)))
    high = 1 / math.sqrt(float(fdtri(below, above, CHANCE / 2)))
    return low, high


def _property_evidence(
    lacking: Property, given: Sequence[Floats], wanted: Sequence[Floats], what: str
) -> Evidence | None:
    mine, theirs = lacking(given, what), lacking(wanted, what)
    if mine is None and theirs is not None:  # a wrong solution sits where the reference should
        return Evidence(what=what, given="without it", expected=f"{theirs.what} out of bounds")
    return mine if theirs is None else None


def _unequal_slice(lot: Sequence[Floats], what: str) -> Evidence | None:
    """The first slice whose sum of squares about the array's mean is not its share of the whole."""
    from scipy.special import betaincinv

    count = len(lot) * sum(size for size in lot[0].shape if size > 1)
    for number, array in enumerate(lot):
        squares = (array - np.mean(array)) ** 2
        total = float(np.sum(squares))
        if not total > 0:
            continue  # a constant has no spread to share out
        weight = max(1.0, (_kurtosis(array.ravel(), math.sqrt(total / array.size)) - 1) / 2)
        for axis, size in enumerate(array.shape):
            if size < 2:
                continue
            inside, outside = (
                part / (2 * weight) for part in (array.size / size, array.size * (1 - 1 / size))
            )
            chance = CHANCE / 2 / count
            low = float(betaincinv(inside, outside, chance))
            # The upper quantile as the lower one of the rest: 1 - 1e-13 would lose digits.
            high = 1 - float(betaincinv(outside, inside, chance))
            shares = np.sum(squares, axis=_others(axis, array.ndim)) / total
            wrong = np.flatnonzero(~((low <= shares) & (shares <= high)))
            if wrong.size:
                place = int(wrong[0])
                share, bound = float(shares[place]), low if shares[place] < low else high
                return Evidence(
                    what=f"share of the sum of squares in {_slice_name(what, number, axis, place)}",
                    given=rounded(share),
                    expected=rounded(1 / size),
                    error=rounded(abs(share - 1 / size), 2),
                    tolerance=rounded(abs(bound - 1 / size), 2),
                )
    return None


def _others(axis: int, dimensions: int) -> tuple[int, ...]:
    return tuple(other for other in range(dimensions) if other != axis)


def _slice_name(what: str, number: int, axis: int, place: int) -> str:
    return f"{what}[{number}][{', '.join([':'] * axis + [str(place)])}]"


def _repetition(lot: Sequence[Floats], what: str) -> Evidence | None:
    """The first array in which too many numbers occur more than once."""
    for number, array in enumerate(lot):
        count = len(np.unique(array))
        if count < DISTINCT * array.size:
            return Evidence(
                what=f"different numbers in {what}[{number}]",
                given=count,
                expected=f"at least {math.ceil(DISTINCT * array.size)} of {array.size}",
            )
    return None


def _correlation(lot: Sequence[Floats], what: str) -> Evidence | None:
    """The first two arrays that have something to do with each other."""
    from scipy.special import ndtri

    pairs = len(lot) * (len(lot) - 1) / 2
    bound = -float(ndtri(CHANCE / 2 / pairs)) / math.sqrt(lot[0].size)
    for one, other, value in _correlations(lot):
        if not abs(value) <= bound:
            return Evidence(
                what=f"correlation of {what}[{one}] and {what}[{other}]",
                given=rounded(value),
                expected=0.0,
                error=rounded(abs(value), 2),
                tolerance=rounded(bound, 2),
            )
    return None


def _correlations(lot: Sequence[Floats]) -> Iterator[tuple[int, int, float]]:
    """Indices and correlation of every pair; constants correlate with nothing."""
    centred = [(array - np.mean(array)).ravel() for array in lot]
    lengths = [float(np.linalg.norm(array)) for array in centred]
    for one, other in combinations(range(len(lot)), 2):
        length = lengths[one] * lengths[other]
        product = float(centred[one] @ centred[other])
        yield one, other, product / length if length > 0 else 0.0
