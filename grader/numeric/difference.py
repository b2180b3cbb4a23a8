"""Where two answers differ: the first place in C order, as Evidence."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from grader.errors import CourseError
from grader.findings import Evidence, Shown, rounded

Scale = Literal["element", "array"]
Leaf = Callable[[Any, Any, str], Evidence | None]

_NUMBERS = (bool, int, float, np.number, np.bool_)
_TEXT_SHOWN = 60
_TEXT_BEFORE = 20
# Below this part of the largest value, four digits of a float64 are rounding noise, which other
# processors do differently; evidence must be the same everywhere.
_NOISE = 1e-12


def close_evidence(
    given: Any,
    wanted: Any,
    *,
    what: str,
    tolerance: float = 1e-4,
    scale: Scale = "element",
    nonfinite_match: bool = False,
) -> Evidence | None:
    """Compare numbers that may differ by rounding.

    First the type, then the shape, the dtype and finiteness, then each value. With a = given and
    r = wanted, each in float64, what is allowed is

    - scale "element": |a - r| <= tolerance * |r| + tolerance/10 * min(max|r|, 1), for functions
      of one element at a time, whose small values matter;
    - scale "array": |a - r| <= tolerance * max(max|r|, 1e-3), for sums and products, whose
      rounding is that of the largest value.

    Args:
        given, wanted: arrays or numbers; a number and a 0-d array are alike. Tuples, lists and
            dicts of them are compared part by part; text, None and sets within them exactly.
        what: their name in the evidence; parts get `what[0]`, `what['W1']`.
        nonfinite_match: NaN equals NaN and an infinity itself. Otherwise either is wrong wherever
            it stands, in `wanted` too.
    Returns: Evidence for the first place that breaks its bound, or None.
    Raises: CourseError for a scale that does not exist, or a wanted value that has no numbers.
    """
    if scale not in ("element", "array"):
        raise CourseError(f'expect.close: scale={scale!r}; use "element" or "array"')

    def leaf(given: Any, wanted: Any, what: str) -> Evidence | None:
        if not holds_numbers(wanted):
            return _same(given, wanted, what, nonfinite_match=nonfinite_match)
        return form_evidence(given, wanted, what=what) or _near(
            given, wanted, what, tolerance, scale, nonfinite_match
        )

    return _part_by_part(given, wanted, what, leaf)


def equal_evidence(
    given: Any, wanted: Any, *, what: str, nonfinite_match: bool = False
) -> Evidence | None:
    """Compare exactly: arrays, numbers, text, None, sets; tuples, lists and dicts of these.

    Arrays must agree in shape and dtype too; 3 and 3.0 are the same number, True and 1 are not;
    a tuple and a list of the same parts are alike. NaN equals NaN only with `nonfinite_match`.

    Returns: Evidence for the first place that differs, or None.
    Raises: CourseError if `wanted` is an object that cannot be compared.
    """

    def leaf(given: Any, wanted: Any, what: str) -> Evidence | None:
        return _same(given, wanted, what, nonfinite_match=nonfinite_match)

    return _part_by_part(given, wanted, what, leaf)


def changed_evidence(now: Any, kept: Any, *, what: str) -> Evidence | None:
    """Compare bit by bit what a call was given with what it left: 0.0 and -0.0 differ, NaN is NaN.

    Returns: Evidence for the first place that changed, or None.
    """

    def leaf(now: Any, kept: Any, what: str) -> Evidence | None:
        return _same(now, kept, what, nonfinite_match=True, signed_zeros=True)

    return _part_by_part(now, kept, what, leaf)


def form_evidence(given: Any, wanted: Any, *, what: str, dtype: bool = True) -> Evidence | None:
    """Compare type, shape and (unless told not to) dtype of two arrays or numbers, not values.

    A number and a 0-d array are alike, and have no dtype to compare; bool is not a number.
    """
    as_numbers = np.ndim(wanted) == 0
    if not holds_numbers(given) or (not as_numbers and not isinstance(given, np.ndarray)):
        return Evidence(what=what, given=described(given), expected=described(wanted))
    if np.shape(given) != np.shape(wanted):
        return Evidence(
            what=what,
            given=described(given),
            expected=described(wanted),
            note="the shape differs",
        )
    if not dtype:
        return None
    kinds = [np.asarray(value).dtype for value in (given, wanted)]
    both_arrays = isinstance(given, np.ndarray) and isinstance(wanted, np.ndarray)
    if kinds[0] != kinds[1] and (both_arrays or "b" in (kinds[0].kind, kinds[1].kind)):
        return Evidence(
            what=what, given=str(kinds[0]), expected=str(kinds[1]), note="the dtype differs"
        )
    return None


def is_off(
    a: NDArray[np.float64], r: NDArray[np.float64], tolerance: float | None, scale: Scale
) -> NDArray[np.bool_]:
    """Where values break the bound of `close_evidence`, or differ at all where `tolerance` is None.

    `a` and `r` have one shape; NaN is off wherever it stands.
    """
    if tolerance is None:
        return np.asarray(a != r)
    error, bound = _error_and_bound(a, r, tolerance, scale)
    return np.asarray(~(error <= bound))


def described(value: Any) -> str:
    """What a value is, where its numbers say nothing: `array (3, 4)`, `tuple of 2`, `None`."""
    if isinstance(value, np.ndarray):
        return f"array {value.shape}"
    if isinstance(value, tuple | list | dict | set | frozenset):
        return f"{type(value).__name__} of {len(value)}"
    if value is None:
        return "None"
    if isinstance(value, bool | np.bool_):
        return "bool"
    if isinstance(value, _NUMBERS):
        return "number"
    return "text" if isinstance(value, str) else type(value).__name__


def holds_numbers(value: Any) -> bool:
    """Whether `value` is an array or a number."""
    return isinstance(value, (np.ndarray, *_NUMBERS))


def as_float64(value: Any) -> NDArray[np.float64]:
    """An array or number in float64, same shape; an integer beyond its range is infinite."""
    if isinstance(value, int):
        try:
            return np.asarray(float(value))
        except OverflowError:
            return np.asarray(math.inf if value > 0 else -math.inf)
    return np.asarray(value, dtype=np.float64)


def reproducible(value: float, size: float, *, noise: float = _NOISE) -> Shown:
    """`value` as evidence shows it: four digits, none that other processors would not find.

    `size` is the largest of the values it stands among; what is below `noise * size` is zero.
    """
    if not math.isfinite(value):
        return str(value)
    return 0.0 if abs(value) <= noise * size else rounded(value)


def _part_by_part(given: Any, wanted: Any, what: str, leaf: Leaf) -> Evidence | None:
    parts: list[tuple[Any, Any, str]]
    if isinstance(wanted, tuple | list):
        if not isinstance(given, tuple | list) or len(given) != len(wanted):
            return Evidence(what=what, given=described(given), expected=described(wanted))
        parts = [
            (mine, theirs, f"{what}[{i}]")
            for i, (mine, theirs) in enumerate(zip(given, wanted, strict=True))
        ]
    elif isinstance(wanted, dict):
        if not isinstance(given, dict):
            return Evidence(what=what, given=described(given), expected=described(wanted))
        if given.keys() != wanted.keys():
            return _members(set(given), set(wanted), f"keys of {what}")
        parts = [(given[key], wanted[key], f"{what}[{key!r}]") for key in wanted]
    else:
        return leaf(given, wanted, what)
    for mine, theirs, name in parts:
        if evidence := _part_by_part(mine, theirs, name, leaf):
            return evidence
    return None


def _near(
    given: Any, wanted: Any, what: str, tolerance: float, scale: Scale, nonfinite_match: bool
) -> Evidence | None:
    a, r = as_float64(given), as_float64(wanted)
    finite = np.isfinite(a) & np.isfinite(r)
    agreed = (a == r) | (np.isnan(a) & np.isnan(r)) if nonfinite_match else np.zeros_like(finite)
    size = _size(r)
    if not (finite | agreed).all():
        note = None if np.isfinite(r).all() else "an expected value is not finite"
        return _at_first(~(finite | agreed), given, wanted, what, size, note=note)

    error, bound = _error_and_bound(a, r, tolerance, scale)
    # `not <=` instead of `>`: NaN must count as wrong.
    wrong = ~(error <= bound) & ~agreed
    if not wrong.any():
        return None
    return _at_first(wrong, given, wanted, what, size, off=(error, bound))


def _error_and_bound(
    a: NDArray[np.float64], r: NDArray[np.float64], tolerance: float, scale: Scale
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    size = _size(r)
    # Differences of huge or infinite values overflow; the comparison then says "wrong".
    with np.errstate(over="ignore", invalid="ignore"):
        error = np.abs(a - r)
        if scale == "element":
            bound = tolerance * np.abs(r) + tolerance / 10 * min(size, 1.0)
        else:
            bound = np.full(r.shape, tolerance * max(size, 1e-3))
    return error, bound


def _same(
    given: Any, wanted: Any, what: str, *, nonfinite_match: bool, signed_zeros: bool = False
) -> Evidence | None:
    if isinstance(wanted, str) and isinstance(given, str):
        return None if given == wanted else _text(given, wanted, what)
    if isinstance(wanted, set | frozenset) and isinstance(given, set | frozenset):
        return None if given == wanted else _members(given, wanted, what)
    if wanted is None and given is None:
        return None
    if wanted is None or isinstance(wanted, str | set | frozenset):
        return Evidence(what=what, given=described(given), expected=described(wanted))
    if not holds_numbers(wanted):
        raise CourseError(f"expect: {what} is a {described(wanted)}, which cannot be compared")
    if evidence := form_evidence(given, wanted, what=what):
        return evidence

    if np.ndim(wanted) == 0:  # as Python numbers, whose integers have no largest
        given, wanted = _number(given), _number(wanted)
    wrong = np.asarray(given != wanted)
    a, r = as_float64(given), as_float64(wanted)
    if nonfinite_match:
        wrong &= ~(np.isnan(a) & np.isnan(r))
    if signed_zeros:
        wrong |= (np.signbit(a) != np.signbit(r)) & ~np.isnan(a)
    if not wrong.any():
        return None
    off = None
    if np.asarray(wanted).dtype.kind == "f":
        with np.errstate(over="ignore", invalid="ignore"):
            off = np.abs(a - r), np.zeros(r.shape)
    return _at_first(wrong, given, wanted, what, _size(r), off=off)


def _size(r: NDArray[np.float64]) -> float:
    return float(np.max(np.abs(r), where=np.isfinite(r), initial=0.0))


def _number(value: Any) -> Any:
    return value.item() if isinstance(value, np.ndarray | np.generic) else value


def _at_first(
    wrong: NDArray[np.bool_],
    given: Any,
    wanted: Any,
    what: str,
    size: float,
    *,
    off: tuple[NDArray[np.float64], NDArray[np.float64]] | None = None,
    note: str | None = None,
) -> Evidence:
    place = tuple(int(i) for i in np.argwhere(wrong)[0])
    mine, theirs = (
        _shown_number(_number(value[place] if isinstance(value, np.ndarray) else value), size)
        for value in (given, wanted)
    )
    error, bound = (None, None) if off is None else (float(part[place]) for part in off)
    if error is not None and not math.isfinite(error):
        error, bound = None, None
    return Evidence(
        what=what,
        where=place or None,
        given=mine,
        expected=theirs,
        error=None if error is None else rounded(error, 2),
        tolerance=None if bound is None else rounded(bound, 2),
        note=note,
    )


def _shown_number(value: Any, size: float) -> Shown:
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        bits = value.bit_length()
        return value if bits <= 64 else f"integer of {bits} bits"
    return reproducible(value, size)


def _text(given: str, wanted: str, what: str) -> Evidence:
    pairs = zip(given, wanted, strict=False)
    place = next(
        (i for i, (mine, theirs) in enumerate(pairs) if mine != theirs),
        min(len(given), len(wanted)),
    )
    start = max(0, place - _TEXT_BEFORE)
    mine, theirs = (repr(text[start : start + _TEXT_SHOWN]) for text in (given, wanted))
    return Evidence(what=what, where=(place,), given=mine, expected=theirs)


def _members(
    given: set[Any] | frozenset[Any], wanted: set[Any] | frozenset[Any], what: str
) -> Evidence:
    mine, theirs = (", ".join(sorted(map(repr, only))) for only in (given - wanted, wanted - given))
    return Evidence(
        what=what,
        given=f"{{{_clipped(mine)}}}",
        expected=f"{{{_clipped(theirs)}}}",
        note="only what differs is shown",
    )


def _clipped(text: str) -> str:
    return text if len(text) <= _TEXT_SHOWN else f"{text[:_TEXT_SHOWN]}…"
