"""Outcome, Evidence, Finding: what a check saw."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from grader.questions import Failure

FLAGGED = "flagged: "
"""What the message of a finding begins with that passed, and that a person should look at."""
THIS_TIME = "the reference gave no answer this time: "
"""What the message of an ungraded finding begins with where another try may do: it ran out of time
or memory, or crashed. No `failure` stands there: that is a student's."""
LOADING = "loading"
"""What a finding is called that concerns no check, but how the submission loaded."""
POLICY = "policy"
"""What a finding is called that concerns no check, but what the assignment forbids."""

Shown = float | int | bool | str | None
"""What evidence shows of a value: a rounded number, or a short text such as `array (3, 4)`."""


class Outcome(StrEnum):
    """How a check or an item ended."""

    PASSED = "passed"
    FAILED = "failed"
    BLOCKED = "blocked"
    UNGRADED = "ungraded"
    PENDING = "pending"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where an answer differs from what is expected, in numbers.

    Attributes:
        what: the name of the thing compared, as the task text has it: `dx`.
        where: the index of the first place that differs, or None for the whole.
        given, expected: the two values there; text where a number says nothing (a shape, a type).
        error, tolerance: the size of the difference and what is allowed, in the same unit.
        called: the last call before, with the shapes of its arguments, or None.
        note: a sentence to add, or None.
    """

    what: str
    where: tuple[int, ...] | None = None
    given: Shown = None
    expected: Shown = None
    error: float | None = None
    tolerance: float | None = None
    called: str | None = None
    note: str | None = None

    def __str__(self) -> str:
        place = f" at [{', '.join(map(str, self.where))}]" if self.where else ""
        sentence = f"{self.what}{place}: yours {shown(self.given)}, expected {shown(self.expected)}"
        if self.error is not None and self.tolerance is not None:
            sentence += f" (error {self.error:.1e}, allowed {self.tolerance:.0e})"
        return f"{sentence}; {self.note}" if self.note else sentence


def shown(value: Shown) -> str:
    """A value as messages show it: four significant digits, text as it is."""
    if isinstance(value, bool) or not isinstance(value, float):
        return str(value)
    return f"{value:.4g}"


def rounded(value: float, digits: int = 4) -> float:
    """`value` to so many significant digits: what is the same on every CPU."""
    return float(f"{value:.{digits}g}") if math.isfinite(value) else value


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one check found. `misconception` and `hint` name what the student seems to believe."""

    check: str
    outcome: Outcome
    message: str | None = None
    evidence: Evidence | None = None
    failure: Failure | None = None
    misconception: str | None = None
    hint: str | None = None

    @property
    def flagged(self) -> str | None:
        """What was too good to be true, perhaps; it costs nothing."""
        if self.outcome is Outcome.PASSED and (self.message or "").startswith(FLAGGED):
            return (self.message or "").removeprefix(FLAGGED)
        return None
