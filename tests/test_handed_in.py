from __future__ import annotations

from dataclasses import replace

import nbformat
import pytest

from grader import handed_in, submission
from grader.exports.pages.listing import listings
from grader.reading import cells
from tests.vectors import SUBMISSIONS, own_desk


def notebook_of(*cells_: tuple[str, str]) -> bytes:
    made = nbformat.v4.new_notebook()
    new = {"code": nbformat.v4.new_code_cell, "text": nbformat.v4.new_markdown_cell}
    made.cells = [new[kind](source) for kind, source in cells_]
    return nbformat.writes(made).encode()


DATA = notebook_of(
    ("text", "# A title"),
    ("code", "import numpy as np\n%pip install numpy"),
    ("text", "words"),
    ("code", "def center(x):\n    return x"),
    ("code", "center(1)"),
)


@pytest.fixture(name="from_notebook")
def a_notebook():
    read = cells.read(DATA, "vectors (1).ipynb", 1 << 16)
    plain = submission.read(SUBMISSIONS / "right", own_desk().course.assignment)
    files = {"vectors.py": read.source.encode()}
    return replace(plain, files=files, notebooks={"vectors.py": read})


def test_a_source_is_kept_byte_by_byte():
    read = submission.read(SUBMISSIONS / "right", own_desk().course.assignment)

    assert handed_in.kept(read) == {
        "vectors.py": (SUBMISSIONS / "right" / "vectors.py").read_bytes()
    }


def test_a_notebook_is_kept_as_one_that_nbformat_accepts(from_notebook):
    (data,) = handed_in.kept(from_notebook).values()

    nbformat.validate(nbformat.reads(data.decode(), as_version=4))


def test_cells_keep_their_numbers_and_their_code(from_notebook):
    kept = nbformat.reads(handed_in.kept(from_notebook)["vectors.ipynb"].decode(), as_version=4)

    assert [cell.cell_type for cell in kept.cells] == [
        "markdown", "code", "markdown", "code", "code",
    ]  # fmt: skip
    assert kept.cells[3].source == "def center(x):\n    return x"
    assert kept.cells[4].source == "center(1)"


def test_a_page_shows_a_kept_notebook_under_its_own_name(from_notebook):
    shown = listings(handed_in.kept(from_notebook))

    assert [one.name for one in shown][1] == "vectors (1).ipynb, cell 4"


def test_lines_are_called_as_the_report_calls_them(from_notebook):
    (notebook,) = from_notebook.notebooks.values()
    line = notebook.source.split("\n").index("    return x") + 1
    shown = listings(handed_in.kept(from_notebook))[1]

    assert shown.place(2) == notebook.place(line)


def test_work_may_be_kept_under_these_names():
    assert handed_in.names(("a.py", "b.py")) == ["a.py", "a.ipynb", "b.py", "b.ipynb"]
