from __future__ import annotations

from pathlib import Path

import pytest

from grader.reading import assigned
from tests.notebooks.forms import code, version_4_5

STUB = '"""Work."""\n\n\ndef f(x):\n    """Twice x."""\n    raise NotImplementedError\n'
DONE = "def f(x):\n    return 2 * x\n"


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """The folder with the stub, and that of a student."""
    stubs, student = tmp_path / "stubs", tmp_path / "ada"
    stubs.mkdir()
    student.mkdir()
    (stubs / "work.py").write_text(STUB)
    return stubs, student


def found(folders, **files):
    """The work in a folder of these files: texts, those of notebooks as a cell."""
    stubs, student = folders
    for name, text in files.items():
        if name.endswith(".ipynb"):
            (student / name).write_bytes(version_4_5([code(text)]))
        else:
            (student / name).write_text(text)
    names = sorted(files)
    return assigned.chosen(names, assigned.read_from(student), ("work.py",), stubs)


@pytest.mark.parametrize(
    "name",
    [
        "work.py",
        "work.ipynb",
        "work (1).ipynb",
        "work(12).py",
        "work-Copy1.ipynb",
        "work - Copy.py",
        "work - Copy (2).ipynb",
        "Copy of work.ipynb",
    ],
)
def test_it_stands_for_the_assigned_file(name):
    assert assigned.stands_for(name, "work.py")


@pytest.mark.parametrize(
    "name",
    [
        "work.txt",
        "Work.ipynb",
        "work.ipynb.py",
        "work-checkpoint.ipynb",
        "work (1000).ipynb",
        "homework.ipynb",
        "work",
        "work .ipynb",
    ],
)
def test_it_does_not(name):
    assert not assigned.stands_for(name, "work.py")


def test_a_notebook_is_taken_in_place_of_the_file(folders):
    work = found(folders, **{"work.ipynb": DONE})

    assert (work.files["work.py"].decode().strip(), work.problem) == (DONE.strip(), None)
    assert work.notebooks["work.py"].file == "work.ipynb"


@pytest.mark.parametrize(
    ("python", "notebook", "taken"),
    [
        (STUB, DONE, "notebook"),
        (DONE, STUB, "python"),
        (STUB, STUB, "python"),
        ("", DONE, "notebook"),
        (DONE, "x = 1", "python"),
        (STUB.replace('"""Twice x."""', '"""Zweimal x."""'), DONE, "notebook"),
    ],
)
def test_an_untouched_stub_gives_way(folders, python, notebook, taken):
    work = found(folders, **{"work.py": python, "work.ipynb": notebook})

    assert work.problem is None
    assert list(work.notebooks) == (["work.py"] if taken == "notebook" else [])


@pytest.mark.parametrize("python", [DONE, "def f(:"])
def test_two_that_were_worked_on_are_refused_by_name(folders, python):
    work = found(folders, **{"work.py": python, "work.ipynb": DONE})

    assert (work.files, work.problem) == (
        {},
        "work.py and work.ipynb are both there, and both have been worked on. Keep one.",
    )


@pytest.mark.parametrize(
    ("python", "notebook", "taken"),
    [
        (STUB, DONE, "notebook"),
        (DONE, STUB, "python"),
        (STUB, STUB, "python"),
        ("", DONE, "notebook"),
        (DONE, "x = 1", "python"),
        (f"{STUB}def g(): return 1\n", f"{DONE}def g(): return 1\n", "notebook"),
    ],
)
def test_so_it_does_where_no_stub_is_to_be_had_any_more(folders, python, notebook, taken):
    work = found((None, folders[1]), **{"work.py": python, "work.ipynb": notebook})

    assert work.problem is None
    assert list(work.notebooks) == (["work.py"] if taken == "notebook" else [])


def test_there_too_two_that_were_worked_on_are_refused(folders):
    other = "def f(x):\n    return x + x\n"

    assert found((None, folders[1]), **{"work.py": DONE, "work.ipynb": other}).problem


def test_an_exact_name_beats_a_copy_of_either_kind(folders):
    work = found(folders, **{"work.ipynb": DONE, "work (1).py": DONE, "work (2).ipynb": DONE})

    assert (list(work.notebooks), work.problem) == (["work.py"], None)


def test_two_copies_of_a_notebook_are_refused_by_name(folders):
    work = found(folders, **{"work (1).ipynb": DONE, "work (2).ipynb": DONE})

    assert work.problem == "work.ipynb is there 2 times: work (1).ipynb, work (2).ipynb. Keep one."


def test_what_is_no_notebook_says_so_by_its_own_name(folders):
    (folders[1] / "work (1).ipynb").write_text("x = 1")

    read = assigned.read_from(folders[1])
    work = assigned.chosen(["work (1).ipynb"], read, ("work.py",), folders[0])

    assert work.problem == "work (1).ipynb is not a notebook: it is not JSON."


def test_a_file_by_its_students_name_may_be_a_notebook(folders):
    path = folders[1] / "Linear classifier.ipynb"
    path.write_bytes(version_4_5([code(DONE)]))

    assert list(assigned.in_file(path, ("work.py",)).notebooks) == ["work.py"]


def test_of_two_assigned_files_it_must_be_one_by_name(folders):
    path = folders[1] / "ada.ipynb"
    path.write_bytes(version_4_5([code(DONE)]))

    work = assigned.in_file(path, ("work.py", "more.py"))

    assert work.problem == "ada.ipynb is none of the files that are asked for: work.py, more.py."
