"""Question, Answer, Failure, Ref: the whole talk with code that nobody trusts.

Both sides of the wall import this module; it holds data and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

Verb = Literal["call", "make", "keep", "read"]

Returns = str | tuple["Returns", ...]
"""What a call is asked to return: "value", "array", "held", or a tuple of these."""

Step = tuple[Literal["attribute", "index"], str | int]


class FailureKind(StrEnum):
    """Why a question got no usable answer."""

    MISSING = "missing"
    RAISED = "raised"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    CRASHED = "crashed"
    UNREADABLE = "unreadable"
    FLOODED = "flooded"

    @property
    def ends_the_item(self) -> bool:
        """Whether the process that answers is gone after such a failure."""
        return self not in (FailureKind.MISSING, FailureKind.RAISED, FailureKind.UNREADABLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """What went wrong inside a box: kind, one sentence, and the student's own line if known."""

    kind: FailureKind
    message: str
    where: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ref:
    """The address of an object that stays inside: the answer it came with, its place in it,
    and the attributes and indices to follow from there."""

    question: int
    part: int
    path: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """One tuple of arguments; values are those of `grader.wire`, or a Ref."""

    positional: tuple[Any, ...] = ()
    named: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One thing asked of the code in a box.

    verb `call`: call `target` (a function of the submission by name, or a Ref) once for each entry
    of `calls`; `make`: import `target` by dotted name and hold it; `keep`: hold the only argument;
    `read`: bring out what the Ref `target` points at.
    """

    id: int
    verb: Verb
    target: str | Ref
    calls: tuple[Arguments, ...] = (Arguments(),)
    returns: Returns = "value"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back: one value for each entry of the question's `calls`, or a Failure."""

    question: int
    values: tuple[Any, ...] = ()
    failure: Failure | None = None
