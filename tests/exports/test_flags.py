from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.console import Console

from grader.exports.terminal import show_class, show_report
from grader.findings import FLAGGED, POLICY, Evidence, Finding, Outcome
from grader.policy import sentence
from tests.exports.test_terminal import ASSIGNMENT, report, result

EVIDENCE = Evidence(
    what="accuracy", given=0.99, expected=0.8, error=0.19, tolerance=0.1, note="too good"
)
FLAG = Finding(
    check="trains", outcome=Outcome.PASSED, message=f"{FLAGGED}{EVIDENCE}", evidence=EVIDENCE
)
QUIET = Finding(check="loads", outcome=Outcome.PASSED, message="definitions alone")
ADA = report(result("scale", Outcome.PASSED, FLAG, QUIET))


def printed(show, *arguments) -> str:
    stream = io.StringIO()
    show(*arguments, Console(file=stream, width=200), "en")
    return stream.getvalue()


def test_a_flag_stands_under_the_table_of_a_class():
    assert printed(show_class, [ADA]).splitlines()[-1] == (
        f"flagged, no points lost: ada: scale: {EVIDENCE}"
    )


def test_a_flag_is_told_in_the_reader_s_language():
    stream = io.StringIO()
    show_class([ADA], Console(file=stream, width=200), "ru")

    assert "баллы не сняты: ada: scale: accuracy: у вас 0.99" in stream.getvalue()


def test_a_flag_costs_nothing():
    assert (ADA.points, ADA.complete) == (1.0, True)


def test_a_flag_is_not_shown_to_the_student():
    assert "accuracy" not in printed(show_report, ADA, ASSIGNMENT)


@pytest.mark.parametrize(
    "finding", [QUIET, Finding(check="a", outcome=Outcome.FAILED, message=f"{FLAGGED}so")]
)
def test_another_message_is_no_flag(finding):
    assert finding.flagged is None


USES = Evidence(
    what="scale", given="torch.autograd", expected="no torch.autograd", note="work.py:3"
)
FORBIDDEN = Finding(
    check=POLICY, outcome=Outcome.PASSED, message=f"{FLAGGED}{sentence(USES)}", evidence=USES
)


def test_a_class_says_how_many_students_are_flagged():
    bob = report(result("scale", Outcome.PASSED, FORBIDDEN, FLAG), student="bob")
    eve = report(result("scale", Outcome.PASSED, QUIET), student="eve")
    lines = printed(show_class, [ADA, bob, eve]).splitlines()

    assert "students: 3, mean 1 of 1 points, flagged: 2" in lines


def test_a_class_without_flags_does_not_mention_them():
    eve = report(result("scale", Outcome.PASSED, QUIET), student="eve")

    assert "flagged" not in printed(show_class, [eve])


def test_what_is_forbidden_stands_under_the_table_of_a_class():
    lines = printed(show_class, [report(result("scale", Outcome.PASSED, FORBIDDEN))]).splitlines()

    assert lines[-1] == (
        "flagged, no points lost: ada: scale: scale uses torch.autograd, which this assignment "
        "does not allow (work.py:3)"
    )


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "policy: scale uses torch.autograd, which this assignment does not allow"),
        ("ru", "правила задания: scale использует torch.autograd, что в этом задании не разрешено"),
    ],
)
def test_a_student_reads_what_is_forbidden_where_it_costs_points(lang, line):
    failed = replace(FORBIDDEN, outcome=Outcome.FAILED, message=sentence(USES))
    stream = io.StringIO()
    ada = report(result("scale", Outcome.FAILED, failed))
    show_report(ada, ASSIGNMENT, Console(file=stream, width=200), lang)

    assert f"    {line} (work.py:3)" in stream.getvalue().splitlines()
