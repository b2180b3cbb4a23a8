from __future__ import annotations

import io
import shutil
import sys

import pytest

from grader.cli import main
from grader.report import from_yaml
from tests.cli.conftest import COURSES, SEED

ITEM = "  - {id: questions.why, points: 2, kind: manual, title: {en: Why, ru: Почему}}\n"
MARK = ("mark", "out", "questions.why", "--student", "right", "--who", "petrov")


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    """A course with a free-text question, and its one submission graded into out/."""
    root = tmp_path_factory.mktemp("once") / "course"
    for name in ("assignments", "reference"):
        shutil.copytree(COURSES / name, root / name)
    shutil.copytree(COURSES / "submissions" / "right", root / "handed-in" / "right")
    with (root / "assignments/vectors/assignment.yaml").open("a", encoding="utf-8") as file:
        file.write(ITEM)
    with (root / "handed-in/right/answers.yaml").open("a", encoding="utf-8") as file:
        file.write("why: |\n  Because the mean\n  is zero.\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        patch.setenv("GRADER_SEED", SEED)
        assert main(GRADE) == 0
    return root


@pytest.fixture
def graded(once, tmp_path, monkeypatch):
    """A copy of that to mark; the current folder."""
    root = tmp_path / "course"
    shutil.copytree(once, root)
    monkeypatch.chdir(root)
    monkeypatch.setenv("GRADER_SEED", SEED)
    monkeypatch.setenv("LANG", "C.UTF-8")
    return root


GRADE = ("grade", "vectors", "handed-in", "-o", "out", "-j", "1")


def report(course):
    return from_yaml((course / "out/vectors/right/report.yaml").read_bytes())


def test_what_waits_is_listed_with_the_answer(command, graded):
    code, out, _ = command("mark", "out")

    assert code == 0
    assert "vectors/right: questions.why: Why" in out
    assert "  | Because the mean\n  | is zero.\n" in out


def test_a_mark_is_confirmed(command, graded):
    code, out, _ = command(*MARK, "--points", "1.5", "--why", "half of it")

    assert code == 0
    assert out == "right: questions.why: 1.5 of 2; in all 7.5 of 8 points\n"
    assert (report(graded).points, report(graded).complete) == (7.5, True)


def test_nothing_waits_after_that(command, graded):
    command(*MARK, "--points", "2", "--why", "right")

    assert command("mark", "out")[:2] == (0, "nothing waits for a person here\n")


def test_points_above_the_item_s_are_said(command, graded):
    _, out, _ = command(*MARK, "--points", "5", "--why", "brilliant")

    assert "more points than the item has" in out


def test_another_run_keeps_the_mark(command, graded):
    command(*MARK, "--points", "2", "--why", "right")
    before = (graded / "out/vectors/right/report.yaml").read_bytes()

    code, out, _ = command(*GRADE, "--again")

    assert code == 0
    assert "marked by people: 1" in out
    assert (graded / "out/vectors/right/report.yaml").read_bytes() == before


def test_a_resumed_run_takes_in_what_was_written_by_hand(command, graded):
    (graded / "out/vectors/marks.yaml").write_text(
        "schema: grader.marks/1\nmarks:\n"
        "- {student: right, item: questions.why, points: 1, who: x, when: 2026-11-26, why: so}\n"
    )

    code, out, _ = command(*GRADE)

    assert code == 0
    assert "1 of them before" in out
    assert report(graded).points == 7.0


def test_a_mark_on_work_that_has_changed_is_shown(command, graded):
    command(*MARK, "--points", "2", "--why", "right")
    with (graded / "handed-in/right/answers.yaml").open("a", encoding="utf-8") as file:
        file.write("  Or not.\n")

    code, out, _ = command(*GRADE)

    assert code == 2
    assert "look again: right: questions.why: petrov's mark of" in out
    assert "made on another submission" in out
    assert (report(graded).points, report(graded).complete) == (8.0, False)


def test_a_mark_can_be_kept_after_a_conflict(command, graded):
    command(*MARK, "--points", "2", "--why", "right")
    with (graded / "handed-in/right/answers.yaml").open("a", encoding="utf-8") as file:
        file.write("  Or not.\n")
    command(*GRADE)

    code, _, _ = command(*MARK, "--keep")

    assert code == 0
    assert command(*GRADE)[0] == 0
    assert (report(graded).edits[0].why, report(graded).complete) == ("right", True)


def test_a_mark_can_be_withdrawn(command, graded):
    command(*MARK, "--points", "2", "--why", "right")

    command(*MARK, "--withdraw", "--why", "wrong student")

    assert (report(graded).points, report(graded).edits) == (6.0, ())


def test_a_marked_report_verifies(command, graded):
    command(*MARK, "--points", "1.5", "--why", "half of it")

    code, out, _ = command("verify", "out/vectors/right/report.yaml", "handed-in/right")

    assert (code, "the same bytes" in out) == (0, True)


def test_points_changed_in_the_report_alone_do_not_verify(command, graded):
    command(*MARK, "--points", "1.5", "--why", "half of it")
    file = graded / "out/vectors/right/report.yaml"
    file.write_text(file.read_text("utf-8").replace("points: 7.5", "points: 8.0"), "utf-8")

    code, out, _ = command("verify", file, "handed-in/right")

    assert (code, "points: 7.5" in out) == (1, True)


def test_an_engine_s_result_changed_in_an_edit_does_not_verify(command, graded):
    command(*MARK, "--points", "1.5", "--why", "half of it")
    file = graded / "out/vectors/right/report.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("was: {outcome: pending", "was: {outcome: passed"), "utf-8")

    assert command("verify", file, "handed-in/right")[0] == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--points", "1"), "a mark needs a reason"),
        (("--points", "-1", "--why", "x"), "--points must be a number of 0 or more"),
        (("--points", "nan", "--why", "x"), "--points must be a number of 0 or more"),
        (("--points", "1", "--keep"), "one of --points, --keep and --withdraw"),
        (("--keep",), "questions.why of right has no mark"),
    ],
)
def test_half_a_mark_is_refused(command, graded, words, said):
    code, _, err = command(*MARK, *words)

    assert code == 2
    assert said in err
    assert not (graded / "out/vectors/marks.yaml").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("out", "questions.wy", "--student", "right"), 'Did you mean "questions.why"?'),
        (("out", "questions.why", "--student", "rihgt"), 'Did you mean "right"?'),
        (("out", "questions.why"), "a mark needs ITEM and --student"),
        (("handed-in", "questions.why", "--student", "right"), "holds no summary.csv"),
        (("out", "x", "--student", "right", "--assignment", "y"), "holds no y/summary.csv"),
    ],
)
def test_a_mark_on_nobody_or_nothing_is_refused(command, graded, words, said):
    code, _, err = command("mark", *words, "--points", "1", "--why", "x")

    assert code == 2
    assert said in err


