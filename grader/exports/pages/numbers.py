"""Numbers as pages show them: the same digits in every language, a real minus, no dust."""

from __future__ import annotations

import math

from grader.exports.phrases import phrases

_PLAIN = 1e6
"""Below it, and from 1 on, a number is written without a power of ten."""


def number(value: float, digits: int = 3) -> str:
    """`value` to so many significant digits: `0.0123`, `1.2·10⁻⁷`, `∞`, `NaN`."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    text = f"{value:.{digits}g}"
    if "e" in text and 1 <= abs(value) < _PLAIN:
        text = f"{float(text):.0f}"
    mantissa, e, exponent = text.partition("e")
    mantissa = mantissa.replace("-", "−")
    return f"{mantissa}·10{_raised(int(exponent))}" if e else mantissa


def points(value: float) -> str:
    """Points: no digits that say nothing, at most six decimals."""
    return f"{round(value, 6):.10g}".replace("-", "−")


def percent(share: float) -> str:
    """A share as whole per cent; 0 % and 100 % only for none and all of it."""
    if not math.isfinite(share):
        return "–"
    whole = round(100 * share)
    if whole == 0 and share > 0:
        return "< 1 %"
    return "> 99 %" if whole == 100 and share < 1 else f"{whole} %"


def points_of(mine: float, out_of: float, lang: str) -> str:
    """`3 of 4`; a bonus, which is out of nothing, as `+3 bonus`."""
    say = phrases(lang)
    if out_of:
        return say("{points} of {out_of}").format(points=points(mine), out_of=points(out_of))
    return say("+{points} bonus").format(points=points(mine)) if mine else say("no points")


def _raised(exponent: int) -> str:
    return str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
