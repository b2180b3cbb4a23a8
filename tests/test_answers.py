from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import answers
from grader.answers import (
    Answers,
    ChoiceKey,
    ChoicesKey,
    NumberKey,
    free_text,
    judge,
    read_answers,
    read_keys,
)
from grader.errors import CourseError
from grader.findings import Evidence, Finding, Outcome
from grader.questions import Failure, FailureKind
from grader.rubric import Assignment, Item, Limits, Title
from grader.submission import Submission

TITLE = Title(en="t", ru="t")
NUMBER = NumberKey(value=4.54e-5, relative=0.01)


def handed_in(text: str | bytes | None, problem: str | None = None) -> Submission:
    return Submission(
        student="ada",
        files={},
        answers=text.encode() if isinstance(text, str) else text,
        digest="sha256:0",
        problem=None,
        answers_problem=problem,
        origin=Path("ada"),
    )


def judged(text: str | None, key: answers.Key, item: str = "questions.slope") -> Finding:
    return judge(item, read_answers(handed_in(text)), key)


@pytest.mark.parametrize(
    "text",
    ["4.54e-5", "4.54e-05", "'4.54e-5'", "0.0000454", '" 4,54e-5 "', "4.5e-5", "[4.54e-5]"],
)
def test_a_number_near_enough_passes_however_it_is_written(text):
    assert judged(f"slope: {text}\n", NUMBER).outcome is Outcome.PASSED


@pytest.mark.parametrize("text", ["4.6e-5", "-4.54e-5", "0", ".nan", ".inf", "1" * 400])
def test_a_number_that_is_not_near_fails(text):
    finding = judged(f"slope: {text}\n", NUMBER)

    assert (finding.outcome, finding.failure) == (Outcome.FAILED, None)


def test_a_wrong_number_says_what_was_given_and_not_what_is_right():
    finding = judged("slope: 0.5\n", NUMBER)

    assert finding.message == "slope: 0.5 is not right"


def test_the_evidence_of_a_wrong_number_holds_what_is_right():
    evidence = judged("slope: 0.5\n", NUMBER).evidence

    assert evidence is not None
    assert (evidence.given, evidence.expected, evidence.tolerance) == (0.5, 4.54e-5, 4.5e-7)


def test_an_absolute_bound_counts_where_it_is_the_wider():
    assert judged("slope: 0.1\n", NumberKey(value=0.0, absolute=0.2)).outcome is Outcome.PASSED


def test_without_a_bound_a_number_is_exact():
    assert judged("slope: 9\n", NumberKey(value=9.0)).outcome is Outcome.PASSED


@given(
    st.floats(-1e100, 1e100).filter(lambda value: value == 0 or abs(value) > 1e-100),
    st.floats(1e-6, 0.5),
)
def test_the_relative_bound_is_kept_on_both_sides(value, relative):
    key = NumberKey(value=value, relative=relative)
    near, far = value * (1 + 0.99 * relative), value * (1 + 1.01 * relative) + (value == 0)

    outcomes = [
        judge("slope", Answers(values={"slope": given}, lines={}), key).outcome
        for given in (near, far)
    ]

    assert outcomes == [Outcome.PASSED, Outcome.FAILED]


@pytest.mark.parametrize("text", ["slope:\n", "slope: ''\n", "slope: []\n", "other: 1\n", "", None])
def test_a_blank_is_no_answer(text):
    failure = judged(text, NUMBER).failure

    assert failure is not None
    assert (failure.kind, failure.message) == (FailureKind.MISSING, "no answer given")


