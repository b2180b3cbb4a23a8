"""Where a difference goes: noted by whoever collects, raised where nobody does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Literal

from grader.errors import Mismatch
from grader.findings import Evidence

Seat = Literal["reference", "misconception"]
"""Who answers in the reference's place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Collector:
    seat: Seat
    mismatches: list[Mismatch]
    flags: list[Evidence]
    called: Callable[[], str | None]


_collector: ContextVar[_Collector | None] = ContextVar("collector", default=None)


@contextmanager
def collecting(
    *,
    seat: Seat = "reference",
    called: Callable[[], str | None] = lambda: None,
    flags: list[Evidence] | None = None,
) -> Iterator[list[Mismatch]]:
    """Note mismatches in the list this yields, in order, instead of raising the first.

    `called` says what was asked last, and goes into the evidence. What is too good goes into
    `flags`; it is no mismatch.

    With a misconception in the reference's seat, NaN and infinities match in the same places: a
    wrong solution may well be infinite where the student's is.
    """
    kept: list[Evidence] = [] if flags is None else flags
    collector = _Collector(seat=seat, mismatches=[], flags=kept, called=called)
    token = _collector.set(collector)
    try:
        yield collector.mismatches
    finally:
        _collector.reset(token)


def judge(evidence: Evidence | None) -> None:
    """Note a difference, if there is one; bare, raise it.

    Raises: Mismatch where nobody collects.
    """
    if evidence is None:
        return
    collector = _collector.get()
    if collector is None:
        raise Mismatch(evidence)
    collector.mismatches.append(Mismatch(replace(evidence, called=collector.called())))


def flag(evidence: Evidence) -> None:
    """Note what a person should look at; bare, nobody is there to be told."""
    collector = _collector.get()
    if collector is not None:
        collector.flags.append(replace(evidence, called=collector.called()))


def noted() -> int:
    """How many mismatches have been noted so far."""
    collector = _collector.get()
    return 0 if collector is None else len(collector.mismatches)


def misconception_seated() -> bool:
    """Whether a misconception answers in the reference's place."""
    collector = _collector.get()
    return collector is not None and collector.seat == "misconception"
