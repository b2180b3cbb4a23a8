"""A way in for strangers' bytes: what it is given, and what may come of it.

A reader's `make` gives an input, well-formed work that was spoiled; its `read` hands this to our
code and says whether a value came or the documented error. Anything else that comes out is a find.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from grader.inert import is_inert

MIB = 1 << 20
VALUE, REFUSED = "a value", "the documented error"
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A way in.

    Attributes:
        make: an input, from a generator of random numbers.
        read: hands it to our code: VALUE or REFUSED.
        per_byte, floor: reading n bytes never has more than `per_byte * n + floor` bytes of memory
            allocated at once.
        share: how many of a hundred inputs are its own.
    """

    name: str
    make: Callable[[random.Random], bytes]
    read: Callable[[bytes], str]
    per_byte: int
    floor: int
    share: int

    def spoiled(self, seed: str, number: int) -> bytes:
        """The input of that number: the same one wherever it is made."""
        return self.make(random.Random(f"{seed}/{self.name}/{number}"))


def refused(error: Exception, beginning: str = "") -> str:
    """REFUSED, where what the error says is fit to be shown.

    Raises: AssertionError where it is not.
    """
    said = str(error)
    assert is_inert(said)
    assert said.startswith(beginning)
    assert said
    return REFUSED
