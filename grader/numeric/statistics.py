"""Whether two lots of random numbers have one mean and one spread."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.errors import CourseError
from grader.findings import Evidence, rounded
from grader.numeric.difference import as_float64, form_evidence, reproducible

CHANCE = 1e-9
"""How often each of the two statistics rejects numbers that are as they should be."""
LEAST_SEEDS = 8

_ROUNDING = 1e-12


def statistics_evidence(
    given: Sequence[Any], wanted: Sequence[Any], *, what: str
) -> Evidence | None:
    """Compare mean and sum of squares about the mean of two samples, each pooled over its arrays.

    With n and m numbers, the difference of the means over s*sqrt(1/n + 1/m), where s is the
    spread of `wanted`, lies between Student quantiles of m-1 degrees of freedom; the ratio of the
    mean squares lies between F quantiles of (n-1, m-1). Each is exact for normal numbers;
    lighter tails (uniform, truncated) are rejected more rarely still. For heavier tails the
    degrees of freedom of F are divided by half of (kurtosis - 1), as measured on `wanted`.

    Args:
        given: one or more arrays, drawn independently.
        wanted: arrays of the same shape and dtype from at least 8 seeds.
        what: the name of the arrays in the evidence.
    Returns: Evidence, or None. Rejected by chance: 1e-9 for each of the two statistics.
    Raises: CourseError for fewer than 8 wanted arrays, or fewer than two numbers.
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
    a, r = (np.concatenate([as_float64(x).ravel() for x in lot]) for lot in (given, wanted))
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
    return _mean_evidence(a, r, what) or _spread_evidence(a, r, what)


def _mean_evidence(a: NDArray[np.float64], r: NDArray[np.float64], what: str) -> Evidence | None:
    from scipy.special import stdtrit  # slow to import; only this comparison needs it

    quantile = -float(stdtrit(len(r) - 1, CHANCE / 2))
    size = float(np.max(np.abs(r)))
    with np.errstate(over="ignore", invalid="ignore"):
        bound = quantile * float(np.std(r, ddof=1)) * math.sqrt(1 / len(a) + 1 / len(r))
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


def _spread_evidence(a: NDArray[np.float64], r: NDArray[np.float64], what: str) -> Evidence | None:
    with np.errstate(over="ignore", invalid="ignore"):
        mine, theirs = float(np.std(a, ddof=1)), float(np.std(r, ddof=1))
    size = float(np.max(np.abs(r)))
    low, high = _ratio_bounds(len(a), len(r), _kurtosis(r, theirs))
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


def _kurtosis(r: NDArray[np.float64], spread: float) -> float:
    if not spread > 0 or not math.isfinite(spread):
        return 3.0
    return float(np.mean(((r - np.mean(r)) / spread) ** 4))


def _ratio_bounds(n: int, m: int, kurtosis: float) -> tuple[float, float]:
    """Least and largest ratio of two standard deviations of n and m numbers."""
    from scipy.special import fdtri

    weight = max(1.0, (kurtosis - 1) / 2)
    above, below = (n - 1) / weight, (m - 1) / weight
    # The upper quantile as the lower one of the inverse ratio: 1 - 5e-10 would lose digits.
    low = math.sqrt(float(fdtri(above, below, CHANCE / 2)))
    high = 1 / math.sqrt(float(fdtri(below, above, CHANCE / 2)))
    return low, high
