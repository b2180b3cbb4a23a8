from __future__ import annotations

import shutil

import pytest

from tests.cli.conftest import COURSES
from tests.notebooks.written import WRITTEN


@pytest.fixture
def work(course):
    """The student's folder: the assignment's own, with somebody's work in it."""

    def put(name):
        folder = course / "assignments" / "vectors"
        shutil.copy(COURSES / "submissions" / name / "vectors.py", folder / "vectors.py")
        return folder

    return put


def test_right_work_passes_every_visible_check(command, work):
    code, out, _ = command("check", work("right"))

    assert code == 0
    assert "visible here; hidden ones run at grading" in out


def test_wrong_work_shows_where_what_and_a_hint(command, work):
    code, out, _ = command("check", work("lags_behind"))

    assert code == 1
    assert "means at [0]: yours" in out
    assert "called: running_mean(array (6,), 0.9)" in out
    assert "hint:" in out
    assert "again: grader check running_mean" in out


def test_an_exception_shows_the_students_own_line(command, work):
    _, out, _ = command("check", work("raises"))

    assert "AxisError" in out
    assert "at vectors.py:" in out
    assert "Traceback" not in out


def test_one_item_alone_is_shown_alone(command, work, monkeypatch):
    monkeypatch.chdir(work("lags_behind"))

    code, out, _ = command("check", "center.backward")

    assert code == 0
    assert "running_mean" not in out


def test_an_unknown_item_is_named_with_the_nearest(command, work, monkeypatch):
    monkeypatch.chdir(work("right"))

    code, _, err = command("check", "center.backwards")

    assert code == 2
    assert 'Did you mean "center.backward"' in err


def test_a_folder_of_no_assignment_says_what_to_do(command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    code, _, err = command("check")

    assert code == 2
    assert "assignment.yaml" in err


def test_without_record_and_reference_the_checks_say_so(command, work, course):
    folder = work("right")
    shutil.rmtree(course / "reference")

    code, out, _ = command("check", folder)

    assert code == 3
    assert "neither a record of the reference nor the reference" in out


def test_records_stand_in_for_the_reference(command, work, course):
    folder = work("lags_behind")
    record_visible_checks(folder)
    shutil.rmtree(course / "reference")

    code, out, _ = command("check", folder)

    assert code == 1
    assert "means at [0]: yours" in out


def test_russian_is_spoken_on_request(command, work):
    _, out, _ = command("check", work("lags_behind"), "--lang", "ru")

    assert "ещё раз: grader check running_mean" in out


def record_visible_checks(folder):
    from grader import grade
    from grader.checking import record, source
    from grader.sandbox import probe
    from grader.secret import PUBLIC

    course = source.read(folder)
    opener = probe.open_opener(probe.choose("auto"), course.assignment.arrays)
    desk = grade.Desk(course=course, opener=opener, secret=PUBLIC, isolation="process")
    (folder / "recorded").mkdir()
    for name, one in grade.prepare(desk, course.visible).items():
        file = folder / "recorded" / f"{name.replace('/', '.')}.npz"
        file.write_bytes(record.to_bytes(one))
    opener.close()


def test_what_will_be_flagged_is_told_before_it_is_handed_in(command, work):
    code, out, _ = command("check", work("averages"))

    assert code == 0
    assert "center.forward: center_forward uses numpy.average, which this" in out


def notebook(folder, name):
    """Put one of the notebooks of tests/notebooks into a folder; its path."""
    (one,) = [one for one in WRITTEN if one.name == name]
    path = folder / "vectors.ipynb"
    path.write_bytes(one.data())
    return path


def test_a_notebook_is_checked_in_place_of_the_untouched_file(command, course, monkeypatch):
    folder = course / "assignments" / "vectors"
    notebook(folder, "raises")
    monkeypatch.chdir(folder)

    code, out, _ = command("check")

    assert code == 1
    assert "at vectors.ipynb, cell 5, line 4" in out


def test_a_notebook_elsewhere_is_known_by_its_name(command, course, tmp_path):
    folder = course / "mine"
    folder.mkdir()

    assert command("check", notebook(folder, "plain"))[0] == 0


def test_what_is_no_notebook_is_one_sentence(command, course):
    folder = course / "mine"
    folder.mkdir()

    code, out, err = command("check", notebook(folder, "python_file"))

    assert (code, out) == (2, "")
    assert "vectors.ipynb is not a notebook, but a Python file." in err


def test_remarks_on_a_notebook_are_spoken_in_russian_too(command, course):
    folder = course / "mine"
    folder.mkdir()

    _, out, _ = command("check", notebook(folder, "used_before_defined"), "--lang", "ru")

    assert "vectors.ipynb: ячейка 4 использует x, а определяет его только ячейка 5" in out


def test_a_save_of_the_notebook_is_watched(command, course, monkeypatch):
    folder = course / "mine"
    folder.mkdir()
    path = notebook(folder, "plain")

    def watch(*_, **__):
        notebook(folder, "missing_function")
        yield {(1, str(folder / "other.ipynb"))}
        yield {(1, str(path))}

    monkeypatch.setattr("watchfiles.watch", watch)

    code, out, _ = command("check", path, "--watch")

    assert code == 1
    assert out.count("watching; Ctrl-C ends") == 2
