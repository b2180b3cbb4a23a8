from __future__ import annotations

import pytest

from grader.exports.phrases import phrases


def test_a_phrase_is_said_in_russian():
    assert phrases("ru")("hint: {text}") == "подсказка: {text}"


@pytest.mark.parametrize("lang", ["en", "de"])
def test_a_language_that_we_lack_is_english(lang):
    assert phrases(lang)("hint: {text}") == "hint: {text}"


def test_a_phrase_that_is_not_ours_stays():
    assert phrases("ru")("what a student wrote") == "what a student wrote"


def test_nothing_is_said_by_nothing():
    assert phrases("ru")("") == ""


@pytest.mark.parametrize(
    ("count", "said"), [(1, "1 пункт"), (3, "3 пункта"), (11, "11 пунктов"), (21, "21 пункт")]
)
def test_russian_has_three_plurals(count, said):
    form = phrases("ru").plural("{count} item", "{count} items", count)

    assert form.format(count=count) == said


@pytest.mark.parametrize(("count", "said"), [(1, "{count} item"), (2, "{count} items")])
def test_english_has_two_plurals(count, said):
    assert phrases("en").plural("{count} item", "{count} items", count) == said


def test_a_word_has_another_sense_elsewhere():
    say = phrases("ru")

    assert say("missing") != say.about("doctor", "missing")


def test_a_sentence_of_the_engine_is_told_in_russian():
    said = phrases("ru").sentence("no answer within 2 s of computing")

    assert said == "нет ответа за 2 с вычислений"


def test_an_english_reader_gets_the_sentence_as_it_is():
    assert phrases("en").sentence("no answer within 2 s of computing").startswith("no answer")


def test_lines_are_told_one_by_one():
    said = phrases("ru").sentence("graded again, it differs:\n-points: 3.0")

    assert said == "проверено заново, есть отличия:\n-points: 3.0"
