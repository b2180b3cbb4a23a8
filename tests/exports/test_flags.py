from __future__ import annotations

import io

import pytest
from rich.console import Console

from grader.exports.terminal import show_class, show_report
from grader.findings import FLAGGED, Evidence, Finding, Outcome
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
