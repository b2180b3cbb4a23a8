"""The class's points as bars: how many students in each bin, in figures and in words."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from grader.exports.pages.axes import drawing
from grader.exports.pages.numbers import points
from grader.numeric.spread import Bin, Spread

_WIDTH, _HEIGHT = 400, 200
_LEFT, _RIGHT, _TOP, _BOTTOM = 12, 14, 20, 24
_GAP = 2.0
_APART = 30.0
"""Numbers under the axis stand at least so far apart."""


def distribution(spread: Spread, say: Callable[[str], str]) -> Markup:
    """The bars of a spread, their counts above them, the points below.

    Full points have a bar of their own where the bins allow it, drawn in another colour.
    """
    most = max(one.students for one in spread.bins)
    wide = (_WIDTH - _LEFT - _RIGHT) / len(spread.bins)
    floor = _HEIGHT - _BOTTOM
    each = spread.whole and spread.bins[0].high == 1
    parts = [f'<path class="axis" d="M{_LEFT} {floor}H{_WIDTH - _RIGHT}"/>']
    free = 0.0
    for place, one in enumerate(spread.bins):
        left = _LEFT + place * wide
        middle = left + wide / 2
        if one.students:
            tall = max((floor - _TOP) * one.students / most, 1.5)
            kind = "bar full" if is_full(one, spread) else "bar"
            parts.append(
                f'<rect class="{kind}" x="{left + _GAP / 2:.4g}" y="{floor - tall:.4g}"'
                f' width="{wide - _GAP:.4g}" height="{tall:.4g}"/>'
            )
            parts.append(_text(middle, floor - tall - 5, str(one.students), "count"))
        mark = middle if each else left
        if mark >= free:
            parts.append(f'<path class="axis" d="M{mark:.4g} {floor}v4"/>')
            parts.append(_text(mark, _HEIGHT - 6, points(one.low)))
            free = mark + _APART
    told = "; ".join(
        f"{bin_name(one, spread, say)}: {one.students}" for one in spread.bins if one.students
    )
    return drawing(
        "".join(parts),
        title=say("Students by points"),
        desc=told,
        width=_WIDTH,
        height=_HEIGHT,
    )


def is_full(one: Bin, spread: Spread) -> bool:
    """Whether a bin holds full points, and at most a bonus beside them."""
    return spread.out_of > 0 and one.low >= spread.out_of - 1e-9


def bin_name(one: Bin, spread: Spread, say: Callable[[str], str]) -> str:
    """What a bin is called: `5–9` where points are whole, else `5 to less than 10`."""
    if not spread.whole:
        return say("{low} to less than {high}").format(low=points(one.low), high=points(one.high))
    if one.high - one.low <= 1 or one.low == spread.out_of == spread.highest:
        return points(one.low)
    return f"{points(one.low)}–{points(one.high - 1)}"


def _text(x: float, y: float, text: str, kind: str = "") -> str:
    label = f' class="{kind}"' if kind else ""
    return f'<text{label} x="{x:.4g}" y="{y:.4g}" text-anchor="middle">{text}</text>'
