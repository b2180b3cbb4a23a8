"""A plane to draw on: ticks at round numbers, places on the drawing, and the frame of a figure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from grader.exports.pages.numbers import number
from grader.inert import inert

WIDTH, HEIGHT = 360, 200
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 10, 26, 24
_LARGEST = 1e12
"""What is further out is drawn at the edge: beyond it, ticks would say nothing anyway."""


class Axes:
    """Linear axes over all numbers that are to be drawn."""

    def __init__(self, x: Iterable[float], y: Iterable[float], *, whole_x: bool = False) -> None:
        """`x` and `y` are all that must fit; what is not finite is left out."""
        self.x_low, self.x_high = _range(x)
        self.y_low, self.y_high = _range(y)
        spread = 0.04 * (self.y_high - self.y_low)
        self.y_low, self.y_high = self.y_low - spread, self.y_high + spread
        if whole_x:
            self.x_low, self.x_high = self.x_low - 0.5, self.x_high + 0.5
        self._whole_x = whole_x

    def across(self, x: float) -> float:
        """Where `x` stands from the left."""
        share = (_clipped(x) - self.x_low) / (self.x_high - self.x_low)
        return round(_LEFT + share * (WIDTH - _LEFT - _RIGHT), 1)

    def down(self, y: float) -> float:
        """Where `y` stands from the top."""
        share = (_clipped(y) - self.y_low) / (self.y_high - self.y_low)
        return round(HEIGHT - _BOTTOM - share * (HEIGHT - _TOP - _BOTTOM), 1)

    def ruled(self, x_name: str = "") -> str:
        """The grid, its numbers, and the name of the horizontal axis."""
        parts = []
        for y in ticks(self.y_low, self.y_high):
            place = self.down(y)
            parts.append(f'<path class="axis" d="M{_LEFT} {place:g}H{WIDTH - _RIGHT}"/>')
            parts.append(_text(_LEFT - 6, place + 4, number(y), "end"))
        low = HEIGHT - _BOTTOM
        marks = ticks(self.x_low, self.x_high)
        for x in (x for x in marks if not self._whole_x or float(x).is_integer()):
            place = self.across(x)
            parts.append(f'<path class="axis" d="M{place:g} {low}v4"/>')
            if abs(place - (WIDTH - _RIGHT)) > 30 or not x_name:
                parts.append(_text(place, HEIGHT - 7, number(x), "middle"))
        if x_name:
            parts.append(_text(WIDTH - _RIGHT, HEIGHT - 7, x_name, "end"))
        return "".join(parts)

    def line(self, x: Sequence[float], y: Sequence[float]) -> str:
        """The path through all points that are finite, broken where one is not."""
        path, pen = [], "M"
        for one, other in zip(x, y, strict=True):
            if math.isfinite(one) and math.isfinite(other):
                path.append(f"{pen}{self.across(one):g} {self.down(other):g}")
                pen = "L"
            else:
                pen = "M"
        return "".join(path)


def drawing(
    body: str, *, title: str, desc: str, height: int = HEIGHT, width: int = WIDTH
) -> Markup:
    """The figure as a whole: an image with a name and a description for who cannot see it.

    `body` is markup of ours; `title` and `desc` are texts.
    """
    return Markup(
        '<svg class="figure" viewBox="0 0 {width} {height}" role="img"'
        ' aria-label="{title}. {desc}">'
        "<title>{title}</title><desc>{desc}</desc>{body}</svg>"
    ).format(
        width=width,
        height=height,
        title=inert(title),
        desc=inert(desc),
        body=Markup(body),
    )


def legend(yours: str, expected: str = "", limit: str = "", *, dots: str = "") -> str:
    """What the colours and strokes mean, above the drawing; `dots` names those that are dots."""
    parts, x = [], float(_LEFT)
    for kind, name in (("yours", yours), ("expected", expected), ("limit", limit)):
        if name:
            sign = f'<path class="{kind}" d="M{x:g} 11h18"/>'
            if kind in dots.split():
                mark = "dot" if kind == "yours" else "ring"
                sign = f'<circle class="{mark}" cx="{x + 12:g}" cy="11" r="4"/>'
            parts.append(sign + _text(x + 23, 15, name, "start"))
            x += 23 + 6.4 * len(name) + 16
    return "".join(parts)


def ticks(low: float, high: float, most: int = 5) -> list[float]:
    """At most so many round numbers (1, 2, 5 times a power of ten) between two finite numbers."""
    span = high - low
    if not span > 0 or not math.isfinite(span):
        return []
    step = 10.0 ** math.floor(math.log10(span / most))
    step = next(step * factor for factor in (1, 2, 5, 10, 20) if span / (step * factor) <= most)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [
        round(i * step, 12 - math.floor(math.log10(step))) + 0.0 for i in range(first, last + 1)
    ]


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}">{escape(inert(text))}</text>'


def _range(values: Iterable[float]) -> tuple[float, float]:
    finite = [_clipped(value) for value in values if math.isfinite(value)]
    low, high = min(finite, default=0.0), max(finite, default=1.0)
    if high - low <= 1e-9 * max(abs(low), abs(high)) or high == low:
        room = max(abs(low), abs(high), 1.0) / 2
        return low - room, high + room
    return low, high


def _clipped(value: float) -> float:
    return 0.0 if math.isnan(value) else min(max(value, -_LARGEST), _LARGEST)
