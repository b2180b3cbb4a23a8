from __future__ import annotations

import sys
from functools import cache

import numpy as np
import pytest

from grader import grade, report, submission
from grader.errors import BoxError
from grader.findings import LOADING, POLICY, Outcome
from grader.grade import Desk
from grader.questions import FailureKind
from tests.boxes import warm
from tests.specimens import VECTORS
from tests.vectors import SECRET, copied, desk, handed_in, own_desk, written

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="boxes of forks are Linux's")

CODE = {"center.forward", "center.backward", "running_mean"}
SOLUTION = """
import numpy as np

def center_forward(x):
    return x - x.mean(axis=0), None

def center_backward(dout, cache):
    return dout - dout.mean(axis=0)

def running_mean(xs, decay):
    means = np.array(xs, dtype=float)
    for t in range(1, len(means)):
        means[t] = decay * means[t - 1] + (1 - decay) * means[t]
    return means
"""


@cache
def graded(name):
    """The report on one of the course's submissions."""
    return grade.grade(handed_in(name), own_desk()).report


def item(of, id):
    return next(one for one in of.items if one.id == id)


def findings(of):
    return [finding for one in of.items for finding in one.findings]


def lost(of):
    return {one.id for one in of.items if one.outcome in (Outcome.FAILED, Outcome.BLOCKED)}


@pytest.mark.parametrize("specimen", VECTORS, ids=str)
def test_a_submission_loses_exactly_what_it_says(specimen):
    said = graded(specimen.folder.name)

    if specimen.no_points:
        assert said.points == 0
    else:
        assert lost(said) == set(specimen.loses)


@pytest.mark.parametrize("specimen", VECTORS, ids=str)
def test_an_error_is_carried_where_it_says(specimen):
    carried = [one.id for one in graded(specimen.folder.name).items if one.carried]

    assert carried == list(specimen.carried)


@pytest.mark.parametrize("specimen", [one for one in VECTORS if one.failure], ids=str)
def test_a_submission_fails_in_the_way_it_says(specimen):
    kinds = {one.failure.kind for one in findings(graded(specimen.folder.name)) if one.failure}

    assert kinds == {specimen.failure}


@pytest.mark.parametrize("specimen", VECTORS, ids=str)
def test_the_misconception_it_says_is_named_and_no_other(specimen):
    if specimen.no_points or specimen.folder.name == "writes_into_x":
        pytest.skip("says nothing of misconceptions")
    named = {one.misconception for one in findings(graded(specimen.folder.name))} - {None}

    assert named == ({specimen.misconception} if specimen.misconception else set())


@pytest.mark.parametrize("specimen", VECTORS, ids=str)
def test_definitions_alone_are_noted_where_it_says(specimen):
    notes = [
        one.message
        for one in findings(graded(specimen.folder.name))
        if (one.check, one.outcome) == (LOADING, Outcome.PASSED)
    ]

    assert notes == ([grade.DEFINITIONS_ALONE.sentence()] if specimen.note else [])


@pytest.mark.parametrize("specimen", VECTORS, ids=str)
def test_every_report_is_complete_and_can_be_read_back(specimen):
    said = graded(specimen.folder.name)
    again = report.from_yaml(report.to_yaml(said))

    assert (again.complete, report.to_yaml(again)) == (True, report.to_yaml(said))


@pytest.mark.parametrize("name", ["right", "one_mean", "ends_the_process", "raises"])
def test_the_same_submission_gives_the_same_bytes(name):
    once, again = (grade.grade(handed_in(name), own_desk()).report for _ in range(2))

    assert report.to_yaml(once) == report.to_yaml(again)


def test_a_carried_error_earns_its_points_and_says_whose():
    backward = item(graded("one_mean"), "center.backward")

    assert (backward.points, backward.carried) == (2.0, "center.forward")


def test_a_hint_comes_with_its_misconception():
    (first, *_) = item(graded("rows"), "center.forward").findings

    assert (first.misconception, first.hint) == (
        "centers_rows",
        "Which axis must have mean 0 afterwards?",
    )