@pytest.mark.parametrize(
    ("text", "key", "message"),
    [
        ("abc", NUMBER, 'slope: "abc" is not a number; write one number, such as 0.25 or 4e-5.'),
        ("true", NUMBER, 'slope: "True" is not a number; write one number'),
        ("[1, 2]", NUMBER, "slope: this is a list; write one number"),
        ("[a, b]", ChoiceKey(choice="a"), "slope: this is a list; write one option, such as b."),
    ],
)
def test_an_answer_of_the_wrong_type_gets_a_sentence(text, key, message):
    failure = judged(f"x: 1\nslope: {text}\n", key).failure

    assert failure is not None
    assert (failure.kind, failure.where) == (FailureKind.UNREADABLE, "answers.yaml:2")
    assert failure.message.startswith(message)


@pytest.mark.parametrize("text", ["b", "B", "' b '", "[b]", "b)", "(b)", "b.", "В"])
def test_the_right_option_passes(text):
    assert judged(f"slope: {text}\n", ChoiceKey(choice="b")).outcome is Outcome.PASSED


def test_a_wrong_option_fails_without_telling_the_right_one():
    assert judged("slope: a\n", ChoiceKey(choice="b")).message == "slope: a is not right"


def test_a_letter_of_another_alphabet_is_told_from_a_wrong_option():
    failure = judged("slope: б\n", ChoiceKey(choice="b")).failure

    assert failure is not None
    assert failure.message == 'slope: "б" is not in Latin letters; write one, such as b.'
    assert judged("slope: да\n", ChoiceKey(choice="да")).outcome is Outcome.PASSED


def test_an_option_may_be_a_word_of_yaml():
    assert judged("slope: no\n", ChoiceKey(choice="no")).outcome is Outcome.PASSED


@pytest.mark.parametrize(
    "text", ["[a, c]", "[c, A]", "[a, c, c]", "a, c", "'c,a'", "[а, с]", "а), с)"]
)
def test_the_right_options_pass_in_any_order(text):
    key = ChoicesKey(choices=frozenset("ac"))

    assert judged(f"slope: {text}\n", key).outcome is Outcome.PASSED


@pytest.mark.parametrize("text", ["[a]", "[a, b, c]", "a", "[a, b]"])
def test_too_few_or_too_many_options_fail(text):
    key = ChoicesKey(choices=frozenset("ac"))

    assert judged(f"slope: {text}\n", key).outcome is Outcome.FAILED


def test_an_answer_under_the_item_s_full_id_counts():
    assert judged("questions.slope: 4.54e-5\n", NUMBER).outcome is Outcome.PASSED


def test_what_is_shown_of_an_answer_is_inert():
    assert judged('slope: "\\e[31m"\n', ChoiceKey(choice="b")).message == (
        "slope: \\x1b[31m is not right"
    )


@pytest.mark.parametrize(
    ("text", "where", "message"),
    [
        ("a: [1\n", "answers.yaml:2", "not readable as YAML"),
        ("a: 1\na: 2\n", "answers.yaml:2", 'the key "a" stands here and on line 1'),
        ("a: &x 1\n", "answers.yaml:1", "anchors (&name) are not allowed"),
        ("b: 1\na: {x: 1}\n", "answers.yaml:2", "a is nested"),
        ("a: [[1]]\n", "answers.yaml:1", "a is nested"),
        ("- 1\n", "answers.yaml:1", "write one `question: answer` on a line"),
        (b"a: \xff\n", "answers.yaml:1", "is not UTF-8"),
        (b"a: " + b"x" * 70_000, None, "longer than the 65536 bytes"),
    ],
)
def test_unreadable_answers_are_a_failure_with_their_line(text, where, message):
    failure = read_answers(handed_in(text))

    assert isinstance(failure, Failure)
    assert (failure.kind, failure.where) == (FailureKind.UNREADABLE, where)
    assert message in failure.message


def test_answers_that_could_not_be_opened_are_a_failure():
    failure = read_answers(handed_in(None, problem="answers.yaml is a link."))

    assert isinstance(failure, Failure)
    assert failure.message == "answers.yaml is a link."


