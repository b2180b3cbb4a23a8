"""What training leaves: weights of the right form, on the right path, that score as they should."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.findings import Evidence, Shown, rounded
from grader.numeric.difference import (
    as_float64,
    described,
    equal_evidence,
    form_evidence,
    holds_numbers,
    reproducible,
)

STEP_TOLERANCE = 1e-6
"""How far weights may be off after exact steps: so much of the largest, and so much at least."""
EXACT_STEPS = (
    "false fail < 1e-9, power 100 %: over 20 steps in float64 rounding stays below 1e-11, "
    "the smallest mistake measured is 2e-4"
)
LEAST_SEEDS = 3
"""So many data sets at least make a block."""


def likeness_evidence(
    given: Any, like: Any, *, what: str, nonfinite_match: bool = False
) -> Evidence | None:
    """Compare the form of two nested values: parts, keys, shapes, kinds of number, finiteness.

    A tuple and a list are alike, so are a number and a 0-d array, and floats of any width.

    Args:
        given, like: arrays and numbers in tuples, lists and dicts; the values of `like` say
            nothing. Text and None within them are alike when both are.
        what: their name in the evidence; parts get `what[0]`, `what['W1']`.
        nonfinite_match: a NaN or an infinity is right where `like` has the same.
    Returns: Evidence with the first thing that differs, or None.
    """
    try:
        for mine, theirs, name in _leaves(given, like, what):
            if evidence := _unlike(mine, theirs, name, nonfinite_match):
                return evidence
    except _OtherStructure as found:
        return found.evidence
    return None


def trajectory_evidence(
    given: Any, wanted: Any, *, what: str, nonfinite_match: bool = False
) -> Evidence | None:
    """Compare weights after the same exact steps, array by array, once their form is right.

    With a = given and r = wanted, each array must hold max|a - r| <= max(1e-6 * max|r|, 1e-6):
    relative to the layer, since a gradient that is zero but for rounding moves its weights by
    nothing that could be compared on its own.

    Args:
        given, wanted: arrays and numbers in tuples, lists and dicts.
        what: their name in the evidence.
        nonfinite_match: a NaN or an infinity is right where `wanted` has the same. Where `wanted`
            has one, nothing else is right, and without this nothing at all.
    Returns: Evidence at the worst place of the first array that is off, or None.
    """
    if evidence := likeness_evidence(given, wanted, what=what, nonfinite_match=nonfinite_match):
        return evidence
    for mine, theirs, name in _leaves(given, wanted, what):
        if not holds_numbers(theirs):
            evidence = equal_evidence(mine, theirs, what=name)
        else:
            evidence = _off_the_path(as_float64(mine), as_float64(theirs), name, nonfinite_match)
        if evidence is not None:
            return evidence
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Paired scores of one block of data sets: both means, and the mean of given - wanted."""

    given: float
    wanted: float
    difference: float

    def falls_short(self, margin: float) -> bool:
        """Whether the mean difference is below -margin, or is no number."""
        return not self.difference >= -margin

    def exceeds(self, ceiling: float) -> bool:
        """Whether the mean difference is above the ceiling."""
        return self.difference > ceiling


def block_of(
    given: Sequence[float], wanted: Sequence[float], *, nonfinite_match: bool = False
) -> Block:
    """The statistics of scores that were got on the same data sets, in the same order.

    With `nonfinite_match`, two NaNs or equal infinities differ by nothing.

    Raises: ValueError unless there is one of each for every data set, and one data set at least.
    """
    a, r = np.array(given, dtype=np.float64), np.array(wanted, dtype=np.float64)
    if a.shape != r.shape or not a.size:
        raise ValueError(f"{a.size} scores against {r.size}")
    with np.errstate(over="ignore", invalid="ignore"):
        differences = a - r
    if nonfinite_match:
        differences[(a == r) | (np.isnan(a) & np.isnan(r))] = 0.0
    return Block(given=_mean(a), wanted=_mean(r), difference=_mean(differences))


def convergence_evidence(
    blocks: Sequence[Block], *, what: str, allowed: float, note: str
) -> Evidence:
    """Evidence of scores that are too far off, pooled over blocks of one size.

    Scores are shown to two decimals: training amplifies the last digits, in which processors
    differ, and the verdict must read the same everywhere.
    """
    given, wanted, difference = (
        _mean(np.array([getattr(block, name) for block in blocks]))
        for name in ("given", "wanted", "difference")
    )
    finite = math.isfinite(difference)
    return Evidence(
        what=what,
        given=_two_decimals(given),
        expected=_two_decimals(wanted),
        error=round(abs(difference), 2) if finite else None,
        tolerance=allowed if finite else None,
        note=note,
    )


class _OtherStructure(Exception):  # noqa: N818 - an event, not an error
    def __init__(self, given: Any, like: Any, what: str, note: str | None = None) -> None:
        super().__init__(what)
        self.evidence = Evidence(
            what=what, given=described(given), expected=described(like), note=note
        )


