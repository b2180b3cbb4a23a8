from __future__ import annotations

import ast
import re
import shutil
import sys

import pytest

from grader import new as module
from grader.checking import source
from grader.errors import UsageError
from grader.new import new
from grader.proof import validate
from grader.proof.validate import Work
from grader.sandbox import probe

HALVES = ("assignments", "reference")


def contents(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_assignment_validates_as_it_stands(tmp_path):
    new("made", tmp_path)
    folder = tmp_path / "assignments" / "made"
    subjects = tuple(validate.subjects(source.read(folder)))
    work = Work(folder=folder, confinement=probe.choose("auto"), seed=0, subjects=subjects)

    problems = {str(one.subject): one.problems for one in validate.examine(work)}

    assert problems == {str(subject): () for subject in subjects}


def test_every_file_that_was_made_is_told(tmp_path):
    made = new("made", tmp_path)

    assert sorted(made) == sorted(contents(tmp_path))


def test_no_mark_of_the_template_is_left(tmp_path):
    made = new("made", tmp_path)

    assert not [path for path in made if "__slug__" in f"{path}{path.read_text('utf-8')}"]


def test_the_names_of_stub_and_solution_are_the_assignments(tmp_path):
    new("made", tmp_path)

    assert [(tmp_path / half / "made" / "made.py").is_file() for half in HALVES] == [True, True]


@pytest.mark.parametrize("path", sorted(module.TEMPLATE.rglob("*.py")), ids=lambda p: p.name)
def test_a_module_of_the_template_is_python_before_it_is_filled_in(path):
    assert ast.parse(path.read_text("utf-8"))


def test_both_handouts_name_the_same_functions_and_questions(tmp_path):
    new("made", tmp_path)
    texts = [
        (tmp_path / "assignments" / "made" / name).read_text("utf-8")
        for name in ("README.md", "README.ru.md")
    ]

    english, russian = (set(re.findall(r"`(\w+)", text)) for text in texts)

    assert english == russian


def test_a_misconception_speaks_both_languages(tmp_path):
    new("made", tmp_path)

    misconceptions = source.read(tmp_path / "assignments" / "made").misconceptions

    assert [(set(one.diagnosis), set(one.hint)) for one in misconceptions] == [
        ({"en", "ru"}, {"en", "ru"}),
        ({"en", "ru"}, {"en", "ru"}),
    ]


def test_it_goes_under_the_nearest_parent_with_assignments(tmp_path):
    new("first", tmp_path)

    new("second", tmp_path / "reference" / "first")

    assert [(tmp_path / half / "second").is_dir() for half in HALVES] == [True, True]


def test_two_assignments_share_a_course_and_its_seed(tmp_path):
    new("first", tmp_path)
    seed = (tmp_path / "reference" / "seed").read_bytes()

    made = new("second", tmp_path)

    assert (tmp_path / "reference" / "seed") not in made
    assert (tmp_path / "reference" / "seed").read_bytes() == seed


def test_a_seed_holds_32_bytes(tmp_path):
    new("made", tmp_path)

    text = (tmp_path / "reference" / "seed").read_text("utf-8")

    assert re.fullmatch(r"[0-9a-f]{64}\n", text)


def test_no_two_courses_get_the_same_seed(tmp_path):
    seeds = set()
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        new("made", tmp_path / name)
        seeds.add((tmp_path / name / "reference" / "seed").read_bytes())

    assert len(seeds) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_the_owner_alone_can_read_the_seed(tmp_path):
    new("made", tmp_path)

    assert (tmp_path / "reference" / "seed").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("half", HALVES)
def test_a_folder_that_exists_is_refused_and_left_alone(tmp_path, half):
    (tmp_path / half / "made").mkdir(parents=True)
    (tmp_path / half / "made" / "mine.txt").write_text("mine")
    before = contents(tmp_path)

    with pytest.raises(UsageError, match=f"{half}/made exists already"):
        new("made", tmp_path)

    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    "name", ["", "Made", "1st", "_made", "made-up", "made up", "../made", "сделано", "a" * 41]
)
def test_a_name_in_other_letters_is_refused(tmp_path, name):
    with pytest.raises(UsageError, match="cannot name an assignment: use lower-case"):
        new(name, tmp_path)

    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["class", "torch", "numpy", "checks", "checks_x", "statistics"])
def test_a_name_whose_file_would_hide_another_is_refused(tmp_path, name):
    with pytest.raises(UsageError, match=f"{name}.py would stand in the way"):
        new(name, tmp_path)


def test_what_was_begun_is_removed_where_the_rest_cannot_be_written(tmp_path):
    (tmp_path / "reference").write_text("a file where a folder must be")

    with pytest.raises(UsageError, match="cannot be written to"):
        new("made", tmp_path)

    assert not list((tmp_path / "assignments").iterdir())


def test_what_an_installer_compiled_is_not_copied(tmp_path, monkeypatch):
    shutil.copytree(module.TEMPLATE, tmp_path / "template")
    cache = tmp_path / "template" / "reference" / "__slug__" / "__pycache__"
    cache.mkdir(exist_ok=True)
    (cache / "checks.cpython-311.pyc").write_bytes(b"\xff\x00")
    monkeypatch.setattr(module, "TEMPLATE", tmp_path / "template")
    (tmp_path / "course").mkdir()

    made = new("made", tmp_path / "course")

    assert {path.suffix for path in made} == {".md", ".py", ".yaml", ""}
