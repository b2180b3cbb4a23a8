"""Items of a test as statistics of a class: how hard each is, and whom it tells apart."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy import stats

FEWEST = 10
"""Below so many students a correlation says nothing: among 9, chance gives 0.67 one time in 20."""

_CONFIDENCE = 0.95


class Undefined(StrEnum):
    """Why an item has no discrimination."""

    FEW = "few"
    ALIKE = "alike"
    REST_ALIKE = "rest_alike"
    ALONE = "alone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Discrimination:
    """Whether those who earn an item's points are those who earn the others'.

    Attributes:
        value: the correlation of the item with the rest, -1 to 1, or None where there is none.
        low, high: its interval of 95 %, after Fisher; None with `value`.
        undefined: why there is no value, or None.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    undefined: Undefined | None = None


def shares(points: NDArray[np.float64], worth: NDArray[np.float64]) -> list[float | None]:
    """The part of what an item can give that the students earned: 1 is easy, 0 is hard.

    Args:
        points: of shape (students, items); NaN where an item is open or was not asked for.
        worth: of shape (items,): what each can give.
    Returns: a share for each item; None where no student's points are known, or nothing is to be
        had.
    """
    return [
        float(np.mean(column[known]) / most) if most > 0 and known.any() else None
        for column, most in zip(points.T, worth, strict=True)
        for known in [~np.isnan(column)]
    ]


def discriminations(
    points: NDArray[np.float64], worth: NDArray[np.float64]
) -> list[Discrimination]:
    """The corrected item-total correlation of each item: with the rest, the item itself left out.

    The rest is the share that a student earned of the other items that are known, so that one
    open item takes no student, and no other item, out of the account. For items that give all or
    nothing this is the point-biserial correlation.

    Args:
        points, worth: as in `shares`.
    """
    known = ~np.isnan(points)
    earned = np.where(known, points, 0.0)
    possible = np.where(known, worth, 0.0)
    rest_earned = earned.sum(axis=1, keepdims=True) - earned
    rest_possible = possible.sum(axis=1, keepdims=True) - possible
    found = []
    for item in range(points.shape[1]):
        asked = known[:, item] & (rest_possible[:, item] > 1e-9)
        if not asked.any() and known[:, item].any():
            found.append(Discrimination(undefined=Undefined.ALONE))
            continue
        rest = rest_earned[asked, item] / rest_possible[asked, item]
        found.append(_correlation(points[asked, item], rest))
    return found


def _correlation(item: NDArray[np.float64], rest: NDArray[np.float64]) -> Discrimination:
    if item.size < FEWEST:
        return Discrimination(undefined=Undefined.FEW)
    # Sums of points carry dust, which a correlation would blow up to a meaning.
    if np.ptp(item) < 1e-9:
        return Discrimination(undefined=Undefined.ALIKE)
    if np.ptp(rest) < 1e-9:
        return Discrimination(undefined=Undefined.REST_ALIKE)
    result = stats.pearsonr(item, rest)
    value = float(result.statistic)
    if abs(value) > 1 - 1e-12:
        value = float(round(value))
        return Discrimination(value=value, low=value, high=value)
    interval = result.confidence_interval(_CONFIDENCE)
    return Discrimination(value=value, low=float(interval.low), high=float(interval.high))
