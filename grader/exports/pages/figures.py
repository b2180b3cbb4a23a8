"""Figures as inline SVG: small, in the page's colours, with words for who cannot see them.

Every function gives an `<svg role="img">` with a title and a description. Numbers may be anything:
what is not finite is left out or drawn at the edge. At most some 10 kB each.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from markupsafe import Markup

from grader.exports.pages.axes import WIDTH, Axes, drawing, legend

LEVELS = 5
"""So many shades a heat map has, beside none."""
_LARGEST_CELL, _WIDEST, _HIGHEST = 26, 340, 260


def heat_map(
    cells: Sequence[Sequence[float]],
    *,
    title: str,
    desc: str,
    frame: tuple[int, int] | None = None,
) -> Markup:
    """Shades for sizes: the largest finite cell is darkest, zero is empty, no number is darkest.

    Args:
        cells: rows of one length, at least one cell, each at least 0.
        frame: row and column of a cell to put a frame round.
    """
    rows, columns = len(cells), len(cells[0])
    finite = [value for row in cells for value in row if math.isfinite(value)]
    most = max(finite, default=0.0)
    paths = []
    for level in range(1, LEVELS + 1):
        path = "".join(
            _runs([_level(v, most) == level for v in row], i) for i, row in enumerate(cells)
        )
        if path:
            opacity = round(0.15 + 0.85 * (level - 1) / (LEVELS - 1), 2)
            paths.append(f'<path class="cell" stroke-opacity="{opacity:g}" d="{path}"/>')
    side = min(_LARGEST_CELL, _WIDEST / columns, _HIGHEST / rows)
    edge = f'<rect class="cells" width="{columns}" height="{rows}"/>'
    if frame is not None:
        paths.append(f'<rect class="frame" x="{frame[1]}" y="{frame[0]}" width="1" height="1"/>')
    body = f'<g transform="translate(2 2) scale({side:.4g})">{edge}{"".join(paths)}</g>'
    return drawing(body, title=title, desc=desc, height=math.ceil(rows * side) + 4)


def curves(
    x: Sequence[float],
    yours: Sequence[float],
    expected: Sequence[float] | None,
    *,
    title: str,
    desc: str,
    names: tuple[str, str],
    x_name: str = "x",
    threshold: float | None = None,
    threshold_name: str = "",
    scattered: bool = False,
) -> Markup:
    """A curve over another, and a threshold across them.

    Args:
        x: ascending, as long as `yours` and `expected`.
        names: what the two curves are called in the legend.
        scattered: draw `yours` as dots, where a line would only zigzag.
    """
    others = list(expected or ())
    limits = [] if threshold is None else [threshold]
    axes = Axes(x, [*yours, *others, *limits])
    parts = [axes.ruled(x_name)]
    if not scattered:
        parts.append(f'<path class="yours" d="{axes.line(x, yours)}"/>')
    if expected is not None:
        parts.append(f'<path class="expected" d="{axes.line(x, others)}"/>')
    if scattered:
        parts += _circles("dot", axes, x, yours, 3.0)
    parts += _threshold(axes, threshold)
    other = names[1] if expected is not None else ""
    dots = "yours" if scattered else ""
    shown = legend(names[0], other, threshold_name if limits else "", dots=dots)
    return drawing("".join([*parts, shown]), title=title, desc=desc)


def seeds(
    yours: Sequence[float],
    expected: Sequence[float],
    *,
    title: str,
    desc: str,
    names: tuple[str, str],
    x_name: str,
    threshold: float | None = None,
    threshold_name: str = "",
) -> Markup:
    """A value for each run beside the one that is expected for it, and the threshold."""
    places = [float(i + 1) for i in range(max(len(yours), len(expected)))]
    limits = [] if threshold is None else [threshold]
    axes = Axes(places, [*yours, *expected, *limits], whole_x=True)
    parts = [axes.ruled(x_name), *_threshold(axes, threshold)]
    for kind, values in (("ring", expected), ("dot", yours)):
        parts += _circles(kind, axes, places, values, 4.5)
    shown = legend(*names, threshold_name if limits else "", dots="yours expected")
    return drawing("".join([*parts, shown]), title=title, desc=desc)


def histogram(
    edges: Sequence[float],
    yours: Sequence[float],
    expected: Sequence[float] | None = None,
    *,
    title: str,
    desc: str,
    names: tuple[str, str] = ("", ""),
    x_name: str = "",
) -> Markup:
    """Bars, and the outline of those that are expected.

    Args:
        edges: ascending; one more than there are bars.
        yours, expected: heights, at least 0: counts or shares.
    """
    axes = Axes(edges, [0.0, *yours, *(expected or ())])
    parts = [axes.ruled(x_name)]
    low = axes.down(0.0)
    for i, height in enumerate(yours):
        left, right, top = axes.across(edges[i]), axes.across(edges[i + 1]), axes.down(height)
        if top < low:
            box = f'x="{left:g}" y="{top:g}" width="{right - left:.4g}" height="{low - top:.4g}"'
            parts.append(f'<rect class="bar" {box}/>')
    if expected is not None:
        path = f"M{axes.across(edges[0]):g} {low:g}"
        for i, height in enumerate(expected):
            path += f"V{axes.down(height):g}H{axes.across(edges[i + 1]):g}"
        parts.append(f'<path class="outline" d="{path}V{low:g}"/>')
    shown = legend(names[0], names[1] if expected is not None else "")
    return drawing("".join([*parts, shown]), title=title, desc=desc)


def _circles(
    kind: str, axes: Axes, x: Sequence[float], y: Sequence[float], radius: float
) -> list[str]:
    return [
        f'<circle class="{kind}" cx="{axes.across(one):g}" cy="{axes.down(other):g}" '
        f'r="{radius:g}"/>'
        for one, other in zip(x, y, strict=False)
        if math.isfinite(one) and math.isfinite(other)
    ]


def _threshold(axes: Axes, value: float | None) -> list[str]:
    if value is None or not math.isfinite(value):
        return []
    return [f'<path class="limit" d="M46 {axes.down(value):g}H{WIDTH - 10}"/>']


def _level(value: float, most: float) -> int:
    if not math.isfinite(value):
        return LEVELS
    return math.ceil(LEVELS * value / most) if most > 0 and value > 0 else 0


def _runs(row: Sequence[bool], number: int) -> str:
    """The path through the cells of a row that are wanted: a stroke a run, one unit wide."""
    path, column, at = "", 0, None
    while column < len(row):
        end = column
        while end < len(row) and row[end]:
            end += 1
        if end > column:
            move = f"M{column} {number}.5" if at is None else f"m{column - at} 0"
            path += f"{move}h{end - column}"
            at = end
        column = max(end, column + 1)
    return path
