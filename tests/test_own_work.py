from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from grader import own_work
from grader.errors import UsageError
from tests.specimens import ROOT

COURSES = ROOT / "tests" / "courses"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("assignments", "reference"):
        shutil.copytree(COURSES / name, tmp_path / name)
    return tmp_path


def test_what_exists_is_a_place_and_the_rest_are_items(root):
    assert own_work.split(["assignments", "center.forward"], root) == (
        root / "assignments",
        ["center.forward"],
    )


def test_two_places_are_refused(root):
    with pytest.raises(UsageError, match="one place at a time"):
        own_work.split(["assignments", "reference"], root)


def test_an_assignments_own_folder_is_its_course(root):
    course = own_work.course_of(root / "assignments" / "vectors", None)

    assert course.assignment.slug == "vectors"


def test_work_elsewhere_is_known_by_its_files(root):
    folder = root / "mine"
    folder.mkdir()
    (folder / "vectors.py").touch()

    assert own_work.course_of(folder, None).assignment.slug == "vectors"
    assert own_work.course_of(folder / "vectors.py", None).assignment.slug == "vectors"


def test_files_that_fit_two_assignments_ask_which(root):
    shutil.copytree(root / "assignments" / "vectors", root / "assignments" / "vectors2")
    folder = root / "mine"
    folder.mkdir()
    (folder / "vectors.py").touch()

    with pytest.raises(UsageError, match="vectors, vectors2; say which with --assignment"):
        own_work.course_of(folder, None)


def test_files_of_no_assignment_say_what_to_do(root):
    with pytest.raises(UsageError, match="--assignment NAME"):
        own_work.course_of(root, None)
