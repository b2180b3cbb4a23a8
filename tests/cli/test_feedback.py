from __future__ import annotations

import shutil
import sys

import pytest

from tests.cli.conftest import COURSES
from tests.html_pages import Page

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="grading is held on Linux")


@pytest.fixture(name="graded")
def a_graded_class(command, course):
    """Results of one who sums where a mean is due, one whose code raises, and one who is right."""
    for name in ("one_mean", "raises"):
        shutil.copytree(COURSES / "submissions" / name, course / "handed-in" / name)
    code, _, _ = command("grade", "vectors", "handed-in", "-o", "out")
    assert code == 0
    return course


def test_a_graded_class_becomes_pages(command, graded):
    code, out, err = command("feedback", "out", "-o", "site")

    assert (code, err) == (0, "")
    assert out.startswith("3 pages: site/<assignment>/<student>.html")
    assert sorted(path.name for path in (graded / "site/vectors").iterdir()) == [
        "one_mean.html", "raises.html", "right.html",
    ]  # fmt: skip


def test_a_page_shows_the_code_that_was_handed_in_with_its_failing_line(command, graded):
    command("feedback", "out", "-o", "site")
    html = (graded / "site/vectors/raises.html").read_text(encoding="utf-8")

    assert 'class="line marked"' in html
    assert (graded / "out/vectors/raises/work/vectors.py").read_bytes() == (
        COURSES / "submissions/raises/vectors.py"
    ).read_bytes()


def test_a_page_shows_pictures_of_what_is_wrong(command, graded):
    command("feedback", "out", "-o", "site")
    page = Page((graded / "site/vectors/one_mean.html").read_text(encoding="utf-8"))

    assert page.of("svg", role="img")


def test_pages_may_be_in_russian(command, graded):
    command("feedback", "out", "-o", "site", "--lang", "ru")

    html = (graded / "site/vectors/one_mean.html").read_text(encoding="utf-8")
    assert '<html lang="ru">' in html
    assert "На что посмотреть" in html


def test_an_unreadable_report_is_our_fault_and_named(command, graded):
    (graded / "out/vectors/right/report.yaml").write_bytes(b"schema: grader.report/1\n")

    code, out, err = command("feedback", "out", "-o", "site")

    assert code == 3
    assert "vectors/right/report.yaml cannot be read" in err
    assert out.startswith("2 pages")


def test_an_assignment_that_is_not_here_is_wrong_use(command, graded, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    code, _, err = command("feedback", graded / "out", "-o", "site")

    assert code == 2
    assert "--assignments" in err


def test_assignments_may_be_elsewhere(command, graded, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    code, _, _ = command(
        "feedback", graded / "out", "-o", "site", "--assignments", graded / "assignments"
    )

    assert code == 0


def test_a_folder_without_reports_is_wrong_use(command, course):
    code, _, err = command("feedback", "handed-in", "-o", "site")

    assert code == 2
    assert "holds no reports" in err


def test_reports_do_not_depend_on_what_is_kept_beside_them(command, graded):
    before = {path: path.read_bytes() for path in (graded / "out").rglob("report.yaml")}
    for path in (graded / "out/vectors").glob("*/pictures.json"):
        path.unlink()

    command("grade", "vectors", "handed-in", "-o", "out", "--again")

    assert {path: path.read_bytes() for path in (graded / "out").rglob("report.yaml")} == before
    assert (graded / "out/vectors/one_mean/pictures.json").is_file()
