"""The small course of training, graded: what each way to go wrong is told."""

from __future__ import annotations

import sys
from functools import cache

import pytest

from grader import grade, submission
from grader.checking import source
from grader.findings import Outcome
from grader.grade import Desk
from grader.proof import validate
from grader.report import to_yaml
from tests.boxes import warm
from tests.specimens import COURSES, TRAINING, submissions

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="boxes of forks are Linux's")

FOLDER = COURSES["training"] / "assignments" / "training"


@cache
def desk():
    made = Desk(course=source.read(FOLDER), opener=warm(), secret="training", isolation="landlock")
    made.records = grade.prepare(made, made.course.checks)
    return made


@cache
def graded(name):
    work = submission.read(submissions("training") / name, desk().course.assignment)
    return grade.grade(work, desk()).report


def findings(name):
    return [finding for item in graded(name).items for finding in item.findings]


def told(name):
    """What is wrong, in the words of the report."""
    return [one.message for one in findings(name) if one.outcome is Outcome.FAILED]


@pytest.mark.parametrize("specimen", TRAINING, ids=str)
def test_a_submission_loses_exactly_what_it_says(specimen):
    report = graded(specimen.folder.name)
    lost = {item.id for item in report.items if item.outcome is not Outcome.PASSED}

    if specimen.no_points:
        assert report.points == 0
    else:
        assert lost == set(specimen.loses)


@pytest.mark.parametrize("specimen", [one for one in TRAINING if one.failure], ids=str)
def test_a_submission_fails_in_the_way_it_says(specimen):
    kinds = {one.failure.kind for one in findings(specimen.folder.name) if one.failure}

    assert kinds == {specimen.failure}


@pytest.mark.parametrize("specimen", TRAINING, ids=str)
def test_a_submission_is_taken_for_the_misconception_it_says(specimen):
    named = {one.misconception for one in findings(specimen.folder.name)} - {None}

    assert named == ({specimen.misconception} - {None})


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("returns_nan", "weights['W'] at [3, 1]: yours nan, expected finite numbers; 1 of 32"),
        ("other_shapes", "weights['W']: yours array (2, 16), expected array (16, 2); the shape"),
        ("extra_key", "weights: yours dict of 3, expected dict of 2; extra: 'loss'"),
        ("missing_key", "weights: yours dict of 1, expected dict of 2; missing: 'b'"),
        ("a_list", "weights: yours list of 2, expected dict of 2"),
        ("two_gigabytes", "MemoryError: Unable to allocate 2.00 GiB for an array"),
        ("forty_megabytes", "fit returned more than 32 MiB of arrays"),
        ("never_ends", "no answer within 1 s of computing"),
        ("weights_from_elsewhere", "share of new data explained: yours -"),
        ("ends_in_nan", "weights['b'] at [0]: yours nan, expected finite numbers; 2 of 2"),
        ("out_of_order", "power 100 %: over 20 steps in float64"),
    ],
)
def test_what_went_wrong_is_said_in_a_sentence(name, sentence):
    assert sentence in told(name)[0]


def test_the_evidence_of_training_that_fails_holds_its_design():
    (finding,) = (one for one in findings("one_pass") if one.evidence)

    assert finding.evidence.note == (
        "means over 2 x 3 data sets, both blocks; false fail below 1e-9: sd 0.003 a block of 3 "
        "over 200 orders, power 100 % of: one epoch of five, ascent, weights from elsewhere"
    )


def test_work_that_is_too_good_is_flagged_and_loses_nothing():
    (flag,) = (one.flagged for one in findings("solves_exactly") if one.flagged)

    assert flag.startswith("share of new data explained: yours 0.9")
    assert graded("solves_exactly").points == graded("right").points


def test_honest_work_is_not_flagged():
    assert [one for name in ("right", "loops") for one in findings(name) if one.flagged] == []


def test_the_same_training_gives_the_same_bytes():
    work = submission.read(submissions("training") / "one_pass", desk().course.assignment)

    assert to_yaml(grade.grade(work, desk()).report) == to_yaml(graded("one_pass"))


@pytest.mark.parametrize("kind", ["reference", "stub", "know-nothing", "misconception"])
def test_the_course_of_training_is_sound(kind):
    subjects = [one for one in validate.subjects(desk().course) if one.kind == kind]

    examined = [validate._examined(desk(), one, 0) for one in subjects]

    assert [(one.subject.name, one.problems) for one in examined if one.problems] == []
