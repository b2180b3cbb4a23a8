"""What is hidden stays hidden: whatever a hidden check saw, the page is the same bytes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader.exports.pages import student
from grader.exports.redaction import for_students
from grader.findings import FLAGGED, LOADING, POLICY, Evidence, Finding, Outcome
from grader.pictures import Picture
from grader.questions import Failure, FailureKind
from tests.exports.test_terminal import ASSIGNMENT, report, result

WORK = {"work.py": b"def center(x):\n    return x\n\n\ndef scale(x):\n    return 2 * x\n"}
FIRST = Evidence(
    what="dx", where=(1, 2), given=-0.9436, expected=-0.1887, error=0.75, tolerance=1e-4,
    called="center(array (4, 5))", note="one note",
)  # fmt: skip
OTHER = Evidence(
    what="dw", where=(7,), given=2.5, expected="array (3,)", error=0.1, tolerance=1e-5,
    called="scale(array (3,))", note="another note",
)  # fmt: skip
HIDDEN = Finding(
    check="hidden", outcome=Outcome.FAILED, message=str(FIRST), evidence=FIRST,
    misconception="divides_twice", hint="Look at the mean.",
)  # fmt: skip
RAISED = Finding(
    check="hidden", outcome=Outcome.FAILED, message="center raised ValueError: 0.123",
    failure=Failure(kind=FailureKind.RAISED, message="raised ValueError: 0.123", where="work.py:2"),
)  # fmt: skip
PICTURES = {
    "center/hidden": (
        Picture(kind="curve", what="dx", x=(0.0, 1.0), yours=(5.0, 6.0), expected=(7.0, 8.0)),
    )
}
TEXTS = student.CourseTexts(
    assignment=ASSIGNMENT,
    visible=frozenset({"center/open", "scale/open"}),
    hidden=frozenset({"center/hidden", "center/hidden_too", f"center/{LOADING}"}),
    titles={"center/hidden": "A title that tells all", "center/open": "An open title"},
    hints={"divides_twice": "Look at the mean.", "adds": "Look at the sum."},
)


def page(*findings: Finding, feedback: str, pictures=None, lang: str = "en", **facts) -> str:
    outcome = facts.pop("outcome", Outcome.FAILED)
    one = report(result("center", outcome, *findings, **facts), result("scale", Outcome.PASSED))
    texts = replace(TEXTS, assignment=replace(ASSIGNMENT, feedback=feedback))
    return student.page(one, texts, lang, work=WORK, pictures=pictures or {})


CHANGES = {
    "the message": replace(HIDDEN, message="another"),
    "the evidence": replace(HIDDEN, evidence=OTHER, message=str(OTHER)),
    "the call": replace(HIDDEN, evidence=replace(FIRST, called="scale(array (9,))")),
    "the place": replace(HIDDEN, evidence=replace(FIRST, where=(0, 0))),
    "a number": replace(HIDDEN, evidence=replace(FIRST, expected=0.5)),
    "the note": replace(HIDDEN, evidence=replace(FIRST, note="n" * 99)),
    "the check": replace(HIDDEN, check="hidden_too"),
    "a failure": replace(RAISED, hint=HIDDEN.hint),
    "the line of a failure": replace(
        RAISED, hint=HIDDEN.hint, failure=replace(RAISED.failure, where="work.py:5")
    ),
    "the misconception": replace(HIDDEN, misconception="a_name_without_a_text"),
}


@pytest.mark.parametrize("feedback", ["hints", "outcome"])
@pytest.mark.parametrize("changed", CHANGES.values(), ids=CHANGES)
def test_a_page_does_not_depend_on(changed, feedback):
    assert page(changed, feedback=feedback) == page(HIDDEN, feedback=feedback)


@pytest.mark.parametrize("feedback", ["hints", "outcome"])
def test_a_page_does_not_depend_on_hidden_pictures(feedback):
    assert page(HIDDEN, feedback=feedback, pictures=PICTURES) == page(HIDDEN, feedback=feedback)


def test_with_outcomes_alone_a_page_does_not_depend_on_the_hint():
    other = replace(HIDDEN, hint="Look at the sum.", misconception="adds")

    assert page(other, feedback="outcome") == page(HIDDEN, feedback="outcome")


def test_with_hints_a_hint_is_shown():
    assert "Look at the mean." in page(HIDDEN, feedback="hints")


def test_with_hints_a_failure_without_one_leaves_no_trace():
    assert page(RAISED, feedback="hints") == page(feedback="hints")


def test_with_outcomes_alone_even_the_number_of_hidden_failures_is_hidden():
    assert page(HIDDEN, RAISED, feedback="outcome") == page(feedback="outcome")


def test_a_hidden_check_by_the_name_of_a_remark_is_hidden_too():
    named = replace(HIDDEN, check=LOADING)

    assert page(named, feedback="outcome") == page(HIDDEN, feedback="outcome")


def test_points_and_outcome_are_always_shown():
    shown = page(HIDDEN, feedback="outcome")

    assert "0 of 1" in shown
    assert "A hidden check was not passed." in shown


@pytest.mark.parametrize(
    "part",
    ["−0.1887", "−0.9436", "dx [1, 2]", "center(array (4, 5))", "one note",
     "A title that tells all",
     "Look at the mean.", "<svg class=\"figure\"", 'class="line marked"'],
)  # fmt: skip
def test_full_feedback_shows_all(part):
    shown = page(HIDDEN, feedback="full", pictures=PICTURES)

    assert part in shown


@pytest.mark.parametrize("feedback", ["full", "hints", "outcome"])
@pytest.mark.parametrize("part", ["−0.1887", "An open title", 'class="line marked"', "dx [1, 2]"])
def test_a_visible_check_is_always_shown_whole(feedback, part):
    assert part in page(replace(HIDDEN, check="open"), feedback=feedback)


@pytest.mark.parametrize("feedback", ["full", "hints", "outcome"])
def test_the_name_of_a_misconception_is_never_shown(feedback):
    assert "divides_twice" not in page(HIDDEN, replace(HIDDEN, check="open"), feedback=feedback)


@pytest.mark.parametrize("feedback", ["full", "hints", "outcome"])
def test_a_flag_leaves_no_trace(feedback):
    flag = Finding(check="open", outcome=Outcome.PASSED, message=f"{FLAGGED}x", evidence=FIRST)
    policy = replace(flag, check=POLICY)

    bare = page(feedback=feedback, outcome=Outcome.PASSED)
    assert page(flag, policy, feedback=feedback, outcome=Outcome.PASSED) == bare


@pytest.mark.parametrize("feedback", ["full", "hints", "outcome"])
def test_our_own_traceback_leaves_no_trace(feedback):
    ours = Finding(check="hidden", outcome=Outcome.UNGRADED, message="Traceback: checks.py:3")
    other = replace(ours, message="another")

    assert page(ours, feedback=feedback, outcome=Outcome.UNGRADED) == page(
        other, feedback=feedback, outcome=Outcome.UNGRADED
    )


@pytest.mark.parametrize("feedback", ["full", "hints", "outcome"])
def test_how_the_files_load_is_always_shown(feedback):
    broken = Finding(
        check=LOADING, outcome=Outcome.FAILED, message="does not load: no",
        failure=Failure(kind=FailureKind.RAISED, message="no", where="work.py:1"),
    )  # fmt: skip
    one = report(result("scale", Outcome.FAILED, broken))
    texts = replace(TEXTS, assignment=replace(ASSIGNMENT, feedback=feedback))

    shown = student.page(one, texts, "en", work=WORK)

    assert "does not load: no" in shown
    assert 'class="line marked"' in shown


def answer(*findings: Finding, feedback: str) -> str:
    one = report(result("questions.mean", Outcome.FAILED, *findings))
    return student.page(
        one, replace(TEXTS, assignment=replace(ASSIGNMENT, feedback=feedback)), "en"
    )


KEY = Evidence(what="mean", given=3.0, expected=4.125, error=1.1, tolerance=0.5)


@pytest.mark.parametrize("feedback", ["full", "hints", "outcome"])
def test_the_key_of_a_question_is_never_shown(feedback):
    wrong = Finding(
        check="answer", outcome=Outcome.FAILED, message="mean: 3 is not right", evidence=KEY
    )
    other = replace(wrong, evidence=replace(KEY, expected=9.0, error=2.0, tolerance=0.1))

    assert answer(wrong, feedback=feedback) == answer(other, feedback=feedback)


def test_a_wrong_answer_is_told_in_the_reader_s_language():
    wrong = Finding(
        check="answer", outcome=Outcome.FAILED, message="mean: 3 is not right", evidence=KEY
    )
    one = report(result("questions.mean", Outcome.FAILED, wrong))

    assert "mean: 3 неверно" in student.page(one, TEXTS, "ru")


@pytest.mark.parametrize("feedback", ["full", "hints", "outcome"])
def test_an_answer_that_cannot_be_read_is_always_told(feedback):
    unread = Finding(
        check="answer", outcome=Outcome.FAILED, message="no answer given",
        failure=Failure(kind=FailureKind.MISSING, message="no answer given", where="answers.yaml"),
    )  # fmt: skip

    assert "no answer given" in answer(unread, feedback=feedback)


def test_nothing_of_a_finding_that_passed_is_left():
    passed = replace(HIDDEN, outcome=Outcome.PASSED)
    seen = for_students(
        report(result("center", Outcome.PASSED, passed)), PICTURES, assignment=ASSIGNMENT,
        visible=frozenset(),
    )  # fmt: skip

    assert seen.report.items[0].findings == ()


@pytest.mark.parametrize("feedback", ["full", "hints", "outcome"])
def test_a_text_that_waits_for_a_person_is_shown_to_its_author(feedback):
    text = Evidence(what="essay", given="Because <b>", expected="a secret", note="another")
    waits = Finding(check="answer", outcome=Outcome.PENDING, evidence=text)
    one = report(result("essay", Outcome.PENDING, waits))
    texts = replace(TEXTS, assignment=replace(ASSIGNMENT, feedback=feedback))

    shown = student.page(one, texts, "en")

    assert "you wrote: Because &lt;b&gt;" in shown
    assert "secret" not in shown


def test_a_remark_on_the_files_is_a_note():
    remark = Finding(check=LOADING, outcome=Outcome.PASSED, message="definitions alone")
    seen = for_students(
        report(result("scale", Outcome.PASSED, remark)), {}, assignment=ASSIGNMENT,
        visible=frozenset(),
    )  # fmt: skip

    assert seen.notes == ("definitions alone",)


def test_a_free_text_answer_is_its_student_s_own():
    evidence = Evidence(what="why", given="because the mean is zero")
    answer = Finding(check="answer", outcome=Outcome.PENDING, evidence=evidence)
    one = report(result("essay", Outcome.PENDING, answer))
    texts = replace(TEXTS, assignment=replace(ASSIGNMENT, feedback="outcome"))

    assert "because the mean is zero" in student.page(one, texts, "en", work={}, pictures={})
