from __future__ import annotations

import json
import shutil
import subprocess
import sys
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import numpy as np
import pytest

from grader.checking import source
from grader.errors import UsageError
from grader.notebook import check
from grader.release import bundle
from grader.sandbox import probe
from grader.secret import PUBLIC
from tests.specimens import ROOT

COURSES = ROOT / "tests" / "courses"


@cache
def made() -> bundle.Release:
    course = source.read(COURSES / "assignments" / "vectors")
    return bundle.assemble(course, bundle.records(course, probe.choose("auto"), PUBLIC))


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """A release of the numpy course, the current folder; no reference is near."""
    released, _ = bundle.write(made(), tmp_path)
    monkeypatch.chdir(released)
    monkeypatch.setenv("LANG", "C.UTF-8")
    return released


def functions(name: str) -> dict:
    names: dict = {}
    path = COURSES / "submissions" / name / "vectors.py"
    exec(compile(path.read_text("utf-8"), "vectors.py", "exec"), names)
    return names


def outcomes(table) -> dict[str, str]:
    return {item.id: str(item.outcome) for item in table.report.items}


def test_right_functions_pass(folder):
    table = check(namespace=functions("right"))

    assert table.passed
    assert outcomes(table) == {
        "center.forward": "passed",
        "center.backward": "passed",
        "running_mean": "passed",
    }


def test_one_item_is_asked_alone(folder):
    table = check("center.backward", namespace=functions("one_mean"))

    assert outcomes(table) == {"center.backward": "passed"}


def test_the_callers_own_names_are_asked(folder):
    here = {"center_forward": lambda x: (x - x.mean(axis=0), None), "check": check}

    exec("table = check('center.forward')", here)

    assert here["table"].passed


def test_a_wrong_function_is_shown_with_evidence_and_how_to_ask_again(folder):
    text = repr(check("center.forward", namespace=functions("one_mean")))

    assert "✗ center.forward" in text
    assert "out at [0, 0]: yours" in text
    assert text.count('again: check("center.forward")') == 1


def test_what_is_missing_says_to_run_its_cell(folder):
    text = repr(check("running_mean", namespace={}))

    assert "there is no running_mean in this kernel; run the cell that defines it" in text


def test_a_table_speaks_russian(folder):
    text = repr(check("running_mean", namespace=functions("right"), lang="ru"))

    assert "Скользящее среднее" in text


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.opened.append(tag)


def test_every_text_of_a_student_is_escaped(folder):
    def running_mean(xs, decay):
        raise ValueError("<script>alert(1)</script><img src=x onerror=alert(1)>")

    page = check("running_mean", namespace={"running_mean": running_mean})._repr_html_()

    tags = _Tags()
    tags.feed(page)
    assert not {"script", "img"} & set(tags.opened)
    assert "&lt;script&gt;" in page


def test_an_unknown_item_is_named_with_the_nearest(folder):
    with pytest.raises(UsageError, match=r'no item "center\.forwards".*center\.forward'):
        check("center.forwards", namespace={})


def test_an_item_of_the_key_is_not_asked(folder):
    with pytest.raises(UsageError, match="judged at grading"):
        check("questions.constant_column", namespace={})


def test_a_notebook_elsewhere_names_its_assignment(folder, tmp_path, monkeypatch):
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")

    table = check("running_mean", assignment=folder, namespace=functions("right"))

    assert table.passed


def test_a_folder_above_is_found(folder, monkeypatch):
    (folder / "mine").mkdir()
    monkeypatch.chdir(folder / "mine")

    assert check("running_mean", namespace=functions("right")).passed


def test_without_an_assignment_it_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    with pytest.raises(UsageError, match="no assignment for the files"):
        check(namespace={})


@pytest.fixture
def in_the_course(tmp_path, monkeypatch):
    for room in ("assignments", "reference"):
        shutil.copytree(COURSES / room / "vectors", tmp_path / room / "vectors")
    monkeypatch.chdir(tmp_path / "assignments" / "vectors")
    return source.read(tmp_path / "assignments" / "vectors")


def test_an_author_sees_the_hint_of_a_misconception(in_the_course):
    page = check("center.forward", namespace=functions("one_mean"), lang="ru")._repr_html_()

    hints = {one.name: one.hint["ru"] for one in in_the_course.misconceptions}
    assert f"подсказка: {hints['one_mean_for_all']}" in page


def test_an_author_is_judged_against_the_reference(in_the_course):
    assert outcomes(check(namespace=functions("one_mean"))) == {
        "center.forward": "failed",
        "center.backward": "passed",
        "running_mean": "passed",
    }


def test_the_generators_of_the_kernel_go_on_as_if_nothing_was_asked(folder):
    np.random.seed(5)
    expected = np.random.RandomState(5).rand()

    check("running_mean", namespace=functions("right"))

    assert np.random.rand() == expected


def test_importing_it_loads_neither_torch_nor_the_engine():
    program = (
        "import sys, grader.notebook; "
        "print([m for m in ('torch', 'numpy', 'grader.grade', 'rich') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )

    assert done.stdout.strip() == "[]"


def run(notebook: nbformat.NotebookNode, folder: Path) -> list[str]:
    """The tables that the cells of `check` show, as text, in a kernel of this interpreter."""
    client = pytest.importorskip("nbclient").NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=240,
        resources={"metadata": {"path": str(folder)}},
    )
    client.execute()
    return [
        output["data"]["text/plain"]
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "text/html" in output.get("data", {})
    ]


@pytest.fixture
def kernel(tmp_path, monkeypatch):
    """Where this interpreter's kernel is the one called python3, and finds this grader."""
    home = tmp_path / "jupyter"
    spec = home / "kernels" / "python3"
    spec.mkdir(parents=True)
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    described = {"argv": argv, "display_name": "Python 3", "language": "python"}
    (spec / "kernel.json").write_text(json.dumps(described))
    monkeypatch.setenv("JUPYTER_PATH", str(home))
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("LANG", "C.UTF-8")


@pytest.mark.filterwarnings("default")  # a client's own, of the loop and of plain sockets
def test_the_untouched_edition_shows_a_table_of_failures_and_the_solution_passes(folder, kernel):
    edition = nbformat.reads((folder / "vectors.ipynb").read_text("utf-8"), 4)
    untouched = run(edition, folder)

    solved = nbformat.reads((folder / "vectors.ipynb").read_text("utf-8"), 4)
    solved.cells = [cell for cell in solved.cells if "NotImplementedError" not in cell.source]
    text = (COURSES / "submissions" / "right" / "vectors.py").read_text("utf-8")
    solved.cells.insert(0, nbformat.v4.new_code_cell(text))

    tables = run(solved, folder)

    assert [table.count("✗") for table in untouched] == [1, 0, 1, 2]
    assert "at In[2]:3" in untouched[0]
    assert [table.count("✓") for table in tables] == [1, 1, 1, 3]
