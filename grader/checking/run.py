"""Running one check: its dialogue with two respondents, and the finding that comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.checking import expect
from grader.checking.check import Check
from grader.checking.code import Code, described
from grader.errors import BoxError, Failed, Mismatch
from grader.findings import FLAGGED, Evidence, Finding, Outcome
from grader.numeric.draw import Draw, ReplayEnded
from grader.pictures import Picture
from grader.questions import Arguments, Failure, FailureKind, Question, Ref, Returns
from grader.respondents import Dialogue, NewQuestion, Recorder, Respondent

ReturnsOf = Callable[[str], Returns]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What happened when a check was asked.

    Attributes:
        mismatches: every expectation that was not met, in order.
        failed: a question that got no usable answer, and so ended the check; None if none did.
        error: what broke in the check itself, or None.
        student, reference: the two halves of the dialogue.
        flags: what was too good, in order; it costs nothing.
        single: whether floats were in single precision, as on an accelerator.
    """

    mismatches: tuple[Mismatch, ...]
    failed: Failed | None
    error: Exception | None
    student: Dialogue
    reference: Dialogue
    flags: tuple[Evidence, ...] = ()
    single: bool = False

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """What there is to look at of the mismatches."""
        return tuple(picture for one in self.mismatches for picture in one.pictures)

    @property
    def is_clean(self) -> bool:
        """Whether everything that was expected came."""
        return not self.mismatches and self.failed is None and self.error is None


def run(
    check: Check,
    *,
    student: Respondent,
    reference: Respondent,
    draw: Draw,
    returns_of: ReturnsOf,
    seat: expect.Seat = "reference",
    single: bool = False,
) -> Run:
    """Ask `check`, with `reference` or a misconception (`seat`) in the reference's seat.

    `single` says that floats are in single precision where the answers come from.

    Raises:
        NewQuestion: a replayed half without a live one behind it was asked something new.
        BoxError: a box broke, which says nothing about anybody's code.
    """
    asked, wanted = Recorder(student), Recorder(reference)
    failed: Failed | None = None
    error: Exception | None = None
    flags: list[Evidence] = []

    def last() -> str | None:
        return _last_call(asked.dialogue)

    def before() -> list[Any]:
        return _first_arguments(asked.dialogue)

    with expect.collecting(seat=seat, called=last, asked=before, flags=flags) as mismatches:
        try:
            check(
                Code(asked, returns_of, "student", single=single),
                Code(wanted, returns_of, "reference", single=single),
                draw,
            )
        except Failed as ended:
            failed = ended
        except (NewQuestion, BoxError):
            raise
        except Exception as broke:  # a course author's code may raise anything, a CourseError too
            # A mismatch that settles it for a misconception is noted already.
            if not any(broke is noted for noted in mismatches):
                error = broke
    return Run(
        mismatches=tuple(mismatches),
        failed=failed,
        error=error,
        student=asked.dialogue,
        reference=wanted.dialogue,
        flags=tuple(flags),
        single=single,
    )


def finding_of(check: Check, ran: Run) -> Finding:
    """What a student's run says, given that the reference passes the same check.

    The first mismatch is the finding, and what broke after it is ignored. An exception in a check
    that the reference passes is the answers' fault; a draw that an answer changed is the author's,
    and a reference that runs out of time or memory, or crashes, is nobody's but ours.
    What is too good passes, with a message that begins with FLAGGED.
    """
    if isinstance(ran.error, ReplayEnded):
        text = f"{check.id}: its draws depend on an answer, so that it cannot be judged"
        return ungraded(check, text)
    if ran.mismatches:
        evidence = ran.mismatches[0].evidence
        return Finding(
            check=check.name, outcome=Outcome.FAILED, message=str(evidence), evidence=evidence
        )
    if ran.failed is not None and ran.failed.seat == "student":
        failure = ran.failed.failure
        return _failed(check, failure, f"{_call(ran.student)}: {failure.message}")
    if ran.failed is not None and ran.failed.failure.kind.ends_the_item:
        return ungraded(check, no_answer(ran.failed.failure))
    if ran.failed is not None or ran.error is not None:
        message = f"what came back cannot be judged: {_call(ran.student)} {_came_back(ran.student)}"
        return _failed(check, Failure(kind=FailureKind.UNREADABLE, message=message), message)
    if ran.flags:
        return Finding(
            check=check.name,
            outcome=Outcome.PASSED,
            message=f"{FLAGGED}{ran.flags[0]}",
            evidence=ran.flags[0],
        )
    return Finding(check=check.name, outcome=Outcome.PASSED)


def not_asked(check: Check, because: str) -> Finding:
    """The finding of a check that was not asked; `because` is a sentence."""
    return Finding(check=check.name, outcome=Outcome.BLOCKED, message=because)


def ungraded(check: Check, why: str) -> Finding:
    """The finding of a check that is broken on our side."""
    return Finding(check=check.name, outcome=Outcome.UNGRADED, message=why)


def no_answer(failure: Failure) -> str:
    """What is said of a reference that failed; THIS_TIME is what it may do otherwise next time."""
    if failure.kind.ends_the_item:
        return f"the reference gave no answer this time: {failure.message}"
    return f"the reference gave no answer: {failure.message}"


def _failed(check: Check, failure: Failure, message: str) -> Finding:
    return Finding(check=check.name, outcome=Outcome.FAILED, message=message, failure=failure)


def _call(dialogue: Dialogue) -> str:
    """The last call with the shapes of its arguments: `f_backward(array (4, 5), held)`."""
    if not dialogue:
        return "the check"
    return called(dialogue[-1][0])


def _last_call(dialogue: Dialogue) -> str | None:
    """The last question that called something; keeping and reading say nothing."""
    for question, _ in reversed(dialogue):
        if question.verb == "call":
            return called(question)
    return None


def _first_arguments(dialogue: Dialogue) -> list[Any]:
    """Those of the last two calls, the last one's first; fewer where there were none."""
    calls = [question.calls for question, _ in dialogue if question.verb == "call"]
    return [call[0].positional[0] for call in calls[:-3:-1] if call and call[0].positional]


def called(question: Question) -> str:
    """A question as people read it: the function and the shapes of its arguments."""
    arguments = question.calls[0] if question.calls else Arguments()
    parts = [_argument(value) for value in arguments.positional]
    parts += [f"{name}={_argument(value)}" for name, value in arguments.named.items()]
    target = "a held object" if isinstance(question.target, Ref) else question.target
    if question.verb in ("keep", "read"):
        return f"{question.verb} {target}".strip()
    return f"{target}({', '.join(parts)})"


def _argument(value: object) -> str:
    if isinstance(value, np.ndarray):
        return f"array {value.shape}" if value.ndim else f"array({value.item():.4g})"
    if isinstance(value, Ref):
        return "held"
    if isinstance(value, (bool, int, float)) or (isinstance(value, str) and len(value) <= 40):
        return repr(value)
    return described(value)


def _came_back(dialogue: Dialogue) -> str:
    if not dialogue or not dialogue[-1][1].values:
        return "gave nothing"
    return f"returned {described(dialogue[-1][1].values[0])}"
