"""Every notebook of this folder is graded as its first cell says."""

from __future__ import annotations

import sys
from functools import cache

import pytest

from grader import grade, report, submission
from grader.findings import LOADING, Outcome
from grader.submission import MAX_SOURCE_BYTES
from tests.notebooks import forms, written
from tests.notebooks.written import NAME, RIGHT, WRITTEN, Written
from tests.vectors import copied, desk, own_desk

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="boxes of forks are Linux's")


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Grades a notebook once; the submission and the report."""
    folder = tmp_path_factory.mktemp("notebooks")

    @cache
    def once(name: str):
        (one,) = [one for one in WRITTEN if one.name == name]
        path = folder / name / NAME
        path.parent.mkdir()
        path.write_bytes(one.data())
        work = submission.read(path.parent, own_desk().course.assignment)
        path.unlink()
        return work, grade.grade(work, own_desk())

    return once


def code_findings(said):
    return [one for item in said.items if item.id[:9] != "questions" for one in item.findings]


@pytest.mark.parametrize("one", WRITTEN, ids=str)
def test_a_notebook_is_graded_as_it_says(one: Written, graded):
    work, outcome = graded(one.name)
    lost = [
        item.id
        for item in outcome.report.items
        if item.outcome is not Outcome.PASSED and item.id[:9] != "questions"
    ]
    findings = code_findings(outcome.report)
    failures = [finding.failure for finding in findings if finding.failure]
    messages = [finding.message or "" for finding in findings if finding.outcome is Outcome.FAILED]
    expect = one.expect

    assert sorted(lost) == sorted(expect.loses), [work.problem, *messages]
    assert {failure.kind for failure in failures} == ({expect.failure} if expect.failure else set())
    assert {failure.where for failure in failures} <= {expect.where}
    assert any(expect.where == failure.where for failure in failures) or expect.where is None
    assert expect.says is None or any(expect.says in message for message in messages), messages
    assert (expect.problem is None) == (work.problem is None)
    assert expect.problem is None or expect.problem in (work.problem or "")
    named = {finding.misconception for finding in findings} - {None}
    assert named == ({expect.misconception} if expect.misconception else set())


@pytest.mark.parametrize("one", WRITTEN, ids=str)
def test_it_says_beside_the_points_what_it_should_and_no_more(one: Written, graded):
    _, outcome = graded(one.name)
    notes = [note.sentence() for note in outcome.notes]

    assert len(notes) == len(one.expect.notes), notes
    for note, wanted in zip(notes, one.expect.notes, strict=True):
        assert wanted in note
    in_the_report = [
        finding.message
        for finding in code_findings(outcome.report)
        if (finding.check, finding.outcome) == (LOADING, Outcome.PASSED)
    ]
    assert in_the_report == notes


@pytest.mark.parametrize("one", WRITTEN, ids=str)
def test_its_report_can_be_read_back_and_knows_no_module(one: Written, graded):
    _, outcome = graded(one.name)
    data = report.to_yaml(outcome.report)

    assert report.to_yaml(report.from_yaml(data)) == data
    assert b"vectors.py" not in data


def test_there_are_as_many_as_were_promised():
    assert len(WRITTEN) >= 30


def test_what_was_printed_once_has_no_part_in_the_digest(graded):
    digests = {graded(name)[0].digest for name in ("saved_outputs", "version_4_0", "attachments")}

    assert len(digests) == 1


def test_where_cells_stand_has_a_part_in_the_digest(graded):
    assert graded("plain")[0].digest != graded("unknown_cell_types")[0].digest


def test_a_hundred_megabytes_of_outputs_cost_their_bytes_and_no_more(tmp_path):
    import tracemalloc

    (one,) = [one for one in WRITTEN if one.name == "hundred_megabytes"]
    (tmp_path / NAME).write_bytes(one.data())
    submission.read(tmp_path, own_desk().course.assignment)
    tracemalloc.start()
    try:
        work = submission.read(tmp_path, own_desk().course.assignment)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert most < 1.1 * (tmp_path / NAME).stat().st_size + (2 << 20)
    assert len(work.files["vectors.py"]) < MAX_SOURCE_BYTES


def test_a_header_of_another_word_is_refused(tmp_path):
    path = tmp_path / "odd.cells"
    path.write_text("# %% [markdown]\n# holds: x\n# expect: {losses: []}\n", encoding="utf-8")

    with pytest.raises(TypeError, match="losses"):
        written.read(path)


@pytest.fixture(scope="module")
def executing(tmp_path_factory):
    """A desk for the course with `notebook: execute`."""
    folder = copied(tmp_path_factory.mktemp("executing"))
    file = folder / "assignment.yaml"
    file.write_text(file.read_text("utf-8") + "notebook: execute\n", "utf-8")
    return desk(folder)


def run(cells, at, folder):
    """The report and the notes on a notebook of such cells."""
    (folder / NAME).write_bytes(forms.version_4_5([forms.code(text) for text in cells]))
    graded = grade.grade(submission.read(folder, at.course.assignment), at)
    lost = {item.id for item in graded.report.items if item.outcome is Outcome.FAILED}
    return lost - {"questions.constant_column"}, [note.sentence() for note in graded.notes]


LOOP = "rests = {}\nfor decay in (0.5, 0.9, 0.99):\n    rests[decay] = 1 - decay"
BY_LOOP = RIGHT["mean"].replace("(1 - decay)", "rests[decay]")


def test_where_the_assignment_says_so_cells_are_executed(executing, tmp_path):
    cells = [RIGHT["imports"], LOOP, RIGHT["forward"], RIGHT["backward"], "!ls\n%cd x", BY_LOOP]

    assert run(cells, executing, tmp_path) == (set(), [])


def test_by_default_loops_do_not_run(tmp_path):
    cells = [RIGHT["imports"], LOOP, RIGHT["forward"], RIGHT["backward"], BY_LOOP]

    assert run(cells, own_desk(), tmp_path) == ({"running_mean"}, [])


def test_cells_that_do_not_run_leave_their_definitions_and_say_where(executing, tmp_path):
    cells = [*RIGHT.values(), "x = 1\nx / 0"]

    assert run(cells, executing, tmp_path) == (
        set(),
        [
            "the notebook does not run from top to bottom after a restart (ZeroDivisionError: "
            "division by zero; vectors.ipynb, cell 5, line 2); its definitions alone were loaded"
        ],
    )
