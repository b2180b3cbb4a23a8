"""Pictures as figures, with what they show in words."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from grader.exports.pages import figures
from grader.exports.pages.numbers import number
from grader.exports.phrases import phrases
from grader.pictures import Picture

_WAY_OF_A_LINE = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A figure, its title, and the sentence below it."""

    svg: Markup
    title: str
    caption: str


def draw(picture: Picture, lang: str) -> Drawn:
    """A whole picture (`is_whole`) as a figure."""
    say = phrases(lang)
    return {
        "errors": _errors,
        "curve": _curve,
        "slopes": _curve,
        "histogram": _histogram,
        "runs": _runs,
    }[picture.kind](picture, say)


def _errors(picture: Picture, say: Callable[[str], str]) -> Drawn:
    title = say("Where {what} is wrong").format(what=picture.what)
    finite = [value for value in picture.yours if math.isfinite(value)]
    shape = f"({', '.join(map(str, picture.shape))}{',' if len(picture.shape) == 1 else ''})"
    counted = say("{wrong} of {total} values are wrong, shape {shape}.").format(
        wrong=picture.wrong, total=picture.total, shape=shape
    )
    said = [counted]
    if (most := max(finite, default=0.0)) > 0:
        sentence = say("The largest error is {most}: the stronger the colour, the larger.")
        said.append(sentence.format(most=number(most)))
    if len(finite) < len(picture.yours):
        said.append(say("Some values are not finite."))
    desc = " ".join(said)
    if picture.frame:
        said.append(say("The frame is round the first wrong value."))
    svg = figures.heat_map(picture.rows, title=title, desc=desc, frame=picture.frame)
    return Drawn(svg=svg, title=title, caption=" ".join(said))


def _curve(picture: Picture, say: Callable[[str], str]) -> Drawn:
    if picture.kind == "curve":
        title = say("{what} over the argument of the call").format(what=picture.what)
        caption = say("Each point is one value.")
    else:
        title = say("{what} as a slope: divided by the upstream gradient").format(what=picture.what)
        caption = say("Each point is one value, over the input of the call before.")
    svg = figures.curves(
        picture.x,
        picture.yours,
        picture.expected,
        title=title,
        desc=_compared(picture, say),
        names=(say("yours"), say("expected")),
        scattered=_zigzags(picture.yours),
    )
    return Drawn(svg=svg, title=title, caption=caption)


def _zigzags(values: Sequence[float]) -> bool:
    """Whether a line through the values would cross their range again and again."""
    finite = [value for value in values if math.isfinite(value)]
    way = math.fsum(abs(b - a) for a, b in pairwise(finite))
    return way > _WAY_OF_A_LINE * (max(finite, default=0.0) - min(finite, default=0.0))


def _histogram(picture: Picture, say: Callable[[str], str]) -> Drawn:
    title = say("How {what} is distributed").format(what=picture.what)
    caption = say("{total} numbers of yours; the height is the share of a bin.").format(
        total=picture.total
    )
    svg = figures.histogram(
        picture.x,
        picture.yours,
        picture.expected,
        title=title,
        desc=_compared(picture, say),
        names=(say("yours"), say("expected")),
    )
    return Drawn(svg=svg, title=title, caption=caption)


def _runs(picture: Picture, say: Callable[[str], str]) -> Drawn:
    title = picture.what[:1].upper() + picture.what[1:]
    caption = say("One dot for each data set; the mean of yours must reach the threshold.")
    svg = figures.seeds(
        picture.yours,
        picture.expected,
        title=title,
        desc=_compared(picture, say),
        names=(say("yours"), say("expected")),
        x_name=say("data set"),
        threshold=picture.threshold,
        threshold_name=say("threshold"),
    )
    return Drawn(svg=svg, title=title, caption=caption)


def _compared(picture: Picture, say: Callable[[str], str]) -> str:
    """Both in words: the least and the largest value of each."""

    def range_of(values: tuple[float, ...]) -> str:
        finite = [value for value in values if math.isfinite(value)]
        return f"{number(min(finite))} … {number(max(finite))}" if finite else "NaN"

    return say("Yours: {yours}; expected: {expected}.").format(
        yours=range_of(picture.yours), expected=range_of(picture.expected)
    )
