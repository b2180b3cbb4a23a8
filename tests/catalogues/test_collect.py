from __future__ import annotations

import ast

import pytest

from catalogues.collect import collected, holes, in_page, reads_as_prose


def texts(source: str) -> list[str]:
    return [one.text for one in collected(ast.parse(source))]


def test_what_is_said_is_collected_as_it_stands():
    assert texts('say("lost")') == ["lost"]


def test_a_sentence_is_collected_wherever_it_stands():
    assert texts('raise UsageError("there is no seed")') == ["there is no seed"]


def test_an_f_string_becomes_a_template():
    assert texts('f"{len(names)} files are in {folder.name}."') == [
        "{names} files are in {folder_name}."
    ]


def test_two_holes_of_one_name_are_told_apart():
    (text,) = texts('f"{a.name} is not {b.a.name} at all"')

    assert holes(text) == {"a_name", "a_name2"}


def test_one_value_in_two_holes_has_one_name():
    assert texts('f"{x} is here and {x} is there"') == ["{x} is here and {x} is there"]


def test_a_sentence_inside_another_s_hole_is_collected_too():
    assert "nobody at all" in texts("f\"it was {name or 'nobody at all'} again\"")


def test_a_brace_that_stands_for_itself_is_doubled():
    assert texts('f"write {{a: 1}} for {x} here"') == ["write {{a: 1}} for {x} here"]


def test_a_plural_is_collected_with_its_singular():
    (one,) = collected(ast.parse('say.plural("{n} file", "{n} files", n)'))

    assert (one.text, one.plural) == ("{n} file", "{n} files")


def test_a_context_is_collected_with_its_word():
    (one,) = collected(ast.parse('say.about("doctor", "missing")'))

    assert (one.text, one.context) == ("missing", "doctor")


def test_what_is_said_at_once_is_collected():
    assert texts('phrases(lang)("you")') == ["you"]


@pytest.mark.parametrize(
    "source",
    [
        '"""A docstring of two words."""',
        'add_argument("x", metavar="PATH or ITEM")',
        'x = "one_word"',
        'x = "relu.forward"',
        'x = "def forward(x): return x"',
    ],
)
def test_what_nobody_reads_in_a_run_is_left_out(source):
    assert texts(source) == []


@pytest.mark.parametrize("text", ["no answer given", "{name} is missing.", "at {place}"])
def test_a_part_of_a_sentence_reads_as_prose(text):
    assert reads_as_prose(text)


@pytest.mark.parametrize("text", ["utf-8", "{a}: {b}", "[0-9]+\\b", "x.py"])
def test_what_is_no_sentence_does_not(text):
    assert not reads_as_prose(text)


def test_what_a_page_says_is_collected():
    page = (
        """<p title="{{ say('On this page') }}">{{ say("of {n}").format(n=one.n) }} and more</p>"""
    )

    assert [one.text for one in in_page(page)] == ["On this page", "of {n}"]