def _leaves(given: Any, like: Any, what: str) -> Iterator[tuple[Any, Any, str]]:
    """What corresponds in both, in the order of `like`."""
    if isinstance(like, tuple | list):
        if isinstance(given, np.ndarray) and given.ndim == 1 and all(map(_is_number, like)):
            given = given.tolist()
        if not isinstance(given, tuple | list) or len(given) != len(like):
            raise _OtherStructure(given, like, what)
        for i, (mine, theirs) in enumerate(zip(given, like, strict=True)):
            yield from _leaves(mine, theirs, f"{what}[{i}]")
    elif isinstance(like, dict):
        if not isinstance(given, dict):
            raise _OtherStructure(given, like, what)
        if given.keys() != like.keys():
            raise _OtherStructure(given, like, what, _keys(given, like))
        for key in like:
            yield from _leaves(given[key], like[key], f"{what}[{key!r}]")
    else:
        yield given, like, what


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float))


def _keys(given: dict[Any, Any], like: dict[Any, Any]) -> str:
    parts = []
    for word, only in (
        ("missing", [key for key in like if key not in given]),
        ("extra", [key for key in given if key not in like]),
    ):
        if only:
            names = ", ".join(repr(key)[:40] for key in only[:4])
            parts.append(f"{word}: {names}{' …' if len(only) > 4 else ''}")
    return "; ".join(parts)


def _unlike(given: Any, like: Any, what: str, nonfinite_match: bool) -> Evidence | None:
    if not holds_numbers(like):
        if type(given) is type(like):
            return None
        return Evidence(what=what, given=described(given), expected=described(like))
    if evidence := form_evidence(given, like, what=what, dtype=False):
        return evidence
    kinds = [_kind(value) for value in (given, like)]
    both_arrays = isinstance(given, np.ndarray) and isinstance(like, np.ndarray)
    if kinds[0] != kinds[1] and (both_arrays or "bool" in kinds):
        return Evidence(what=what, given=kinds[0], expected=kinds[1], note="the dtype differs")
    return _not_finite(as_float64(given), as_float64(like), what, nonfinite_match)


def _kind(value: Any) -> str:
    """What sort of number an array or a number holds, whatever its width."""
    if isinstance(value, int):
        return "bool" if isinstance(value, bool) else "integer"
    letter = np.asarray(value).dtype.kind
    return {"b": "bool", "i": "integer", "u": "integer", "f": "float"}.get(letter, letter)


def _not_finite(
    a: NDArray[np.float64], r: NDArray[np.float64], what: str, nonfinite_match: bool
) -> Evidence | None:
    wrong = ~np.isfinite(a)
    if nonfinite_match:
        wrong &= ~((a == r) | (np.isnan(a) & np.isnan(r)))
    if not wrong.any():
        return None
    place = tuple(int(i) for i in np.argwhere(wrong)[0])
    count = int(wrong.sum())
    return Evidence(
        what=what,
        where=place or None,
        given=str(float(a[place])),
        expected="finite numbers",
        note=f"{count} of {a.size} numbers are not finite" if a.size > 1 else None,
    )


def _off_the_path(
    a: NDArray[np.float64], r: NDArray[np.float64], what: str, nonfinite_match: bool
) -> Evidence | None:
    if not a.size:
        return None
    finite = np.isfinite(r)
    alike = (a == r) | (np.isnan(a) & np.isnan(r)) if nonfinite_match else np.zeros_like(finite)
    size = float(np.max(np.abs(r), where=finite, initial=0.0))
    with np.errstate(over="ignore", invalid="ignore"):
        errors = np.where(finite, np.abs(a - r), np.where(alike, 0.0, np.inf))
    bound = max(STEP_TOLERANCE * size, STEP_TOLERANCE)
    worst = np.unravel_index(int(np.argmax(errors)), errors.shape)
    # `not <=` instead of `>`: NaN must count as wrong.
    if errors[worst] <= bound:
        return None
    if not finite[worst]:
        return Evidence(
            what=what,
            where=tuple(int(i) for i in worst) or None,
            given=reproducible(float(a[worst]), size),
            expected=str(float(r[worst])),
            note="an expected value is not finite",
        )
    place = tuple(int(i) for i in worst)
    return Evidence(
        what=what,
        where=place or None,
        given=reproducible(float(a[worst]), size),
        expected=reproducible(float(r[worst]), size),
        error=rounded(float(errors[worst]), 2),
        tolerance=rounded(bound, 2),
        note=EXACT_STEPS,
    )


def _mean(values: NDArray[np.float64]) -> float:
    with np.errstate(over="ignore", invalid="ignore"):
        return float(np.mean(values))


def _two_decimals(value: float) -> Shown:
    return round(value, 2) if math.isfinite(value) else str(value)
