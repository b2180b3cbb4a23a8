from __future__ import annotations

import shutil

import pytest


def test_a_sound_assignment_prints_a_table(command, course):
    code, out, err = command("validate", "vectors", "-j", "1", "--subjects", "--checks")
    lines = [line.split() for line in out.splitlines()]

    assert (code, err) == (0, "")
    assert ["misconception", "centers_rows", "0", "3", "of", "6", "yes", "sound"] in [
        line[:8] for line in lines
    ]
    assert ["center.backward/dx_is_the_slope", "0", "of", "2", "carries", "center.forward"] in lines
    (summary,) = (line for line in lines if line[:1] == ["vectors"])
    assert summary[1:7] == ["6", "6", "6", "1", "1", "13"]
    assert summary[-1] == "sound"


def test_a_right_solution_that_loses_points_is_told_with_the_check_that_failed(command, course):
    file = course / "reference/vectors/alternatives/row_by_row.py"
    text = file.read_text("utf-8")
    file.write_text(text.replace("sum(x)", "1 + sum(x)"), "utf-8")

    code, _, err = command("validate", "vectors", "-j", "1", "--only", "row_by_row")

    assert code == 2
    assert "alternative row_by_row: it loses center.forward, though it is right (out_equals" in err


def test_a_misconception_that_loses_something_else_is_told(command, course):
    file = course / "reference/vectors/misconceptions/one_mean_for_all.py"
    text = file.read_text("utf-8")
    file.write_text(text.replace('"center.forward"', '"running_mean"'), "utf-8")

    code, _, err = command("validate", "vectors", "-j", "1", "--only", "one_mean_for_all")

    assert code == 2
    assert "it loses center.forward, which LOSES does not name" in err
    assert "it does not lose running_mean, which LOSES names" in err


def test_a_stub_with_other_parameters_is_told(command, course):
    file = course / "assignments/vectors/vectors.py"
    text = file.read_text("utf-8")
    file.write_text(text.replace("decay", "rate"), "utf-8")

    code, _, err = command("validate", "vectors", "-j", "1", "--only", "reference")

    assert code == 2
    assert "running_mean(xs, decay) in the reference, running_mean(xs, rate) in the stub" in err


def test_a_check_that_knows_nothing_is_told(command, course):
    for half in ("assignments", "reference"):
        file = course / half / "vectors" / "checks.py"
        text = file.read_text("utf-8")
        file.write_text(text.replace("expect.close(", "(lambda *_, **__: None)("), "utf-8")

    code, _, err = command("validate", "vectors", "-j", "1", "--only", "zero")

    assert code == 2
    assert "zero earns" in err


@pytest.mark.parametrize("action", ["flag", "fail"])
def test_a_reference_that_breaks_the_policy_is_told(command, course, action):
    file = course / "assignments/vectors/assignment.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("[numpy.average], action: flag", f"[.mean], action: {action}"))

    code, _, err = command("validate", "vectors", "-j", "1", "--only", "reference")

    assert code == 2
    assert "center.forward: against the policy: center_forward uses .mean, which this" in err
    assert ("the reference loses center.forward" in err) == (action == "fail")


def test_a_misconception_that_the_policy_takes_proves_nothing(command, course):
    file = course / "reference/vectors/misconceptions/starts_from_zero.py"
    text = file.read_text("utf-8")
    file.write_text(
        text.replace(
            "def running_mean(xs, decay):", "def running_mean(xs, decay):\n    np.convolve"
        ),
        "utf-8",
    )

    code, _, err = command("validate", "vectors", "-j", "1", "--only", "starts_from_zero")

    assert code == 2
    assert "running_mean: against the policy: running_mean uses numpy.convolve" in err


def test_of_several_assignments_a_problem_names_its_own(command, course):
    for half in ("assignments", "reference"):
        shutil.copytree(course / half / "vectors", course / half / "copies")
    file = course / "reference/copies/alternatives/row_by_row.py"
    text = file.read_text("utf-8")
    file.write_text(text.replace("sum(x)", "1 + sum(x)"), "utf-8")

    code, out, err = command("validate", "vectors", "copies", "-j", "1", "--only", "row_by_row")
    verdicts = [line.split()[0] + " " + line.split()[-1] for line in out.splitlines() if line][1:]

    assert code == 2
    assert err.startswith("copies: alternative row_by_row: it loses center.forward")
    assert verdicts == ["vectors sound", "copies WRONG"]
