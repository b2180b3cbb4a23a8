"""Picture: the few numbers behind a figure, kept beside a report for whoever would rather look.

DIR/<assignment>/<student>/pictures.json, by check. A report never depends on them. They show what
was expected, so that they are as secret as the check they belong to.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError, with_config

FILE = "pictures.json"
SCHEMA: Literal["grader.pictures/1"] = "grader.pictures/1"
BEGINS = f'{{"schema":"{SCHEMA}"'.encode()
MAX_BYTES = 200_000
"""So much of one submission's is kept; what does not fit is left out, from the end."""

MOST_CELLS = 40
"""So many rows and columns at most a map of errors has."""
MOST_POINTS = 200
_DIGITS = 4
_LONGEST = 2_500

Kind = Literal["errors", "curve", "slopes", "histogram", "runs"]
Numbers = Annotated[tuple[float, ...], Field(max_length=_LONGEST)]
Side = Annotated[int, Field(ge=0, le=1 << 40)]


@with_config(ConfigDict(extra="forbid", ser_json_inf_nan="constants"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What is drawn of one thing that is not as expected.

    Attributes:
        kind: `errors`: the sizes of what is wrong, in rows of `columns` cells, zero where nothing
            is; `curve`: values over x; `slopes`: the answer over its upstream gradient, over x;
            `histogram`: shares in bins between `x`; `runs`: a score for each run.
        what: the name of the thing in the task text.
        x, yours, expected: numbers of one length (of a histogram, x is one longer); `errors` has
            `yours` alone.
        columns: of `errors`; 0 elsewhere.
        frame: row and column of the cell with the first wrong value.
        shape: of the array that `errors` are of, before it was folded and pooled.
        wrong, total: how many values are wrong, of how many.
        threshold: the least score that passes, of `runs`.
    """

    kind: Kind
    what: Annotated[str, Field(max_length=300)]
    x: Numbers = ()
    yours: Numbers = ()
    expected: Numbers = ()
    columns: Side = 0
    frame: tuple[Side, Side] | None = None
    shape: Annotated[tuple[Side, ...], Field(max_length=32)] = ()
    wrong: Side = 0
    total: Side = 0
    threshold: float | None = None

    @property
    def is_whole(self) -> bool:
        """Whether its numbers fit each other, so that it can be drawn."""
        lengths = len(self.x), len(self.yours), len(self.expected)
        if self.kind == "errors":
            whole = 0 < self.columns <= MOST_CELLS and lengths[1] % self.columns == 0
            rows = lengths[1] // self.columns if whole else 0
            row, column = self.frame or (0, 0)
            return 0 < rows <= MOST_CELLS and row < rows and column < self.columns
        if self.kind == "histogram":
            ascending = all(math.isfinite(b - a) and a < b for a, b in pairwise(self.x))
            return lengths[0] >= 2 and ascending and lengths[1] == lengths[2] == lengths[0] - 1
        return lengths[0] >= 1 and len(set(lengths)) == 1

    @property
    def rows(self) -> list[tuple[float, ...]]:
        """The cells of `errors`."""
        return [self.yours[i : i + self.columns] for i in range(0, len(self.yours), self.columns)]


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    schema: Literal["grader.pictures/1"]
    checks: Annotated[
        dict[str, Annotated[tuple[Picture, ...], Field(max_length=8)]], Field(max_length=2_000)
    ]


_ADAPTER: TypeAdapter[_Kept] = TypeAdapter(_Kept)


def to_bytes(pictures: Mapping[str, Sequence[Picture]]) -> bytes:
    """The bytes of pictures.json, at most MAX_BYTES: by check id, in this order, while they fit."""
    parts, size = [], len(BEGINS) + len(b',"checks":{}}\n')
    for check, several in pictures.items():
        plain = json.dumps([_plain(one) for one in several], separators=(",", ":"))
        part = f"{json.dumps(check)}:{plain}"
        size += len(part.encode()) + 1
        if size > MAX_BYTES:
            break
        parts.append(part)
    return BEGINS + b',"checks":{' + ",".join(parts).encode() + b"}}\n"


def from_bytes(data: bytes) -> dict[str, tuple[Picture, ...]]:
    """Read pictures back, leaving out what cannot be drawn.

    Raises: ValueError when these are not bytes of `to_bytes`.
    """
    if len(data) > MAX_BYTES:
        raise ValueError(f"pictures of {len(data)} bytes")
    try:
        kept = _ADAPTER.validate_json(data)
    except ValidationError as wrong:
        raise ValueError(f"not pictures: {wrong.error_count()} mistakes") from None
    checks = {
        name: tuple(p for p in several if p.is_whole) for name, several in kept.checks.items()
    }
    return {name: several for name, several in checks.items() if several}


def rounded(values: Iterable[float]) -> tuple[float, ...]:
    """Numbers as they are kept: four digits each, which is more than a screen shows."""
    return tuple(float(f"{value:.{_DIGITS}g}") for value in values)


def _plain(picture: Picture) -> dict[str, Any]:
    """Without what says nothing; whole numbers without their `.0`."""
    value = {key: part for key, part in asdict(picture).items() if part not in (None, (), 0)}
    for key in ("x", "yours", "expected"):
        if key in value:
            value[key] = [_short(number) for number in value[key]]
    return value


def _short(number: float) -> float | int:
    whole = math.isfinite(number) and number == int(number) and abs(number) < 1e9
    return int(number) if whole else number