def test_a_mistake_in_the_file_is_found_before_grading(command, graded):
    (graded / "out/vectors/marks.yaml").write_text(
        "schema: grader.marks/1\nmarks:\n- {student: x}\n"
    )

    code, _, err = command(*GRADE, "--again")

    assert code == 2
    assert "marks.yaml:3: marks[0] needs the key" in err


class Terminal(io.StringIO):
    """Standard input as somebody types it."""

    def isatty(self):
        return True


def test_a_walk_asks_for_points_and_a_reason(command, graded, monkeypatch):
    monkeypatch.setattr(sys, "stdin", Terminal("much\n1,5\n\nhalf of it\n"))

    code, out, _ = command("mark", "out", "--who", "petrov")

    assert code == 0
    assert "[1/1] vectors/right: questions.why: Why" in out
    assert [(one.who, one.points, one.why) for one in report(graded).edits] == [
        ("petrov", 1.5, "half of it")
    ]


@pytest.mark.parametrize("typed", ["\n", "q\n", ""])
def test_a_walk_may_leave_an_item_for_later(command, graded, monkeypatch, typed):
    monkeypatch.setattr(sys, "stdin", Terminal(typed))

    code, _, _ = command("mark", "out", "--who", "petrov")

    assert (code, report(graded).edits) == (0, ())


def test_who_marks_can_stand_in_the_environment(command, graded, monkeypatch):
    monkeypatch.setenv("GRADER_WHO", "sidorova")

    command(*MARK[:-2], "--points", "1", "--why", "x")

    assert report(graded).edits[0].who == "sidorova"


def test_two_assignments_with_one_item_ask_which(command, graded):
    shutil.copytree(graded / "out/vectors", graded / "out/other")
    file = graded / "out/other/right/report.yaml"
    file.write_text(file.read_text("utf-8").replace("assignment: vectors", "assignment: other"))

    code, _, err = command(*MARK, "--points", "1", "--why", "x")

    assert code == 2
    assert "say --assignment" in err