def test_a_misconception_is_a_wish_of_the_check_that_failed_only():
    hints = [one.hint for one in findings(graded("rows")) if one.outcome is Outcome.PASSED]

    assert set(hints) == {None}


def test_what_a_missing_answer_blocks_is_not_asked():
    backward = item(graded("raises"), "center.backward")

    assert (backward.outcome, backward.findings) == (Outcome.BLOCKED, ())


def test_a_wrong_answer_blocks_nothing():
    assert item(graded("rows"), "center.backward").findings


def test_after_its_process_ended_an_items_checks_are_not_asked():
    first, second = item(graded("ends_the_process"), "center.backward").findings

    assert first.failure.kind is FailureKind.CRASHED
    assert (second.outcome, second.message.split(":")[0]) == (Outcome.BLOCKED, "not asked")


def test_a_submission_that_does_not_load_is_told_once_an_item_and_not_asked():
    said = graded("syntax_error")

    assert [one.check for id in sorted(CODE) for one in item(said, id).findings] == [LOADING] * 3
    assert item(said, "questions.constant_column").points == 1.0


def test_an_answer_is_judged_without_a_box():
    class Closed:
        def open_box(self, sources):
            raise BoxError("no box here")

    of = Desk(
        course=own_desk().course, opener=Closed(), secret=SECRET, isolation="landlock",
        records=own_desk().records,
    )  # fmt: skip
    said = grade.grade(handed_in("right"), of, lambda one: one.kind == "answer").report

    assert [(one.id, one.points) for one in said.items] == [("questions.constant_column", 1.0)]


def test_only_the_items_that_are_wanted_are_graded():
    said = grade.grade(handed_in("right"), own_desk(), lambda one: one.id == "running_mean").report

    assert [one.id for one in said.items] == ["running_mean"]


def test_a_submission_with_a_problem_loses_its_code_items(tmp_path):
    (tmp_path / "ada").mkdir()
    empty = submission.read(tmp_path / "ada", own_desk().course.assignment)
    said = grade.grade(empty, own_desk()).report

    assert lost(said) >= CODE
    assert "vectors.py is missing" in item(said, "running_mean").findings[0].message


def test_the_provenance_is_known_before_anything_runs():
    of = own_desk()
    before = grade.provenance(handed_in("right"), of.course, of.secret, of.isolation)

    assert graded("right").provenance == before


def test_the_secret_is_not_in_the_report():
    assert SECRET.encode() not in report.to_yaml(graded("right"))


def test_another_secret_draws_other_numbers():
    check = own_desk().course.checks[0]
    seeds = [grade.seed_of(secret, "vectors", check) for secret in ("one secret", "another")]

    assert seeds[0] != seeds[1]


def test_each_check_draws_its_own_numbers():
    seeds = {tuple(grade.seed_of(SECRET, "vectors", one)) for one in own_desk().course.checks}

    assert len(seeds) == len(own_desk().course.checks)


def test_times_are_noted_beside_the_report():
    timings = grade.grade(handed_in("right"), own_desk()).timings

    assert set(timings) == CODE
    assert set(timings["running_mean"]["checks"]) == {
        "means_equal_the_reference",
        "columns_and_an_untouched_input",
    }
    assert not timings["running_mean"]["near_a_limit"]


def test_a_check_that_ran_out_of_time_is_near_a_limit():
    timings = grade.grade(handed_in("loops_for_ever"), own_desk()).timings

    assert timings["running_mean"]["near_a_limit"]


def test_what_was_not_asked_took_no_time():
    timings = grade.grade(handed_in("loops_for_ever"), own_desk()).timings

    assert list(timings["running_mean"]["checks"].values()).count(0.0) >= 1


def test_what_was_printed_is_kept_by_item(tmp_path):
    text = SOLUTION.replace("    means = np", "    print('hello')\n    means = np")
    printed = grade.grade(written(text, tmp_path / "ada"), own_desk()).printed

    assert set(printed["running_mean"].split()) == {"hello"}


