"""Reports of a made-up class, for tests of what is made of reports."""

from __future__ import annotations

from grader.findings import FLAGGED, Finding, Outcome
from grader.questions import Failure, FailureKind
from grader.report import ItemResult, Provenance, Report, assemble

PROVENANCE = Provenance(
    submission="sha256:aa",
    course="sha256:bb",
    engine="0.1.0",
    runtime={"python": "3.11"},
    device="cpu",
    isolation="landlock",
    seed="sha256:cc",
)


def item(
    id: str,
    outcome: Outcome = Outcome.PASSED,
    *findings: Finding,
    out_of: float = 2.0,
    points: float | None = None,
    carried: str | None = None,
) -> ItemResult:
    earned = (out_of if outcome is Outcome.PASSED else 0.0) if points is None else points
    return ItemResult(
        id=id,
        title=id.title(),
        outcome=outcome,
        points=earned,
        out_of=out_of,
        carried=carried,
        findings=findings,
    )


def wrong(misconception: str | None = None, hint: str | None = None) -> Finding:
    return Finding(
        check="equals", outcome=Outcome.FAILED, misconception=misconception, hint=hint, message="no"
    )


def broke(kind: FailureKind, check: str = "equals") -> Finding:
    failure = Failure(kind=kind, message="it ended")
    return Finding(check=check, outcome=Outcome.FAILED, failure=failure)


def report(student: str, *items: ItemResult) -> Report:
    return assemble("vectors", student, items, PROVENANCE)


def flagged(text: str) -> Finding:
    return Finding(check="policy", outcome=Outcome.PASSED, message=FLAGGED + text)


def ours(text: str) -> Finding:
    return Finding(check="equals", outcome=Outcome.UNGRADED, message=text)
