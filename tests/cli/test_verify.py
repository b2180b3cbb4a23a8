from __future__ import annotations

import pytest

REPORT = "out/vectors/right/report.yaml"


@pytest.fixture
def graded(command, course):
    command("grade", "vectors", "handed-in", "-o", "out")
    return course


def test_the_same_work_gives_the_same_bytes(command, graded):
    code, out, _ = command("verify", REPORT, "handed-in/right")

    assert code == 0
    assert "the same bytes" in out


def test_a_report_that_was_changed_differs(command, graded):
    path = graded / REPORT
    path.write_text(path.read_text("utf-8").replace("points: 1.0", "points: 0.5", 1), "utf-8")

    code, out, _ = command("verify", REPORT, "handed-in/right")

    assert code == 1
    assert "-    points: 0.5" in out


def test_other_work_cannot_be_compared(command, graded):
    with (graded / "handed-in/right/vectors.py").open("a") as file:
        file.write("# one more line\n")

    code, _, err = command("verify", REPORT, "handed-in/right")

    assert code == 2
    assert "submission" in err


def test_another_seed_cannot_be_compared(command, graded):
    code, _, err = command("verify", REPORT, "handed-in/right", "--seed", "another seed of a test")

    assert code == 2
    assert "seed" in err