def broken(tmp_path, old, new):
    """A desk whose reference has `new` in the place of `old`."""
    folder = copied(tmp_path / "course")
    solution = folder.parents[1] / "reference" / "vectors" / "vectors.py"
    text = solution.read_text(encoding="utf-8")
    assert old in text
    solution.write_text(text.replace(old, new), encoding="utf-8")
    return desk(folder)


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ("raise ZeroDivisionError", "the reference gave no answer"),
        ("return x - x.mean(axis=0) + np.nan, None", "not finite"),
        ("return (x - x.mean(axis=0)) * np.inf, None", "not finite"),
        ("import os; os._exit(0)", "the reference gave no answer"),
        ("return x - x.mean(axis=0)", "the reference gave no answer"),
        ("import time; return x * (1 + time.time_ns() % 1000), None", "fails its own check"),
    ],
)
def test_where_the_reference_is_broken_the_item_is_ungraded(tmp_path, new, why):
    of = broken(tmp_path, "return x - x.mean(axis=0), None", new)
    said = grade.grade(handed_in("right"), of).report
    forward = item(said, "center.forward")

    assert (forward.outcome, forward.points, said.complete) == (Outcome.UNGRADED, 0.0, False)
    assert why in forward.findings[0].message


def test_a_broken_reference_costs_nobody_another_item(tmp_path):
    of = broken(tmp_path, "return dout - dout.mean(axis=0)", "raise ValueError")
    said = grade.grade(handed_in("right"), of).report

    assert {one.id for one in said.items if one.outcome is Outcome.UNGRADED} == {"center.backward"}
    assert lost(said) == set()


def test_without_a_record_a_check_is_ungraded():
    of = Desk(course=own_desk().course, opener=warm(), secret=SECRET, isolation="landlock")
    said = grade.grade(handed_in("right"), of).report

    assert {one.outcome for one in said.items if one.id in CODE} == {Outcome.UNGRADED}


def test_a_check_with_a_mistake_is_ungraded_and_names_it(tmp_path):
    folder = copied(tmp_path / "course")
    checks = folder / "checks.py"
    text = checks.read_text(encoding="utf-8")
    checks.write_text(text.replace("draw.normal(6, shift=1.0)", "draw.normals(6)"))
    said = grade.grade(handed_in("right"), desk(folder)).report

    assert item(said, "running_mean").outcome is Outcome.UNGRADED
    assert "has no attribute 'normals'" in item(said, "running_mean").findings[0].message


NASTY = {
    "text": "'\\u202e\\x1b[31m\\ud800<b>' * 50",
    "nothing": "None",
    "a dict": "{'a': np.nan, None: [1, {2.5: 'x'}]}",
    "a set": "{'\\ud800', '\\x00'}",
    "infinity": "np.full_like(xs, np.inf)",
    "integers": "np.zeros(xs.shape, int)",
    "a huge integer": "2 ** 62",
    "no numbers": "np.zeros((0, 1 << 40))",
    "many dimensions": "np.zeros((1,) * 16)",
    "a long list": "[1.0] * 100_000",
    "a nested list": "[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]",
    "text in an array": "np.array(['x'])",
    "a big array": "np.zeros((4 << 20,))",
    "an error": "1 / 0 or None",
    "a strange error": "(_ for _ in ()).throw(ValueError('\\u202e\\x1b[31m' + '/a' * 999))",
}


@pytest.mark.parametrize("case", NASTY)
def test_whatever_comes_back_there_is_a_report(tmp_path, case):
    text = SOLUTION.replace("    return means\n", f"    return {NASTY[case]}\n")
    said = grade.grade(written(text, tmp_path / "ada"), own_desk()).report
    data = report.to_yaml(said)

    assert item(said, "running_mean").outcome is Outcome.FAILED
    assert report.to_yaml(report.from_yaml(data)) == data
    assert "\x1b" not in data.decode()
    assert "\u202e" not in data.decode()


