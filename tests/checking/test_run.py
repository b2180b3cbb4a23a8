from __future__ import annotations

import numpy as np
import pytest

from grader import check, expect
from grader.checking import run as running
from grader.errors import BoxError, CourseError, Failed
from grader.findings import THIS_TIME, Outcome
from grader.numeric.draw import Draw
from grader.questions import Arguments, Failure, FailureKind, Question, Ref
from grader.respondents import NewQuestion, Replay
from tests.plain import Plain, returns_of


@check(item="square")
def squares(student, reference, draw):
    """The squares are right."""
    for size in (2, 3):
        x = draw.normal(size)
        given, wanted = (code.square(x) for code in (student, reference))
        expect.close(given, wanted, what=f"square{size}")


def square(x):
    return x * x


def cube(x):
    return x * x * x


def ran(function, *, reference=square, of=squares, **options):
    student = function if hasattr(function, "ask") else Plain(square=function)
    seated = reference if hasattr(reference, "ask") else Plain(square=reference)
    options = {"draw": Draw(0), **options}
    return running.run(of, student=student, reference=seated, returns_of=returns_of, **options)


def found(function, **options):
    of = options.get("of", squares)
    return running.finding_of(of, ran(function, **options))


def test_right_answers_pass():
    assert found(square).outcome is Outcome.PASSED


def test_a_run_without_a_difference_is_clean():
    assert [ran(square).is_clean, ran(cube).is_clean] == [True, False]


def test_the_first_difference_is_the_finding():
    finding = found(cube)

    assert (finding.outcome, finding.evidence.what) == (Outcome.FAILED, "square2")
    assert finding.message == str(finding.evidence)


def test_every_difference_is_noted_and_the_check_goes_on():
    assert [one.evidence.what for one in ran(cube).mismatches] == ["square2", "square3"]


def test_the_dialogue_of_both_is_whole_whatever_was_answered():
    halves = ran(cube)

    assert [len(halves.student), len(halves.reference)] == [2, 2]


def test_the_evidence_says_what_was_called():
    assert found(cube).evidence.called == "square(array (2,))"


def broken(x):
    raise ValueError("no")


def test_a_question_without_an_answer_is_the_finding():
    finding = found(broken)

    assert finding.failure.kind is FailureKind.RAISED
    assert finding.message == "square(array (2,)): ValueError: no"


def test_a_difference_before_a_failure_comes_first():
    def wrong_then_broken(x):
        return cube(x) if len(x) == 2 else broken(x)

    assert found(wrong_then_broken).evidence.what == "square2"


def test_a_failure_ends_the_check():
    assert len(ran(broken).student) == 1


@check(item="square")
def adds(student, reference, draw):
    """The answers can be added."""
    expect.close(sum(student.square.many([(1.0,), (2.0,)])), 5.0, what="sum")


def test_an_answer_that_breaks_the_check_is_unreadable():
    finding = found(lambda x: "text", of=adds)

    assert finding.failure.kind is FailureKind.UNREADABLE
    assert finding.message == "what came back cannot be judged: square(1.0) returned one str"


class Dead:
    """A seat whose process ends while it answers."""

    def __init__(self, kind, name="reference"):
        self.failure, self.name = Failure(kind=kind, message="it was too much"), name

    def ask(self, question):
        raise Failed(self.failure, self.name)


@pytest.mark.parametrize("kind", ["timed_out", "out_of_memory", "crashed"])
def test_a_reference_that_ends_is_nobodys_fault_but_ours(kind):
    finding = found(square, reference=Dead(FailureKind(kind)))

    assert finding.outcome is Outcome.UNGRADED
    assert finding.message == f"{THIS_TIME}it was too much"
    assert finding.failure is None  # a failure is a student's


@check(item="square")
def refuses(student, reference, draw):
    """The check itself complains."""
    if student.square(1.0) != 1.0:
        raise CourseError("not like that")


def test_so_is_one_that_makes_the_check_complain_of_its_author():
    assert found(lambda x: 2.0, of=refuses).failure.kind is FailureKind.UNREADABLE


def test_a_reference_that_cannot_answer_what_an_answer_led_to_is_too():
    finding = found(square, reference=broken)

    assert finding.failure.kind is FailureKind.UNREADABLE


@check(item="square")
def asks_nothing(student, reference, draw):
    """It asks nothing."""
    student.square.many([])
    raise ValueError


def test_a_question_of_no_calls_can_be_said():
    assert "square()" in found(square, of=asks_nothing).message


@check(item="square")
def draws_by_the_answer(student, reference, draw):
    """It draws by the answer."""
    for _ in range(int(student.square(1.0))):
        draw.normal(2)


def test_draws_that_depend_on_an_answer_are_the_authors_fault():
    recorded = Draw(0)
    ran(square, of=draws_by_the_answer, draw=recorded)
    finding = found(lambda x: 3, of=draws_by_the_answer, draw=Draw.replaying(recorded.log))

    assert finding.outcome is Outcome.UNGRADED


def test_a_question_that_a_record_does_not_hold_is_passed_on():
    with pytest.raises(NewQuestion):
        ran(Replay([]))


class Broken:
    """A box that broke."""

    def ask(self, question):
        raise BoxError("it broke")


@pytest.mark.parametrize("seat", ["student", "reference"])
def test_a_box_that_broke_is_passed_on(seat):
    seats = (Broken(), square) if seat == "student" else (square, Broken())

    with pytest.raises(BoxError):
        ran(seats[0], reference=seats[1])


def nowhere(x):
    return np.full_like(x, np.nan)


def test_what_is_not_finite_matches_a_misconception_only():
    believed = ran(nowhere, reference=nowhere, seat="misconception")
    expected = ran(nowhere, reference=nowhere)

    assert [believed.is_clean, expected.is_clean] == [True, False]


@pytest.mark.parametrize(("seat", "asked"), [("reference", 2), ("misconception", 1)])
def test_the_first_mismatch_settles_it_for_a_misconception(seat, asked):
    differed = ran(cube, seat=seat)

    assert (len(differed.reference), differed.error, differed.is_clean) == (asked, None, False)


def test_a_check_that_was_not_asked_says_why():
    finding = running.not_asked(squares, "not asked: it had ended")

    assert (finding.outcome, finding.message) == (Outcome.BLOCKED, "not asked: it had ended")


def question(*positional, verb="call", target="f", **named):
    calls = (Arguments(positional=positional, named=named),)
    return Question(id=0, verb=verb, target=target, calls=calls)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (question(np.zeros((2, 3)), np.array(1.5)), "f(array (2, 3), array(1.5))"),
        (question(1, 2.5, "mean", None), "f(1, 2.5, 'mean', None)"),
        (question(Ref(question=0, part=0), decay=0.9), "f(held, decay=0.9)"),
        (question([1, 2]), "f(a list of 2)"),
        (question("x" * 41), "f(one str)"),
        (question(target=Ref(question=0, part=0)), "a held object()"),
        (question(1, verb="keep", target=""), "keep"),
        (question(verb="read", target=Ref(question=0, part=0)), "read a held object"),
    ],
    ids=str,
)
def test_a_question_is_said_as_people_read_it(asked, words):
    assert running.called(asked) == words
