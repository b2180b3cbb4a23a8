"""Draw: the random inputs of a check, from a seed or from a record of an earlier run."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from grader.errors import CourseError

T = TypeVar("T")
Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Entry = tuple[str, Any]
"""One line of a log: the method that was called, and what it handed out."""

_ATTEMPTS = 1000
_CLEARANCE = 1e-2
_SMALLEST_POWER, _LARGEST_POWER = -1.7, 1.5


class ReplayEnded(ValueError):
    """A check asks a replayed Draw for something that the record does not hold at this place."""


class Draw:
    """Random inputs that depend on the seed alone, never on an answer.

    Arrays are float64 (labels, integers and permutations int64), made by numpy's PCG64 and never
    by torch, whose streams change with size, layout and processor. An empty shape gives a 0-d
    array. What was handed out stands in `log`, as copies: a check may write into its arrays.
    """

    def __init__(self, seed: int | Sequence[int]) -> None:
        self._generator = np.random.Generator(np.random.PCG64(seed))
        self._log: list[Entry] = []
        self._record: list[Entry] | None = None
        self._depth = 0

    @classmethod
    def replaying(cls, values: Iterable[Entry]) -> Self:
        """A Draw that hands out `values`, the `log` of another, in order.

        Its methods raise ReplayEnded, a ValueError, once the values run out, and where the next
        one was made by another method or has another shape.
        """
        draw = cls(seed=0)
        draw._record = list(values)
        return draw

    @property
    def log(self) -> list[Entry]:
        """(method name, value) of everything handed out so far, in order."""
        return list(self._log)

    def normal(self, *shape: int, scale: float = 1.0, shift: float = 0.0) -> Floats:
        """Normal numbers of mean `shift` and standard deviation `scale`, of this shape."""
        return self._hand(
            "normal", lambda: np.asarray(self._generator.normal(shift, scale, shape)), shape
        )

    def uniform(self, *shape: int, low: float = 0.0, high: float = 1.0) -> Floats:
        """Uniform numbers in [low, high), of this shape."""
        return self._hand(
            "uniform", lambda: np.asarray(self._generator.uniform(low, high, shape)), shape
        )

    def away_from(self, kinks: float | Sequence[float], shape: int | tuple[int, ...]) -> Floats:
        """Numbers of mixed scale and random sign, none nearer than 0.01 to a kink.

        The size is 10**U(-1.7, 1.5), 0.02 to 32, so that one draw visits small values, tails, and
        both sides of any threshold or clip in between, where normal numbers rarely go.

        Raises: CourseError where the kinks leave no room.
        """
        forbidden = np.atleast_1d(np.asarray(kinks, dtype=np.float64))
        dimensions = (shape,) if isinstance(shape, int) else tuple(shape)

        def make() -> Floats:
            values = np.empty(math.prod(dimensions))
            missing = np.ones(values.shape, dtype=bool)
            for _ in range(_ATTEMPTS):
                values[missing] = self._mixed_scale(int(missing.sum()))
                missing[:] = np.any(np.abs(values[:, None] - forbidden) < _CLEARANCE, axis=1)
                if not missing.any():
                    return values.reshape(dimensions)
            raise CourseError(f"draw.away_from: kinks={kinks!r} leave no room for a value")

        return self._hand("away_from", make, dimensions)

    def upstream(self, *shape: int) -> Floats:
        """A gradient from above: normal numbers pushed 0.1 away from zero, of this shape.

        Never ones (they hide a backward pass that ignores it), never near zero (that hides the
        error of the place it multiplies).
        """

        def make() -> Floats:
            values = self._generator.normal(size=shape)
            return np.asarray(np.copysign(np.abs(values) + 0.1, values))

        return self._hand("upstream", make, shape)

    def labels(self, n: int, classes: int) -> Integers:
        """`n` class labels, int64 in [0, classes)."""
        return self._hand("labels", lambda: self._generator.integers(0, classes, n), (n,))

    def integers(self, low: int, high: int, *shape: int) -> Any:
        """Integers in [low, high): an int64 array of this shape, or one int without a shape."""
        if not shape:
            return self._hand("integers", lambda: int(self._generator.integers(low, high)), ())
        return self._hand("integers", lambda: self._generator.integers(low, high, shape), shape)

    def permutation(self, n: int) -> Integers:
        """The numbers 0 … n-1 in random order, int64."""
        return self._hand("permutation", lambda: self._generator.permutation(n), (n,))

    def choice(self, options: Sequence[T]) -> T:
        """One of the options, each as likely as another."""
        if not len(options):
            raise CourseError("draw.choice: options is empty")
        return self._hand("choice", lambda: options[int(self._generator.integers(len(options)))])

    def until(self, make: Callable[[], T], accept: Callable[[T], object]) -> T:
        """Call `make` until `accept` is true of its value; return that value.

        Both may use this Draw; only the value that was accepted is logged, so that a replay calls
        neither. They must ask no one: a draw never depends on an answer.

        Raises: CourseError when none of 1000 values was accepted.
        """

        def search() -> T:
            for _ in range(_ATTEMPTS):
                value = make()
                if accept(value):
                    return value
            raise CourseError(f"draw.until: none of {_ATTEMPTS} values was accepted")

        return self._hand("until", search)

    def _mixed_scale(self, n: int) -> Floats:
        sizes = 10.0 ** self._generator.uniform(_SMALLEST_POWER, _LARGEST_POWER, n)
        return np.where(self._generator.random(n) < 0.5, -sizes, sizes)

    def _hand(self, method: str, make: Callable[[], T], shape: tuple[int, ...] | None = None) -> T:
        value: T
        if self._record is not None:
            value = self._next_recorded(method, shape)
        else:
            self._depth += 1
            try:
                value = make()
            finally:
                self._depth -= 1
        if self._depth == 0:
            self._log.append((method, copy.deepcopy(value)))
        return value

    def _next_recorded(self, method: str, shape: tuple[int, ...] | None) -> Any:
        assert self._record is not None
        place = len(self._log)
        if place >= len(self._record):
            raise ReplayEnded(f"the record holds {place} draws; draw.{method} is one more")
        recorded, value = self._record[place]
        if recorded != method:
            raise ReplayEnded(f"draw {place} was made by {recorded}; the check asks {method}")
        if shape is not None and np.shape(value) != shape:
            raise ReplayEnded(
                f"draw {place} ({method}) has shape {np.shape(value)}; the check asks {shape}"
            )
        return copy.deepcopy(value)