def test_an_answer_that_is_too_long_to_hand_on_is_the_answers_fault(tmp_path):
    """A check that hands an answer on: the cache does not cross, the output does."""
    folder = copied(tmp_path / "course")
    checks = folder / "checks.py"
    text = checks.read_text(encoding="utf-8")
    checks.write_text(
        text.replace(
            'expect.close(means, wanted, what="means")',
            'expect.close(means, wanted, what="means")\n    student.running_mean([means] * 3, 0.5)',
        ).replace(
            "xs = draw.normal(6, shift=1.0)",
            "xs = draw.normal(6, shift=1.0)\n    reference.running_mean([xs] * 3, 0.5)",
        )
    )
    text = SOLUTION.replace("    return means\n", "    return np.zeros((2 << 20,))\n")
    said = grade.grade(written(text, tmp_path / "ada"), desk(folder)).report

    assert item(said, "running_mean").outcome is Outcome.FAILED


def test_a_right_solution_of_another_kind_gets_all_points(tmp_path):
    said = grade.grade(written(SOLUTION, tmp_path / "ada"), own_desk()).report

    assert CODE.isdisjoint(lost(said))


def test_a_box_that_breaks_says_nothing_about_the_points():
    class Breaks:
        def open_box(self, sources):
            raise BoxError("no box here")

    of = Desk(
        course=own_desk().course, opener=Breaks(), secret=SECRET, isolation="landlock",
        records=own_desk().records,
    )  # fmt: skip

    with pytest.raises(BoxError):
        grade.grade(handed_in("right"), of)


def test_the_report_of_our_own_fault_takes_no_points_and_stays_open():
    of = own_desk()
    said = grade.ungraded_report(handed_in("right"), of.course, SECRET, "landlock", "it broke")

    assert (said.points, said.complete) == (0.0, False)
    assert {one.outcome for one in said.items} == {Outcome.UNGRADED}


def test_records_hold_what_the_reference_was_asked():
    one = own_desk().records["running_mean/means_equal_the_reference"]

    assert one.problem is None
    assert [method for method, _ in one.draws] == ["normal"]
    assert np.array_equal(one.student[0][1].values[0], one.reference[0][1].values[0])


def forbidden(of):
    """(item, outcome) of each finding of a policy."""
    return [(one.id, said.outcome) for one in of.items for said in one.findings if is_policy(said)]


def is_policy(finding):
    return finding.check == POLICY


def test_what_an_item_forbids_costs_its_points_where_its_functions_reach_it():
    said = graded("convolves")
    running_mean = item(said, "running_mean")

    assert forbidden(said) == [("running_mean", Outcome.FAILED)]
    assert running_mean.findings[0].message == (
        "running_mean uses numpy.convolve, which this assignment does not allow "
        "(vectors.py:17, filtered)"
    )
    assert {one.outcome for one in running_mean.findings[1:]} == {Outcome.PASSED}


def test_what_is_flagged_is_flagged_in_the_first_item_that_reaches_it():
    # The checks of the backward pass call the forward pass too; a self-test convolves.
    assert forbidden(graded("averages")) == [("center.forward", Outcome.PASSED)]


def test_a_policy_says_nothing_of_honest_work():
    assert forbidden(graded("right")) == []


def test_what_is_forbidden_where_another_item_fails_is_not_carried(tmp_path):
    folder = copied(tmp_path / "course")
    file = folder / "assignment.yaml"
    file.write_text(
        file.read_text("utf-8").replace("[numpy.average], action: flag", "[.mean], action: fail"),
        "utf-8",
    )
    text = SOLUTION.replace("axis=0), None", "axis=1, keepdims=True), None", 1)
    text = text.replace("dout.mean(axis=0)", "dout.mean(axis=1, keepdims=True)")
    said = grade.grade(written(text, tmp_path / "ada"), desk(folder)).report

    assert item(said, "center.backward").findings[0].check == POLICY
    assert {"center.forward", "center.backward"} <= lost(said)
    assert not any(one.carried for one in said.items)
