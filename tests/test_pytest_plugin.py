from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

# Imported here, so that a session inside this one does not import them for itself: numpy cannot
# be imported twice.
from grader import own_work, pytest_plugin
from grader.checking import record, source
from grader.errors import BoxError
from grader.sandbox import probe

pytest_plugins = ["pytester"]

COURSES = Path(__file__).parent / "courses"
VISIBLE = "assignments/vectors"
HIDDEN = "reference/vectors"


class Lent:
    """An opener for many sessions: it tells what they do with it, and stays open."""

    def __init__(self, opener):
        self.opener, self.told = opener, []

    def open_box(self, sources):
        return self.opener.open_box(sources)

    def close(self):
        self.told.append("closed")


@pytest.fixture(scope="module")
def warm():
    """One warm interpreter for all tests here: each would take a second to start its own."""
    lent = Lent(probe.open_opener(probe.choose("auto"), "numpy"))
    yield lent
    lent.opener.close()


@pytest.fixture
def opened(warm, monkeypatch):
    """What the session did with the interpreter that it asked for."""

    def lend(confinement, arrays):
        warm.told.append("opened")
        return warm

    monkeypatch.setattr(probe, "open_opener", lend)
    warm.told.clear()
    return warm.told


@pytest.fixture
def course(pytester, monkeypatch, opened):
    """A copy of the course with no work in it but the stub."""
    # Installed, the plugin would be there twice.
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    for half in ("assignments", "reference"):
        shutil.copytree(COURSES / half, pytester.path / half)
    return pytester.path


@pytest.fixture
def hand_in(course):
    """`hand_in(name)` puts a specimen where a student works; words of it may be replaced."""

    def copy(name, old="", new=""):
        text = (COURSES / "submissions" / name / "vectors.py").read_text("utf-8")
        (course / VISIBLE / "vectors.py").write_text(text.replace(old, new) if old else text)

    return copy


def run(pytester, *words):
    words = ("-W", "error", "-p", "no:cacheprovider", *words)
    return pytester.runpytest_inprocess(*words, plugins=[pytest_plugin])


def test_right_work_passes_the_visible_checks(pytester, hand_in):
    hand_in("right")

    run(pytester, VISIBLE).assert_outcomes(passed=3)


def test_a_check_is_a_test_with_its_title(pytester, course):
    run(pytester, VISIBLE, "--collect-only", "-q").stdout.fnmatch_lines(
        ["*/checks.py::center.forward: The output equals the reference's"]
    )


def test_a_test_can_be_named_alone(pytester, hand_in):
    hand_in("right")

    name = f"{VISIBLE}/checks.py::running_mean: The means equal the reference's"

    run(pytester, name).assert_outcomes(passed=1)


def test_checks_of_several_files_are_tests_under_the_file_that_holds_them(pytester, hand_in):
    hand_in("right")
    path = pytester.path / VISIBLE / "checks.py"
    text = path.read_text("utf-8")
    cut = text.index('@check(item="running_mean"')
    path.write_text(text[:cut], "utf-8")
    path.with_name("checks_more.py").write_text(text[: text.index("@check(")] + text[cut:], "utf-8")

    done = run(pytester, VISIBLE, "-v")

    done.assert_outcomes(passed=3)
    done.stdout.fnmatch_lines(["*/checks_more.py::running_mean: The means equal*PASSED*"])


def test_what_blocks_a_check_of_another_file_skips_it_as_in_one_file(pytester, course):
    path = course / VISIBLE / "checks.py"
    text = path.read_text("utf-8")
    head = text[: text.index("@check(")]
    cut, end = text.index('@check(item="center.backward"'), text.index('@check(item="running_mean"')
    path.write_text(text[:cut] + text[end:], "utf-8")
    path.with_name("checks_more.py").write_text(head + text[cut:end], "utf-8")

    run(pytester, VISIBLE).assert_outcomes(failed=2, skipped=1)


