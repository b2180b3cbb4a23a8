from __future__ import annotations

from dataclasses import replace

import pytest

from grader.exports.phrases import phrases
from grader.exports.sentences import conflict_sentence, edit_sentence, finding_sentence
from grader.findings import Evidence, Finding, Outcome
from grader.questions import Failure, FailureKind
from grader.report import Edit, Was

RU, EN = phrases("ru"), phrases("en")
EVIDENCE = Evidence(
    what="output of the function",
    given="array (2, 3)",
    expected="finite numbers",
    note="a function this far off carries nothing forward",
)
EDIT = Edit(
    who="petrov",
    when="2026-11-26",
    what="a: 1 points instead of 0 (pending)",
    why="хорошо",
    item="a",
    points=1.0,
    was=Was(outcome=Outcome.PENDING, points=0.0),
)


def failed(message, **facts):
    return Finding(check="c", outcome=Outcome.FAILED, message=message, **facts)


def failure(kind, message):
    return failed(message, failure=Failure(kind=kind, message=message))


def test_evidence_is_told_with_its_words():
    assert finding_sentence(failed(str(EVIDENCE), evidence=EVIDENCE), "ru") == (
        "результат функции: у вас массив (2, 3), ожидается конечные числа; "
        "функция, настолько далёкая от верной, ничего не переносит"
    )


def test_an_english_reader_gets_the_message_of_the_report():
    assert finding_sentence(failed(str(EVIDENCE), evidence=EVIDENCE), "en") == str(EVIDENCE)


def test_an_answer_s_message_keeps_what_is_expected_to_itself():
    right = Evidence(what="mean", given=3.0, expected=4.0)

    assert (
        finding_sentence(failed("mean: 3 is not right", evidence=right), "ru") == "mean: 3 неверно"
    )


def test_a_failure_of_ours_is_told():
    said = finding_sentence(failure(FailureKind.MISSING, "there is no relu in work.py"), "ru")

    assert said == "нет relu в work.py"


def test_a_student_s_exception_stays_and_its_kind_is_told():
    said = finding_sentence(failure(FailureKind.RAISED, "ValueError: shapes do not fit"), "ru")

    assert said == "исключение: ValueError: shapes do not fit"


def test_a_mark_is_told_with_who_and_why():
    assert edit_sentence(EDIT, RU) == "оценка человека (petrov): хорошо"


def test_a_mark_on_a_graded_item_says_what_it_was():
    graded = replace(EDIT, was=Was(outcome=Outcome.FAILED, points=0.0))

    assert edit_sentence(graded, EN).endswith(" (without the mark: failed, 0 points)")


@pytest.mark.parametrize(
    ("conflict", "said"),
    [
        ("made on another submission", "поставлена за другую работу"),
        (
            "made when the item was pending with 0 points",
            "поставлена, когда у пункта было: ждёт, баллов 0",
        ),
    ],
)
def test_a_conflict_is_told(conflict, said):
    text = conflict_sentence(replace(EDIT, conflict=conflict), RU)

    assert text == f"оценка от 2026-11-26 (petrov): {said}"


def test_what_a_person_writes_cannot_drive_a_terminal():
    assert "\x1b" not in edit_sentence(replace(EDIT, why="\x1b[2J"), EN)
