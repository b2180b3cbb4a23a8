from __future__ import annotations

import pytest

from grader.exports.templates import Templates

TEXTS = {
    "{name} is missing; the folder holds {others}.": "нет {name}; в папке {others}.",
    "{name} is missing.": "нет {name}.",
    "the submission does not load: {why}": "работа не загружается: {why}",
    "no answer within {limit} s": "нет ответа за {limit} с",
    "returned {what}; {asked} is asked": "возвращает {what}; нужно: {asked}",
    "{place} is {value}: {reason}.": "{place} — это {value}: {reason}.",
    "{name}: {reason}": "никогда",
    "Save it as UTF-8.": "Сохраните в UTF-8.",
    "a folder with {file}.{near}": "папка с {file}.{near}",
    " Known: {names}.": " Есть: {names}.",
    "nothing": "ничего",
    "grade": "оценка",
    "write {{a: 1}} for {x}": "пишите {{a: 1}} для {x}",
}
TEMPLATES = Templates(TEXTS)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("work.py is missing.", "нет work.py."),
        ("work.py is missing; the folder holds a, b.", "нет work.py; в папке a, b."),
        ("work.py is missing; the folder holds nothing.", "нет work.py; в папке ничего."),
        ("the submission does not load: no answer within 2 s",
         "работа не загружается: нет ответа за 2 с"),
        ("f(array (2,)): f returned a Net; a value is asked",
         "f(array (2,)): f возвращает a Net; нужно: a value"),
        ("work.py is missing. Save it as UTF-8.", "нет work.py. Сохраните в UTF-8."),
        ("work.py is missing. (some/folder)", "нет work.py. (some/folder)"),
        ("a folder with grade.yaml. Known: x, y.", "папка с grade.yaml. Есть: x, y."),
        ("file.yaml:3: points is -1: no answer within 1 s.",
         "file.yaml:3: points — это -1: нет ответа за 1 с."),
        ("write {a: 1} for y", "пишите {a: 1} для y"),
    ],
)  # fmt: skip
def test_a_sentence_finds_its_template(sentence, told):
    assert TEMPLATES.translated(sentence) == told


@pytest.mark.parametrize(
    "sentence",
    [
        "ValueError: boom",
        "ValueError: grade",
        "anything: whatever a student raises",
        "is missing",
        "",
        "no answer within 2 m",
    ],
)
def test_what_fits_no_template_is_nobody_s(sentence):
    assert TEMPLATES.translated(sentence) is None


def test_a_student_s_text_in_a_hole_stays():
    told = TEMPLATES.translated("the submission does not load: ValueError: grade")

    assert told == "работа не загружается: ValueError: grade"


def test_a_brace_in_a_hole_is_no_hole():
    assert TEMPLATES.translated("{0.__class__} is missing.") == "нет {0.__class__}."


def test_a_template_that_says_nothing_itself_fits_nothing():
    assert TEMPLATES.translated("left: right") is None


def test_a_text_too_long_to_be_a_sentence_is_left_alone():
    assert TEMPLATES.translated("the submission does not load: " + "a b " * 5_000) is None


def test_one_name_twice_holds_one_text():
    templates = Templates({"{x} has no reference/{x}": "у {x} нет reference/{x}"})

    assert templates.translated("a has no reference/a") == "у a нет reference/a"
    assert templates.translated("a has no reference/b") is None
