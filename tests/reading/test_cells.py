from __future__ import annotations

import json

import pytest

from grader.errors import NotebookError
from grader.reading import cells
from tests.notebooks.forms import code, markdown, notebook


def read(*texts, most=1 << 16):
    """A notebook of a text cell and such code cells, so that the first of these is cell 2."""
    made = notebook([markdown("# Title"), *map(code, texts)])
    return cells.read(json.dumps(made).encode(), "work.ipynb", most)


def notes(found):
    return [note.sentence() for note in found.notes]


def test_a_line_of_the_module_has_its_place_in_a_cell():
    found = read("a = 1\n\nb = 2", "", "c = 3\nd = 4")
    lines = found.source.split("\n")

    assert found.place(1 + lines.index("b = 2")) == "work.ipynb, cell 2, line 3"
    assert found.place(1 + lines.index("d = 4")) == "work.ipynb, cell 4, line 2"


def test_without_code_a_place_is_the_notebook():
    assert read().place(1) == "work.ipynb"


def test_magics_leave_lines_where_they_are():
    found = read("%%time\n%cd x\nx = 1 / 0")

    assert found.place(1 + found.source.split("\n").index("x = 1 / 0")).endswith("line 3")


def test_a_broken_cell_takes_no_other_along():
    found = read("x = 1", "def f(:\n  pass", "y = 2")

    assert (found.source.split(), notes(found)) == (
        ["x", "=", "1", "y", "=", "2"],
        ["work.ipynb, cell 3, line 1 is not Python (invalid syntax); nothing of this cell is used"],
    )


def test_a_broken_cell_is_why_its_functions_are_missing():
    found = read("def f():\n  return (", "def g(): return 1")
    lost = found.why_missing("f")

    assert lost is not None
    assert lost.place == "work.ipynb, cell 2, line 2"
    assert found.why_missing("g") is None


@pytest.mark.parametrize(
    "text", ["x = '\ud800'", "x = '\0'", "x = " + "(" * 5000 + ")" * 5000, "x = " + "-" * 50_000]
)
def test_what_python_cannot_read_at_all_is_a_broken_cell(text):
    found = read(text, "y = 1")

    assert len(found.notes) == 1
    assert "y = 1" in found.source


def test_what_jupyter_alone_accepts_counts_as_code_too():
    with pytest.raises(NotebookError, match="holds 3 KiB of code; at most 2 KiB are read"):
        read("!" + "x" * 3500, most=2048)


def test_cells_of_other_languages_do_not_count():
    assert read("%%html\n" + "x" * 3500, most=2048).source.strip() == ""


def test_remarks_are_so_many_and_no_more():
    found = notes(read(*[f"a{number}" for number in range(20)]))

    assert (len(found), found[-1]) == (9, "work.ipynb: and 12 more remarks of this kind")


def test_names_in_remarks_are_inert():
    assert notes(read("%%writefile x\ndef f\u3164(): pass")) == [
        "work.ipynb, cell 2 begins with %%writefile and is not used; it would define f\\u3164"
    ]


def test_remarks_have_a_russian_form():
    from grader.exports.phrases import phrases

    (note,) = read("print(x)", "x = 1").notes

    assert note.sentence(phrases("ru")).startswith("work.ipynb: ячейка 2 использует x, а опред")


def test_the_outline_knows_places_and_not_what_was_printed():
    one, other, moved = read("x = 1"), read("x = 1"), read("", "x = 1")

    assert one.outline == other.outline != moved.outline
