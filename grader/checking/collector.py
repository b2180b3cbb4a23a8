"""Where a difference goes: noted by whoever collects, raised where nobody does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any, Literal

from grader.errors import Mismatch
from grader.findings import Evidence
from grader.pictures import Picture

Seat = Literal["reference", "misconception"]
"""Who answers in the reference's place."""
Sketch = Callable[[Evidence, Sequence[Any]], tuple[Picture, ...]]
"""Pictures of a difference, from its evidence and the first arguments of the calls before, the last
call's first."""

MOST_PICTURES = 4
"""So many pictures at most a check has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Collector:
    seat: Seat
    mismatches: list[Mismatch]
    flags: list[Evidence]
    called: Callable[[], str | None]
    asked: Callable[[], Sequence[Any]]


_collector: ContextVar[_Collector | None] = ContextVar("collector", default=None)


@contextmanager
def collecting(
    *,
    seat: Seat = "reference",
    called: Callable[[], str | None] = lambda: None,
    asked: Callable[[], Sequence[Any]] = tuple,
    flags: list[Evidence] | None = None,
) -> Iterator[list[Mismatch]]:
    """Note mismatches in the list this yields, in order, instead of raising the first.

    `called` says what was asked last, and goes into the evidence; `asked` gives the first arguments
    of the calls before, the last call's first, for pictures. What is too good goes into
    `flags`; it is no mismatch.

    With a misconception in the reference's seat, NaN and infinities match in the same places: a
    wrong solution may well be infinite where the student's is. The first mismatch is raised as well
    there: it settles that this is not what the student believes.
    """
    kept: list[Evidence] = [] if flags is None else flags
    collector = _Collector(seat=seat, mismatches=[], flags=kept, called=called, asked=asked)
    token = _collector.set(collector)
    try:
        yield collector.mismatches
    finally:
        _collector.reset(token)


def judge(evidence: Evidence | None, sketch: Sketch | None = None, *, each: bool = False) -> None:
    """Note a difference, if there is one, with pictures; bare, or of a misconception, raise it.

    Args:
        sketch: draws it. Only the first difference of a check is drawn, which is its finding,
            unless `each` is: arrays that are compared one by one, such as a network's layers.
    Raises: Mismatch where nobody collects, or a misconception is seated.
    """
    if evidence is None:
        return
    collector = _collector.get()
    if collector is None:
        raise Mismatch(evidence)
    evidence = replace(evidence, called=collector.called())
    drawn = sum(len(mismatch.pictures) for mismatch in collector.mismatches)
    pictures: tuple[Picture, ...] = ()
    wanted = collector.seat == "reference" and drawn < MOST_PICTURES
    if sketch is not None and wanted and (each or not collector.mismatches):
        # A picture is a luxury: strange numbers may cost it, and never the finding.
        with suppress(ArithmeticError, IndexError, TypeError, ValueError):
            pictures = sketch(evidence, collector.asked())[: MOST_PICTURES - drawn]
    collector.mismatches.append(Mismatch(evidence, pictures))
    if collector.seat == "misconception":
        raise collector.mismatches[-1]


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
