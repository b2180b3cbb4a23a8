"""Reading what comes out of a box: claims, cleaned before anyone sees them."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Protocol

from grader import wire
from grader.errors import WireError
from grader.inert import inert, is_inert
from grader.questions import Answer, Failure, FailureKind, Question
from grader.rubric import Limits

LONGEST_MESSAGE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What is loaded into a box: the submission's files and those that every box is given.

    `overlays` run after the first file, in its namespace: a misconception after the reference.
    Of the files that `scripts` names only definitions are loaded from the start; `asked` are the
    names that checks ask for, or empty where any may be: an assignment at top level that none of
    them needs does not run where definitions alone are loaded.
    """

    files: dict[str, str]
    given: dict[str, str]
    overlays: dict[str, str]
    scripts: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()

    @property
    def are_scripts(self) -> bool:
        """Whether of no file more than its definitions is ever loaded."""
        return set(self.files) <= set(self.scripts)


class Box(Protocol):
    """One submission behind the wall; its items are opened one after the other."""

    seconds: float
    """CPU seconds of the current check's questions so far (after `open_item`: of loading)."""
    definitions_alone: bool
    """Whether the files did not load as they are, so that their definitions alone are."""
    stumble: Failure | None
    """Why they did not, where their definitions did."""

    @property
    def item_is_open(self) -> bool:
        """Whether the item's process still answers."""
        ...

    def open_item(self, item: str, limits: Limits) -> Failure | None:
        """Start a fresh process for `item`; the failure if the submission does not load."""
        ...

    def ask(self, question: Question, check: str, limits: Limits) -> Answer:
        """The open item's answer to a question of `check`."""
        ...

    def close_item(self) -> str:
        """End the item's process; what it printed, cut to its limit."""
        ...

    def close(self) -> None:
        """End everything that is left of this box."""
        ...


class Opener(Protocol):
    """What opens boxes: a zygote, or where there is none, a spawner."""

    def open_box(self, sources: Sources) -> Box:
        """A new box that holds `sources`."""
        ...

    def close(self) -> None:
        """End it and what it keeps warm."""
        ...


def seed_of(name: str) -> int:
    """The seed of `random`, numpy and torch in a box, from a check's or an item's id."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big")


def answer_in(frame: bytes, question: Question) -> Answer | None:
    """The answer in an item's frame; None where it is not an answer to this question."""
    try:
        answer = wire.answer_from(*wire.unpack(frame))
    except WireError:
        return None
    if answer.question != question.id:
        return None
    if answer.failure is None:
        return answer
    return Answer(question=answer.question, failure=cleaned(answer.failure))


def broken(question: Question) -> Answer:
    """The answer that stands for bytes that are none."""
    failure = Failure(
        kind=FailureKind.UNREADABLE, message="the code's process sent bytes that are not an answer"
    )
    return Answer(question=question.id, failure=failure)


def cleaned(failure: Failure) -> Failure:
    """A failure as a claim from the box, fit to be shown: short, inert, the same on every run."""
    where = failure.where
    if where is not None and not re.fullmatch(r"[^\s/\\<>&]{1,100}:[0-9]{1,6}", where):
        where = None
    if where is not None and not is_inert(where):
        where = None
    return Failure(kind=failure.kind, message=shortened(failure.message), where=where)


def shortened(text: str) -> str:
    """One inert line of text without addresses and machine paths, which differ between runs."""
    text = re.sub(r"0x[0-9a-fA-F]{4,}", "0x…", text[: 4 * LONGEST_MESSAGE])
    # No repetition within a repetition: that would let a long path keep us busy for ever.
    text = re.sub(r"/[^\s'\":,;()]+/(?=[^/\s'\":,;()])", "…/", text)
    return re.sub(r"\s+", " ", inert(text)).strip()[:LONGEST_MESSAGE]
