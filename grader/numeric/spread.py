"""How numbers of a class are spread: bins that people can read, and the usual figures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_MOST_STEPS = 16
_DUST = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """How many students have at least `low` and less than `high` points."""

    low: float
    high: float
    students: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The distribution of points. Quartiles are interpolated between the two nearest students.

    Attributes:
        out_of: the most that can be had without a bonus.
        whole: whether all points are whole numbers.
        deviation: the sample's standard deviation; None for one student.
    """

    students: int
    out_of: float
    bins: tuple[Bin, ...]
    whole: bool
    mean: float
    deviation: float | None
    lowest: float
    first_quartile: float
    median: float
    third_quartile: float
    highest: float


def spread(points: Sequence[float], out_of: float) -> Spread | None:
    """The distribution of `points`; None for none.

    Bins are 1, 2 or 5 of some power of ten wide, a whole point at least where all points are
    whole, and at most 17. The last one begins with the most that can be had, or that somebody has,
    where that is a multiple of the width: full points stand by themselves.
    """
    if not points:
        return None
    values = np.array(points, dtype=np.float64)
    whole = all(float(value).is_integer() for value in (*points, out_of))
    top = max(out_of, float(values.max()))
    step = _step(top, whole=whole)
    # A hair above, so that 0.3 stands in the bin that begins at 3 x 0.1.
    places = np.floor(np.maximum(values, 0.0) / step + _DUST).astype(int)
    counts = np.bincount(places, minlength=math.floor(top / step + _DUST) + 1)
    first, median, third = (float(part) for part in np.quantile(values, [0.25, 0.5, 0.75]))
    return Spread(
        students=len(values),
        out_of=out_of,
        bins=tuple(
            Bin(low=step * place, high=step * (place + 1), students=int(count))
            for place, count in enumerate(counts)
        ),
        whole=whole,
        mean=float(values.mean()),
        deviation=float(values.std(ddof=1)) if len(values) > 1 else None,
        lowest=float(values.min()),
        first_quartile=first,
        median=median,
        third_quartile=third,
        highest=float(values.max()),
    )


def _step(top: float, *, whole: bool) -> float:
    least = top / _MOST_STEPS
    if least <= 0 or (whole and least <= 1):
        return 1.0
    power = 10.0 ** math.floor(math.log10(least))
    return next(power * n for n in (1, 2, 5, 10) if power * n >= least * (1 - _DUST))
