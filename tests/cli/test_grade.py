from __future__ import annotations

import csv
import shutil

import pytest

from grader.report import from_yaml
from tests.cli.conftest import COURSES


def test_a_class_gets_reports_a_table_and_a_summary(command, course):
    shutil.copytree(COURSES / "submissions" / "raises", course / "handed-in" / "raises")

    code, out, _ = command("grade", "vectors", "handed-in", "-o", "out", "-j", "2")

    assert code == 0
    assert "right" in out
    assert "2 graded; isolation" in out
    report = from_yaml((course / "out/vectors/right/report.yaml").read_bytes())
    assert (report.points, report.out_of, report.complete) == (6.0, 6.0, True)
    with (course / "out/vectors/summary.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["student"], row["points"]) for row in rows] == [
        ("raises", "3.0"),
        ("right", "6.0"),
    ]


def test_a_second_run_resumes(command, course):
    command("grade", "vectors", "handed-in", "-o", "out")

    code, out, _ = command("grade", "vectors", "handed-in", "-o", "out")

    assert code == 0
    assert "1 graded, 1 of them before" in out


def test_one_process_and_two_write_the_same_bytes(command, course):
    shutil.rmtree(course / "handed-in")
    shutil.copytree(COURSES / "submissions", course / "handed-in")
    for jobs in (1, 2):
        command("grade", "vectors", "handed-in", "-o", f"out{jobs}", "-j", jobs)

    one, two = (
        {
            path.relative_to(course / f"out{jobs}"): path.read_bytes()
            for path in (course / f"out{jobs}").rglob("*")
            if path.name in ("report.yaml", "summary.csv")
        }
        for jobs in (1, 2)
    )
    assert len(one) > 10
    assert one == two


def test_points_below_the_line_are_exit_code_1(command, course):
    shutil.copytree(COURSES / "submissions" / "raises", course / "handed-in" / "raises")

    code, _, _ = command("grade", "vectors", "handed-in", "-o", "out", "--fail-under", "5")

    assert code == 1


def test_without_a_seed_nothing_is_graded(command, course, monkeypatch):
    monkeypatch.delenv("GRADER_SEED")

    code, _, err = command("grade", "vectors", "handed-in", "-o", "out")

    assert code == 2
    assert "reference/seed" in err
    assert not (course / "out").exists()


def test_too_weak_isolation_is_refused(command, course):
    code, _, err = command("grade", "vectors", "handed-in", "-o", "out", "--isolation", "process")

    assert code == 2
    assert "--trust-submissions" in err
    assert not (course / "out").exists()


def test_trusted_work_is_graded_in_a_plain_process(command, course):
    code, out, _ = command(
        *("grade", "vectors", "handed-in", "-o", "out", "--isolation", "process"),
        "--trust-submissions",
    )

    assert code == 0
    assert "isolation process" in out


def test_a_broken_reference_is_our_fault(command, course):
    file = course / "reference" / "vectors" / "vectors.py"
    file.write_text(
        file.read_text("utf-8") + "\n\ndef running_mean(xs, decay):\n    return 1 / 0\n"
    )

    code, _, err = command("grade", "vectors", "handed-in", "-o", "out")

    assert code == 3
    assert "ungraded: running_mean" in err
    report = from_yaml((course / "out/vectors/right/report.yaml").read_bytes())
    assert not report.complete


@pytest.mark.parametrize("seed", ["short", ""])
def test_a_guessable_seed_is_refused(command, course, seed):
    code, _, err = command("grade", "vectors", "handed-in", "-o", "out", "--seed", seed)

    assert code == 2
    assert "--seed" in err


def test_a_folder_of_assignments_is_one_class_table(command, course):
    shutil.copytree(course / "assignments" / "vectors", course / "assignments" / "vectors2")
    shutil.copytree(course / "reference" / "vectors", course / "reference" / "vectors2")
    for slug in ("vectors", "vectors2"):
        shutil.copytree(course / "handed-in" / "right", course / "all" / slug / "right")

    code, out, _ = command("grade", "assignments", "all", "-o", "out")

    assert code == 0
    assert "vectors/right" in out
    assert "vectors2/right" in out
    assert (course / "out/vectors2/right/report.yaml").exists()
