"""What there is to look at where an answer is wrong: pictures out of arrays.

Nothing here decides anything. Numbers may be anything; what is not finite stays so in a picture.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.numeric.difference import Scale, as_float64, holds_numbers, is_off
from grader.pictures import MOST_CELLS, MOST_POINTS, Kind, Picture, rounded

Floats = NDArray[np.float64]

BINS = 24
LEAST_CELLS = 4
LEAST_POINTS = 12
_WAY_OF_A_CURVE = 2.2
"""How often a function of one number may cross its whole range between neighbours, summed up:
monotone ones do it once, a bump twice, values in no order a third of a time a point."""


def of_close(
    given: Any,
    wanted: Any,
    *,
    what: str,
    part: str,
    where: tuple[int, ...] | None,
    asked: Sequence[Any],
    tolerance: float | None,
    scale: Scale = "element",
) -> tuple[Picture, ...]:
    """A map of the errors, and the curve where the answer is a function of what was asked.

    Args:
        given, wanted, what: what was compared, and its name.
        part: the name of the part that differs, `grads['W1']`.
        where: the place of the first difference.
        asked: the first arguments of the calls before, the last one first.
        tolerance, scale: as in `close_evidence`; a tolerance of None compares exactly.
    """
    pair = _part(given, wanted, what, part)
    if pair is None or not all(map(holds_numbers, pair)) or np.shape(pair[0]) != np.shape(pair[1]):
        return ()
    a, r = map(as_float64, pair)
    if a.ndim == 0 or a.size < LEAST_CELLS:
        return ()
    with np.errstate(all="ignore"):
        wrong = is_off(a, r, tolerance, scale)
        found = (_curve(a, r, asked, part), _errors(a, r, wrong, where, part))
    return tuple(picture for picture in found if picture is not None)


def of_statistics(given: Sequence[Any], wanted: Sequence[Any], *, what: str) -> tuple[Picture, ...]:
    """Both samples as histograms over the range that holds all but the ends of both."""
    lots = [[as_float64(x).ravel() for x in lot if holds_numbers(x)] for lot in (given, wanted)]
    if not all(lots):
        return ()
    a, r = (np.concatenate(lot) for lot in lots)
    a, r = a[np.isfinite(a)], r[np.isfinite(r)]
    if not a.size or not r.size:
        return ()
    with np.errstate(all="ignore"):
        low, high = (
            float(edge(np.quantile(lot, share) for lot in (a, r)))
            for edge, share in ((min, 0.001), (max, 0.999))
        )
        if not low < high or not math.isfinite(high - low):
            return ()
        edges = np.linspace(low, high, BINS + 1)
        # What lies outside counts in the outermost bins, so that the shares add up to 1.
        shares = [np.histogram(np.clip(lot, low, high), edges)[0] / lot.size for lot in (a, r)]
    picture = Picture(
        kind="histogram",
        what=what,
        x=rounded(edges),
        yours=rounded(shares[0]),
        expected=rounded(shares[1]),
        total=int(a.size),
    )
    return (picture,) if picture.is_whole else ()


def of_runs(
    given: Sequence[float], wanted: Sequence[float], *, what: str, margin: float
) -> tuple[Picture, ...]:
    """A score for each run beside the reference's, and what the mean must reach."""
    count = min(len(given), len(wanted), MOST_POINTS)
    threshold = rounded([float(np.mean(wanted[:count])) - margin])[0] if count else 0.0
    picture = Picture(
        kind="runs",
        what=what,
        x=tuple(float(i + 1) for i in range(count)),
        yours=rounded(given[:count]),
        expected=rounded(wanted[:count]),
        threshold=threshold,
    )
    return (picture,) if count else ()


def _part(given: Any, wanted: Any, name: str, part: str) -> tuple[Any, Any] | None:
    """What stands in both under the name that evidence gave it."""
    if name == part:
        return given, wanted
    if not part.startswith(name):
        return None
    keys: list[Any] = []
    if isinstance(wanted, tuple | list) and isinstance(given, tuple | list):
        keys = list(range(min(len(given), len(wanted))))
    elif isinstance(wanted, dict) and isinstance(given, dict):
        keys = [key for key in wanted if key in given]
    for key in keys:
        if (pair := _part(given[key], wanted[key], f"{name}[{key!r}]", part)) is not None:
            return pair
    return None


