"""Weights as they are asked for and compared."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np

from grader import Code, Draw, expect

Arguments = tuple[Any, ...]
Check = Any  # what `check` makes; the words a course may import do not name its type

SEEDS = 8
"""So many of the reference's results are pooled."""


def generator(code: Code, seed: int) -> Any:
    """A torch generator inside the box."""
    return code.make("torch.Generator")().manual_seed(int(seed))


def weights_of(code: Code, function: str, arguments: Arguments, seeds: Any) -> list[Any]:
    """What the function gives with a generator of each seed."""
    ask = getattr(code, function)
    return [as_double(ask(*arguments, generator=generator(code, seed))) for seed in seeds]


def as_double(value: Any) -> Any:
    """The same in float64, part by part: float32 will do, and integers or bool for a mask."""
    if isinstance(value, (tuple, list)):
        return [as_double(part) for part in value]
    if isinstance(value, np.ndarray) and value.dtype.kind in "biuf":
        return value.astype(np.float64)
    return value


def vector(value: Any) -> Any:
    """A vector in float64, also from a list of numbers."""
    if isinstance(value, (tuple, list)) and all(np.ndim(part) == 0 for part in value):
        return np.asarray([float(part) for part in value])
    return as_double(value)


def spelt(function: str, arguments: Arguments) -> str:
    """A call as people write it."""
    return f"{function}({', '.join(map(str, arguments))})"


def layers_of(draw: Draw, dims: tuple[int, ...]) -> list[np.ndarray]:
    """Weights from each width to the next, of mixed signs and a small mean."""
    return [
        draw.normal(din, dout, scale=1.3 / math.sqrt(din), shift=0.2 / din)
        for din, dout in pairwise(dims)
    ]


def each_close(given: Any, wanted: np.ndarray, what: str) -> None:
    """Each number of a vector agrees within 1 % of itself, however small it is."""
    if expect.like(given, wanted, what=what):
        for layer, (mine, theirs) in enumerate(zip(given, wanted, strict=True)):
            expect.close(mine, theirs, what=f"{what}[{layer}]", tolerance=1e-2)