@pytest.mark.parametrize("word", ["means_equal_the_reference", "running_mean", "means equal"])
def test_a_test_is_found_by_its_item_its_name_and_its_title(pytester, hand_in, word):
    hand_in("right")

    outcomes = run(pytester, VISIBLE, "-k", word.replace(" ", " and ")).parseoutcomes()

    assert outcomes == {"passed": 1, "deselected": 2}


def test_titles_that_are_alike_are_told_apart(pytester, course):
    text = (course / VISIBLE / "checks.py").read_text("utf-8")
    again = text[text.index("@check(item=") :].replace("def ", "def again_")
    (course / VISIBLE / "checks.py").write_text(f"{text}\n\n{again}", "utf-8")

    run(pytester, VISIBLE, "--collect-only", "-q").stdout.fnmatch_lines(
        [
            "*::running_mean: The means equal the reference's (means_equal_the_reference)",
            "*::running_mean: The means equal the reference's (again_means_equal_the_reference)",
        ]
    )


def test_wrong_work_fails_with_evidence_and_hint(pytester, hand_in):
    hand_in("one_mean")

    result = run(pytester, VISIBLE)

    result.assert_outcomes(failed=1, passed=2)
    result.stdout.fnmatch_lines(
        [
            "*center.forward: The output equals the reference's (out_equals_the_reference)*",
            "out at [[]0, 0[]]: yours *, expected * (error *, allowed 1e-04)",
            "hint: Every column has a mean of its own.",
        ]
    )


def test_an_exception_says_where_it_was_raised(pytester, course):
    result = run(pytester, VISIBLE, "-k", "running_mean")

    result.stdout.fnmatch_lines(["*NotImplementedError: write running_mean*", "at vectors.py:*"])


def test_what_was_printed_is_shown_with_the_failure(pytester, hand_in):
    hand_in("one_mean", "return x - np.mean(x)", "print('shape', x.shape); return x - np.mean(x)")

    run(pytester, VISIBLE).stdout.fnmatch_lines(["*Captured print call*", "shape (4, 3)"])


def test_a_needed_item_without_an_answer_skips_what_needs_it(pytester, hand_in):
    hand_in("right", "def center_forward", "def centre_forward")

    result = run(pytester, VISIBLE, "-rs")

    result.assert_outcomes(failed=1, skipped=1, passed=1)
    result.stdout.fnmatch_lines(["SKIPPED*: not asked: center.forward gave no answer"])


def test_a_check_after_the_end_of_its_process_is_skipped(pytester, course, hand_in):
    everything_is_visible(course)
    hand_in("ends_the_process")

    result = run(pytester, VISIBLE, "-rs", "-k", "center.backward")

    result.assert_outcomes(failed=1, skipped=1, deselected=4)
    result.stdout.fnmatch_lines(["SKIPPED*not asked: the process that answers had ended before"])


def test_an_error_carried_forward_fails_as_expected(pytester, course, hand_in):
    everything_is_visible(course)
    hand_in("one_mean")

    result = run(pytester, VISIBLE, "-rx", "-k", "center.backward")

    result.assert_outcomes(xfailed=1, passed=1, deselected=4)
    result.stdout.fnmatch_lines(["XFAIL*the error of center.forward is carried forward: dx at *"])


def test_work_that_does_not_load_fails_every_check(pytester, hand_in):
    hand_in("syntax_error")

    result = run(pytester, VISIBLE)

    result.assert_outcomes(failed=3)
    result.stdout.fnmatch_lines(["the submission does not load: SyntaxError: *"])


def test_work_that_is_not_there_is_an_error(pytester, course):
    make_a_release(course)
    (course / VISIBLE / "vectors.py").unlink()

    result = run(pytester, VISIBLE)

    result.assert_outcomes(errors=3)
    result.stdout.fnmatch_lines(["vectors.py is missing; *"])


def test_a_reference_that_is_wrong_is_an_error_and_nobodys_failure(pytester, course, hand_in):
    solution = course / HIDDEN / "vectors.py"
    solution.write_text(solution.read_text("utf-8").replace("return means", "return means / 0"))
    hand_in("right")

    result = run(pytester, VISIBLE)

    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(["not your fault: *reference*"])


