from __future__ import annotations

from typing import Any

from grader.checking import expect
from grader.checking.check import check
from grader.checking.code import Code
from grader.checking.run import Run, finding_of, run
from grader.findings import Finding, Outcome
from grader.numeric.draw import Draw
from grader.questions import Answer, Question


class Constant:
    """Answers every question with one value."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def ask(self, question: Question) -> Answer:
        return Answer(question=question.id, values=(self.value,) * len(question.calls))


@check(item="training.converges")
def it_trains(student: Code, reference: Code, draw: Draw) -> None:
    """It trains."""

    def score_of(code: Code) -> Any:
        return lambda case: code.train(case)

    expect.converges(
        score_of(student),
        score_of(reference),
        [draw.normal(2) for _ in range(6)],
        what="accuracy",
        margin=0.1,
        ceiling=0.1,
        false_fail=1e-9,
        power="all",
    )


def ran(student: Any, *, seat: expect.Seat = "reference") -> Run:
    return run(
        it_trains,
        student=Constant(student),
        reference=Constant(0.5),
        draw=Draw(0),
        returns_of=lambda name: "value",
        seat=seat,
    )


def finding(student: Any) -> Finding:
    return finding_of(it_trains, ran(student))


def test_what_is_too_good_passes_with_a_flag():
    found = finding(0.9)

    assert found.outcome is Outcome.PASSED
    assert found.flagged is not None
    assert found.flagged.startswith("accuracy: yours 0.9, expected 0.5")
    assert found.evidence is not None
    assert found.evidence.called == "train(array (2,))"


def test_what_is_as_expected_passes_without_a_word():
    assert finding(0.55) == Finding(check="it_trains", outcome=Outcome.PASSED)


def test_what_falls_short_fails():
    assert finding(0.1).outcome is Outcome.FAILED


def test_a_flag_is_no_reason_against_a_run():
    assert ran(0.9).is_clean


def test_the_second_block_is_asked_of_suspects_alone():
    assert len(ran(0.5).student) == 3
    assert len(ran(0.1).student) == 6
    assert len(ran(0.5).reference) == 6


def test_a_training_that_gives_no_number_is_unreadable():
    found = finding("done")

    assert found.failure is not None
    assert found.failure.message == (
        "what came back cannot be judged: train(array (2,)) returned one str"
    )