def test_a_failure_fails_every_question():
    failure = Failure(kind=FailureKind.UNREADABLE, message="x")

    assert judge("questions.slope", failure, NUMBER) == Finding(
        check="answer", outcome=Outcome.FAILED, message="x", failure=failure
    )


def course(folder: Path, key: str | None) -> Assignment:
    if key is not None:
        (folder / "answers.yaml").write_text(key)
    item = Item(id="questions.slope", title=TITLE, points=1.0, kind="answer")
    return Assignment(
        slug="vectors",
        schema=1,
        title=TITLE,
        arrays="numpy",
        files=("work.py",),
        given=(),
        returns=(),
        limits=Limits(),
        feedback="full",
        items=(Item(id="a", title=TITLE, points=1.0), item),
        folder=folder,
        secret=folder,
    )


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("{value: 4.54e-5, relative: 0.01}", NUMBER),
        ("{value: 1, absolute: 0.5}", NumberKey(value=1.0, absolute=0.5)),
        ("{choice: B}", ChoiceKey(choice="b")),
        ("{choice: 1}", ChoiceKey(choice="1")),
        ("{choices: [a, C]}", ChoicesKey(choices=frozenset("ac"))),
    ],
)
def test_a_key_is_read_under_the_item_s_id(tmp_path, text, key):
    assert read_keys(course(tmp_path, f"slope: {text}\n")) == {"questions.slope": key}


def test_an_assignment_without_questions_needs_no_key(tmp_path):
    whole = course(tmp_path, None)

    assert read_keys(dataclasses.replace(whole, items=whole.items[:1])) == {}


def test_questions_without_a_secret_half_are_the_course_s_mistake(tmp_path):
    with pytest.raises(CourseError, match="no reference/ with their key"):
        read_keys(dataclasses.replace(course(tmp_path, None), secret=None))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("slope: 1\n", "answers.yaml:1: slope is not a key. Write {value"),
        ("slope: {value: x}\n", "answers.yaml:1: slope is not a key."),
        ("slope: {value: .nan}\n", "answers.yaml:1: slope is not a key."),
        ("slope: {value: 1, relativ: 1}\n", "answers.yaml:1: slope is not a key."),
        ("slope: {choices: []}\n", "answers.yaml:1: slope is not a key."),
        (
            "slope: {choice: a}\nslop: {choice: a}\n",
            ':2: no item asks "slop". Did you mean "slope"?',
        ),
        ("", 'answers.yaml:1: no key for the item "questions.slope". Add slope.'),
        (None, "answers.yaml: there is no such file."),
    ],
)
def test_a_wrong_key_is_named_by_file_and_line(tmp_path, text, message):
    with pytest.raises(CourseError) as caught:
        read_keys(course(tmp_path, text))

    assert message in str(caught.value)


def written(text: str | None, problem: str | None = None) -> Finding:
    return free_text("questions.why", read_answers(handed_in(text, problem)))


def test_a_free_text_stands_in_the_evidence_and_waits():
    finding = written("why: |\n  Because the mean\n  is zero.\n")

    assert finding.outcome is Outcome.PENDING
    assert finding.evidence == Evidence(what="why", given="Because the mean\nis zero.")


@pytest.mark.parametrize("text", [None, "why:\n", "why: ' '\n", "why: []\n", "other: 1\n"])
def test_a_free_text_that_is_not_there_waits_too(text):
    finding = written(text)

    assert (finding.outcome, finding.message) == (Outcome.PENDING, "no answer given")


def test_a_free_text_that_cannot_be_read_says_why():
    finding = written(None, "answers.yaml is a link. Hand in the file itself.")

    assert finding.message == "answers.yaml is a link. Hand in the file itself."


def test_a_list_is_shown_a_part_a_line():
    assert written("why: [one, 2]\n").evidence == Evidence(what="why", given="one\n2")


def test_a_free_text_cannot_drive_a_terminal():
    assert written('why: "\\e[2Jgone"\n').evidence == Evidence(what="why", given="\\x1b[2Jgone")