def test_the_solution_passes_the_hidden_checks(pytester, course):
    result = run(pytester, HIDDEN, "-v")

    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines(["*::center.backward: dx equals the reference's, with * PASSED*"])


def test_records_stand_in_for_the_reference(pytester, course, hand_in):
    make_a_release(course)
    hand_in("one_mean")

    run(pytester, VISIBLE).assert_outcomes(failed=1, passed=2)


def test_without_records_and_reference_nothing_can_be_asked(pytester, course, hand_in):
    shutil.rmtree(course / "reference")
    hand_in("right")

    run(pytester, VISIBLE).assert_outcomes(errors=3)


def test_a_course_that_is_wrong_is_said_once_in_its_own_words(pytester, course):
    with (course / VISIBLE / "assignment.yaml").open("a", encoding="utf-8") as file:
        file.write("surprise: 1\n")

    result = run(pytester, VISIBLE)

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["assignments/vectors/assignment.yaml:*surprise*"])


@pytest.mark.parametrize("words", [[f"{VISIBLE}/checks.py"], [VISIBLE, "-o", "python_files=*.py"]])
def test_nobody_else_takes_the_checks_for_a_module(pytester, hand_in, words):
    hand_in("right", "import numpy as np", "import numpy as np\n")

    outcomes = run(pytester, *words, "--deselect", f"{VISIBLE}/vectors.py").parseoutcomes()

    assert outcomes == {"passed": 3}


def test_a_file_that_is_called_like_checks_alone_is_not_ours(pytester, course):
    (course / "other").mkdir()
    (course / "other" / "checks.py").write_text("raise SystemExit('imported')")

    assert run(pytester, "other").ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_a_session_warms_one_interpreter_and_ends_it(pytester, hand_in, opened):
    hand_in("right")

    run(pytester, VISIBLE, HIDDEN).assert_outcomes(passed=6)

    assert opened == ["opened", "closed"]


def test_a_session_that_only_collects_warms_none(pytester, course, opened):
    run(pytester, VISIBLE, "--collect-only")

    assert opened == []


def test_a_box_that_does_not_open_is_an_error(pytester, hand_in, monkeypatch):
    def broken(confinement, arrays):
        raise BoxError("the box's interpreter did not start")

    hand_in("right")
    monkeypatch.setattr(probe, "open_opener", broken)

    result = run(pytester, VISIBLE)

    result.assert_outcomes(errors=3)
    result.stdout.fnmatch_lines(["the box's interpreter did not start"])


def test_a_folder_is_graded_once_and_the_selected_items_alone(pytester, hand_in, monkeypatch):
    asked, check = [], own_work.check

    def noted(desk, place, items):
        asked.append(list(items))
        return check(desk, place, items)

    monkeypatch.setattr(own_work, "check", noted)
    hand_in("right")

    run(pytester, VISIBLE, "-k", "center").assert_outcomes(passed=2, deselected=1)

    assert asked == [["center.forward", "center.backward"]]


def test_the_plugin_costs_other_sessions_two_modules():
    program = (
        "import pytest, sys; before = set(sys.modules); import grader.pytest_plugin; "
        "print(*sorted(set(sys.modules) - before))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.split() == ["grader", "grader.pytest_plugin"]


def everything_is_visible(course):
    """Both halves of the checks in the visible file."""
    visible, hidden = (course / half / "checks.py" for half in (VISIBLE, HIDDEN))
    text = hidden.read_text("utf-8")
    with visible.open("a", encoding="utf-8") as file:
        file.write("\n\n" + text[text.index("@check(item=") :])
    hidden.write_text("", "utf-8")


def make_a_release(course):
    """Records of the visible checks instead of the secret half."""
    desk = own_work.desk(source.read(course / VISIBLE), probe.open_opener(None, "numpy"), "any")
    folder = course / VISIBLE / source.RECORDED
    folder.mkdir()
    for id, one in desk.records.items():
        (folder / f"{id.replace('/', '.')}.npz").write_bytes(record.to_bytes(one))
    shutil.rmtree(course / "reference")