def _errors(
    a: Floats, r: Floats, wrong: NDArray[np.bool_], where: tuple[int, ...] | None, what: str
) -> Picture | None:
    if not wrong.any():
        return None
    shape = a.shape
    sizes = np.where(wrong, np.abs(a - r), 0.0)
    columns = shape[-1] if a.ndim > 1 else min(a.size, MOST_CELLS)
    rows = -(-a.size // columns)
    padded = np.zeros(rows * columns)
    padded[: a.size] = sizes.ravel()
    cells, tall, wide = _pooled(padded.reshape(rows, columns))
    frame = None
    if where is not None and len(where) == a.ndim:
        row, column = divmod(int(np.ravel_multi_index(where, shape)), columns)
        frame = row // tall, column // wide
    return Picture(
        kind="errors",
        what=what,
        yours=rounded(cells.ravel()),
        columns=cells.shape[1],
        frame=frame,
        shape=shape,
        wrong=int(wrong.sum()),
        total=int(a.size),
    )


def _pooled(cells: Floats) -> tuple[Floats, int, int]:
    """The largest of each block, so few that they fit; and a block's height and width."""
    tall, wide = (-(-size // MOST_CELLS) for size in cells.shape)
    rows, columns = -(-cells.shape[0] // tall), -(-cells.shape[1] // wide)
    padded = np.zeros((rows * tall, columns * wide))
    padded[: cells.shape[0], : cells.shape[1]] = cells
    return padded.reshape(rows, tall, columns, wide).max(axis=(1, 3)), tall, wide


def _curve(a: Floats, r: Floats, asked: Sequence[Any], what: str) -> Picture | None:
    """Values over the argument of the last call; or, where the answer goes with that argument,
    their ratio over the argument of the call before: the slope of an elementwise function."""
    arguments = [as_float64(x).ravel() for x in asked if _is_like(x, r)]
    if len(arguments) != len(asked) or not arguments or r.size < LEAST_POINTS:
        return None
    mine, theirs = a.ravel(), r.ravel()
    found = [_over("curve", arguments[0], mine, theirs, what)]
    if len(arguments) > 1:
        usable = np.abs(arguments[0]) > 1e-3 * float(np.max(np.abs(arguments[0])))
        upstream, x = arguments[0][usable], arguments[1][usable]
        found.append(_over("slopes", x, mine[usable] / upstream, theirs[usable] / upstream, what))
    ways = [(way, picture) for way, picture in found if picture is not None]
    return min(ways, key=lambda pair: pair[0])[1] if ways else None


def _over(
    kind: Kind, x: Floats, mine: Floats, theirs: Floats, what: str
) -> tuple[float, Picture | None]:
    """The picture, if it is one of a function, and how often that crosses its range."""
    if len(x) < LEAST_POINTS or not (np.isfinite(x).all() and np.isfinite(theirs).all()):
        return math.inf, None
    order = np.argsort(x, kind="stable")
    x, mine, theirs = x[order], mine[order], theirs[order]
    spread = float(np.ptp(theirs))
    way = float(np.sum(np.abs(np.diff(theirs)))) / spread if spread > 0 else math.inf
    if not way <= _WAY_OF_A_CURVE or not np.ptp(x) > 0:
        return way, None
    if len(x) > MOST_POINTS:
        chosen = np.unique(np.linspace(0, len(x) - 1, MOST_POINTS).round().astype(int))
        x, mine, theirs = x[chosen], mine[chosen], theirs[chosen]
    picture = Picture(
        kind=kind, what=what, x=rounded(x), yours=rounded(mine), expected=rounded(theirs)
    )
    return way, picture


def _is_like(x: Any, r: Floats) -> bool:
    return isinstance(x, np.ndarray) and x.shape == r.shape and x.dtype.kind == "f"
