"""Who answers a check's questions: a box, a recorded dialogue, or both in turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from grader.questions import Answer, Arguments, Failure, FailureKind, Question, Ref, Returns
from grader.rubric import Limits
from grader.sandbox.talk import Box


class Respondent(Protocol):
    """Anything that answers questions in order."""

    def ask(self, question: Question) -> Answer:
        """The answer to `question`; an answer with a failure where there is none."""
        ...


Dialogue = list[tuple[Question, Answer]]
"""Questions of one half of a check with their answers, in order."""


class NewQuestion(Exception):  # noqa: N818 - an event, not an error
    """A replayed dialogue was asked something that it does not hold."""


@dataclass(slots=True)
class Recorder:
    """Passes questions on and keeps the dialogue."""

    respondent: Respondent
    dialogue: Dialogue = field(default_factory=list)

    def ask(self, question: Question) -> Answer:
        """Ask the respondent and note both."""
        answer = self.respondent.ask(question)
        self.dialogue.append((question, answer))
        return answer


@dataclass(slots=True)
class Replay:
    """Answers from a recorded dialogue, by position.

    At the first question that differs from the record, `live` is opened, asked what was asked so
    far, and answers from then on: what it holds must exist there too. A call by name that takes and
    gives nothing held leaves nothing behind in code of ours, and is not asked again: it may be a
    whole training. Without `live` the difference is a NewQuestion.
    """

    dialogue: Dialogue
    live: Callable[[], Respondent] | None = None
    _asked: list[Question] = field(default_factory=list)
    _opened: Respondent | None = None

    def ask(self, question: Question) -> Answer:
        """The recorded answer where the question agrees with the record, else a live one."""
        position = len(self._asked)
        if (
            self._opened is None
            and position < len(self.dialogue)
            and agrees(question, self.dialogue[position][0])
        ):
            self._asked.append(question)
            return self.dialogue[position][1]
        if self.live is None:
            raise NewQuestion(f"question {position} is not in the record")
        if self._opened is None:
            self._opened = self.live()
            for earlier in filter(_leaves_something, self._asked):
                self._opened.ask(earlier)
        self._asked.append(question)
        return self._opened.ask(question)


def _leaves_something(question: Question) -> bool:
    """Whether later questions can depend on what this one did inside."""
    if question.verb != "call" or isinstance(question.target, Ref) or _held(question.returns):
        return True
    return any(_refers((call.positional, call.named)) for call in question.calls)


def _held(returns: Returns) -> bool:
    return any(map(_held, returns)) if isinstance(returns, tuple) else returns == "held"


def _refers(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_refers, value.values()))
    return isinstance(value, Ref) or (isinstance(value, (tuple, list)) and any(map(_refers, value)))


def agrees(question: Question, recorded: Question) -> bool:
    """Whether two questions are the same up to rounding.

    Everything is exact but floats, which may differ by 1e-9 of the largest of their array: other
    CPUs round the author's arithmetic differently.
    """
    return (
        (question.verb, question.target, question.returns)
        == (recorded.verb, recorded.target, recorded.returns)
        and len(question.calls) == len(recorded.calls)
        and all(map(_same_arguments, question.calls, recorded.calls))
    )


def _same_arguments(mine: Arguments, theirs: Arguments) -> bool:
    return _same(mine.positional, theirs.positional) and _same(mine.named, theirs.named)


def _same(mine: Any, theirs: Any) -> bool:
    if type(mine) is not type(theirs):
        return False
    if isinstance(mine, np.ndarray):
        return mine.dtype == theirs.dtype and mine.shape == theirs.shape and _near(mine, theirs)
    if isinstance(mine, float):
        return _near(np.asarray(mine), np.asarray(theirs))
    if isinstance(mine, (tuple, list)):
        return len(mine) == len(theirs) and all(map(_same, mine, theirs))
    if isinstance(mine, dict):
        return list(mine) == list(theirs) and all(_same(mine[key], theirs[key]) for key in mine)
    return bool(mine == theirs)


def _near(mine: np.ndarray, theirs: np.ndarray) -> bool:
    equal = np.array_equal(mine, theirs)
    if equal or mine.dtype.kind != "f":
        return bool(equal)
    finite = np.isfinite(theirs)
    if not np.array_equal(finite, np.isfinite(mine)):
        return False
    scale = np.max(np.abs(theirs), where=finite, initial=0.0)
    with np.errstate(all="ignore"):  # infinity minus itself, where it does not count
        close = np.abs(np.where(finite, mine - theirs, 0.0)) <= 1e-9 * scale
    same = np.where(finite, close, (mine == theirs) | (np.isnan(mine) & np.isnan(theirs)))
    return bool(same.all())


class Seated:
    """Sources in a box that opens when it is first needed, and answers for one item at a time."""

    def __init__(self, open_box: Callable[[], Box]) -> None:
        """`open_box` makes the box; nothing runs before the first `open` or question."""
        self._open_box = open_box
        self._box: Box | None = None
        self._item: str | None = None
        self._failure: Failure | None = None

    def open(self, item: str, limits: Limits) -> Failure | None:
        """Start `item` in a fresh process; the failure if the sources do not load."""
        if self._box is None:
            self._box = self._open_box()
        self._item = item
        self._failure = self._box.open_item(item, limits)
        return self._failure

    def on(self, check: str, item: str, limits: Limits) -> Respondent:
        """Who answers the questions of `check`, an item's process being opened where it must."""
        return _Seat(self, check, item, limits)

    @property
    def is_open(self) -> bool:
        """Whether the item's process still answers."""
        return self._box is not None and self._box.item_is_open

    @property
    def seconds(self) -> float:
        """CPU seconds of the last check that was asked, or of loading."""
        return 0.0 if self._box is None else self._box.seconds

    @property
    def definitions_alone(self) -> bool:
        """Whether the files did not load as they are, so that their definitions alone are."""
        return self._box is not None and self._box.definitions_alone

    @property
    def stumble(self) -> Failure | None:
        """Why the files did not load as they are, where their definitions alone did."""
        return None if self._box is None else self._box.stumble

    def printed(self) -> str:
        """What the open item printed; it is ended by this."""
        return "" if self._box is None else self._box.close_item()

    def close(self) -> None:
        """End the box."""
        if self._box is not None:
            self._box.close()
        self._box = None
        self._item = None

    def ask(self, question: Question, check: str, item: str, limits: Limits) -> Answer:
        """One answer of `item`'s process, which is started if another's is open."""
        if self._item != item or self._box is None:
            self.open(item, limits)
        failure = self._failure
        if failure is None and not self.is_open:
            failure = _ENDED
        if failure is not None:
            return Answer(question=question.id, failure=failure)
        assert self._box is not None
        return self._box.ask(question, check, limits)


_ENDED = Failure(
    kind=FailureKind.CRASHED, message="the process that answers had ended before it was asked"
)


@dataclass(frozen=True, slots=True)
class _Seat:
    seated: Seated
    check: str
    item: str
    limits: Limits

    def ask(self, question: Question) -> Answer:
        return self.seated.ask(question, self.check, self.item, self.limits)
