"""Bad input: one sentence that names file, line or key; the right exit code; the rest is graded."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from grader.report import from_yaml

RIGHT = "handed-in/right"


def rubric(course: Path) -> Path:
    return course / "assignments" / "vectors" / "assignment.yaml"


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def unreadable_yaml(course: Path) -> str:
    replaced(rubric(course), "items:", "items: [")
    return "assignment.yaml:"


def unknown_key(course: Path) -> str:
    replaced(rubric(course), "arrays:", "arays:")
    return 'Did you mean "arrays"'


def item_without_check(course: Path) -> str:
    with rubric(course).open("a") as file:
        file.write("  - {id: lonely, points: 1, title: {en: Lonely, ru: Одинокий}}\n")
    return "lonely"


def check_without_item(course: Path) -> str:
    checks = course / "assignments" / "vectors" / "checks.py"
    replaced(checks, 'item="running_mean"', 'item="walking_mean"')
    return "walking_mean"


def missing_stub(course: Path) -> str:
    (course / "assignments" / "vectors" / "vectors.py").unlink()
    return "vectors.py"


def broken_checks(course: Path) -> str:
    (course / "reference" / "vectors" / "checks.py").write_text("def (:\n")
    return "checks.py"


@pytest.mark.parametrize(
    "spoil",
    [
        unreadable_yaml,
        unknown_key,
        item_without_check,
        check_without_item,
        missing_stub,
        broken_checks,
    ],
)
def test_a_wrong_course_grades_nobody(command, course, spoil):
    named = spoil(course)

    code, out, err = command("grade", "vectors", "handed-in", "-o", "out")

    assert code == 2
    assert named in err
    assert "Traceback" not in err + out
    assert not (course / "out").exists()


def empty_folder(course: Path) -> str:
    (course / "handed-in" / "other").mkdir()
    return "vectors.py"


def fifty_megabytes(course: Path) -> str:
    folder = course / "handed-in" / "other"
    folder.mkdir()
    with (folder / "vectors.py").open("wb") as file:
        file.truncate(50 << 20)
    return "64 KiB"


def link_that_leads_out(course: Path) -> str:
    folder = course / "handed-in" / "other"
    folder.mkdir()
    (folder / "vectors.py").symlink_to("/etc/passwd")
    return "link"


def fifo(course: Path) -> str:
    folder = course / "handed-in" / "other"
    folder.mkdir()
    os.mkfifo(folder / "vectors.py")
    return "vectors.py"


def not_utf8(course: Path) -> str:
    folder = course / "handed-in" / "other"
    folder.mkdir()
    (folder / "vectors.py").write_bytes(b"# \xff\xfe\n")
    return "UTF-8"


@pytest.mark.parametrize(
    "spoil", [empty_folder, fifty_megabytes, link_that_leads_out, fifo, not_utf8]
)
def test_work_that_cannot_be_read_gets_a_report_that_says_so(command, course, spoil):
    named = spoil(course)

    code, out, err = command("grade", "vectors", "handed-in", "-o", "out")

    other = from_yaml((course / "out/vectors/other/report.yaml").read_bytes())
    right = from_yaml((course / "out/vectors/right/report.yaml").read_bytes())
    assert code == 0
    assert named in str(other.items[0].findings[0].message)
    assert (other.points, right.points) == (0.0, 6.0)
    assert "Traceback" not in err + out


def test_two_claims_on_one_student_are_refused_by_name_and_the_others_graded(command, course):
    shutil.copytree(course / RIGHT, course / "more" / "twin")
    shutil.copytree(course / RIGHT, course / "again" / "twin")

    code, _, err = command("grade", "vectors", "handed-in", "more", "again", "-o", "out")

    assert code == 2
    assert "twin" in err
    assert (course / "out/vectors/right/report.yaml").exists()
    assert not (course / "out/vectors/twin").exists()


def test_a_folder_that_is_not_there_is_named(command, course):
    code, _, err = command("grade", "vectors", "handed-out", "-o", "out")

    assert code == 2
    assert "handed-out" in err


def test_an_output_folder_that_is_a_file_is_left_alone(command, course):
    (course / "out").write_text("mine")

    code, _, err = command("grade", "vectors", "handed-in", "-o", "out")

    assert code == 2
    assert "out" in err
    assert (course / "out").read_text() == "mine"


def test_a_file_of_another_kind_in_a_reports_place_is_left_alone(command, course):
    place = course / "out/vectors/right/report.yaml"
    place.parent.mkdir(parents=True)
    place.write_text("my notes")

    code, _, err = command("grade", "vectors", "handed-in", "-o", "out")

    assert code == 2
    assert "report.yaml" in err
    assert place.read_text() == "my notes"
