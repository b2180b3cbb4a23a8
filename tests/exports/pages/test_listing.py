from __future__ import annotations

import json

import pytest

from grader.exports.pages.listing import (
    LONGEST_LINE,
    MOST_LINES,
    find,
    find_function,
    listing,
    listings,
)
from tests.html_pages import Page

SOURCE = (
    "import math\n\n\ndef twice(x):\n    return 2 * x  # <b>\n\n\ndef twice(x):\n    return x\n"
)


def text(line) -> str:
    return "".join(Page(str(line.code)).texts)


def test_a_listing_has_the_lines_of_the_source():
    assert [text(line) for line in listing("a.py", SOURCE).lines] == SOURCE.splitlines()


def test_markup_in_code_is_text():
    assert Page(str(listing("a.py", SOURCE).lines[4].code)).tags == {"span"}


def test_words_have_colours():
    assert '<span class="k">def</span>' in listing("a.py", SOURCE).lines[3].code


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("a\tb", "a    b"),
        ("x = '\x1b[2J\u202e\0'", "x = '\\x1b[2J\\u202e\\x00'"),
        ("a\xa0b", "a\\xa0b"),
        ("##[group] ::error::", "##[group] ::error::"),
    ],
)
def test_what_is_not_visible_is_written_as_an_escape(source, shown):
    assert text(listing("a.py", source).lines[0]) == shown


@pytest.mark.parametrize("source", ["", "\n", "\n\n", "def f(:\n  '''", "'''\n\n\nx", "\\\n" * 9])
def test_there_are_as_many_lines_as_in_the_source(source):
    assert len(listing("a.py", source).lines) == source.count("\n") + (
        not source.endswith("\n")
    ) * bool(source)


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_lines_end_as_python_ends_them(ends):
    assert len(listing("a.py", SOURCE.replace("\n", ends)).lines) == SOURCE.count("\n")


def test_a_run_of_blank_lines_that_would_take_the_lexer_minutes_is_not_coloured():
    lines = listing("a.py", "def f():\n" + "\n " * 3_000).lines

    assert lines[0].code == "def f():"


def test_what_nobody_wrote_by_hand_is_cut():
    long = listing("a.py", "x" * 9_000 + "\n" * 9_000)

    assert long.cut
    assert (len(long.lines), len(text(long.lines[0]))) == (MOST_LINES, LONGEST_LINE)


def test_the_last_definition_of_a_function_counts():
    assert listing("a.py", SOURCE).line_of("twice").number == 8


@pytest.mark.parametrize(
    ("where", "number"),
    [
        ("a.py:5", 5),
        ("a.py:99", None),
        ("b.py:1", None),
        ("a.py:0", None),
        (None, None),
        ("", None),
    ],
)
def test_a_place_is_found_by_file_and_line(where, number):
    line = find([listing("a.py", SOURCE)], where)

    assert (line and line.number) == number


@pytest.mark.parametrize(
    ("called", "number"),
    [("twice(array (4,))", 8), ("thrice(1)", None), ("a held object(1)", None), (None, None)],
)
def test_the_function_of_a_call_is_found(called, number):
    line = find_function([listing("a.py", SOURCE)], called)

    assert (line and line.number) == number


NOTEBOOK = json.dumps(
    {
        "cells": [
            {"cell_type": "markdown", "source": "# <script>"},
            {"cell_type": "code", "source": "def f(x):\n    return x"},
            {"cell_type": "code", "source": "  "},
            {"cell_type": "code", "source": "def f(x):\n    return 2 * x"},
        ],
        "metadata": {"grader": {"file": "work (1).ipynb"}},
    }
).encode()


def test_a_notebook_is_its_code_cells_by_number():
    names = [one.name for one in listings({"work.ipynb": NOTEBOOK})]

    assert names == ["work (1).ipynb, cell 2", "work (1).ipynb, cell 4"]


def test_a_place_in_a_notebook_is_found():
    line = find(listings({"work.ipynb": NOTEBOOK}), "work (1).ipynb, cell 4, line 2")

    assert text(line) == "    return 2 * x"


def test_a_function_in_a_notebook_is_the_last_cell_s():
    shown = listings({"work.ipynb": NOTEBOOK})

    assert find_function(shown, "f(1)") is shown[1].lines[0]


def test_a_line_of_a_cell_is_called_as_the_report_calls_it():
    assert listings({"work.ipynb": NOTEBOOK})[0].place(2) == "work (1).ipynb, cell 2, line 2"


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b'{"cells": [1]}', b"[" * 100_000, b"\xff"])
def test_what_is_no_notebook_of_ours_is_not_shown(data):
    assert listings({"work.ipynb": data}) == []
