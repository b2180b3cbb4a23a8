from __future__ import annotations


def test_a_sound_assignment_prints_a_table(command, course):
    code, out, err = command("validate", "vectors", "-j", "1")

    assert (code, err) == (0, "")
    assert "misconception centers_rows" in out
    assert "vectors: sound" in out


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
