"""What students may see of a report: visible checks whole, hidden ones as `feedback` has it.

`full` shows all; `hints` shows of a hidden check its hint alone, no number and no title; `outcome`
shows outcome and points of the item alone. In every case flags, our own tracebacks, the names of
misconceptions and the expected values of questions stay with the instructor.

Whatever shows a report to students shows what comes out of here and nothing else: what is not there
cannot leak.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, replace

from grader.findings import LOADING, POLICY, Evidence, Finding, Outcome
from grader.pictures import Picture
from grader.report import ItemResult, Report
from grader.rubric import Assignment, Feedback

Pictures = Mapping[str, tuple[Picture, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForStudents:
    """A report and its pictures as its student may see them.

    The findings that are left are failures, and texts that wait for a person; one of a hidden
    check under `hints` has an empty name and holds its hint alone. No finding has a misconception.
    `notes` are what there is to say of the student's own files, at no cost.
    """

    report: Report
    pictures: dict[str, tuple[Picture, ...]]
    notes: tuple[str, ...] = ()


def for_students(
    report: Report,
    pictures: Pictures,
    *,
    assignment: Assignment,
    visible: Set[str],
    hidden: Set[str] = frozenset(),
    hint_of: Callable[[Finding], str | None] = lambda finding: finding.hint,
) -> ForStudents:
    """A report without what its student must not see.

    Args:
        pictures: by check id, `<item>/<check>`.
        assignment: says how much feedback there is on hidden checks.
        visible, hidden: the ids of the checks that students have, and of those they have not.
        hint_of: the hint of a finding in the reader's language.
    """
    feedback: Feedback = assignment.feedback
    kinds = {item.id: item.kind for item in assignment.items}

    def is_open(item: ItemResult, finding: Finding) -> bool:
        """Whether it tells nothing of a hidden check: it is a visible one's, or about the student's
        own files, which no check was needed for."""
        check = f"{item.id}/{finding.check}"
        if check in visible or check in hidden:
            return check in visible
        unread = kinds.get(item.id) == "answer" and finding.failure is not None
        return unread or finding.check in (LOADING, POLICY)

    def shown(item: ItemResult, finding: Finding) -> Finding | None:
        if finding.outcome is Outcome.PENDING and finding.evidence is not None:
            # What waits for a person is the student's own text, and no check has seen it.
            own = Evidence(what=finding.evidence.what, given=finding.evidence.given)
            return Finding(check=finding.check, outcome=Outcome.PENDING, evidence=own)
        if finding.outcome is not Outcome.FAILED:
            return None
        hint = hint_of(finding)
        if feedback == "full" or is_open(item, finding):
            evidence = finding.evidence
            if evidence is not None and kinds.get(item.id) == "answer":
                # What was given is the student's own; the key stays where it is.
                evidence = Evidence(what=evidence.what, given=evidence.given)
            return replace(finding, evidence=evidence, misconception=None, hint=hint)
        if feedback == "hints" and hint:
            return Finding(check="", outcome=Outcome.FAILED, hint=hint)
        return None

    items = []
    for item in report.items:
        found = (shown(item, finding) for finding in item.findings)
        items.append(replace(item, findings=tuple(one for one in found if one is not None)))
    kept = {
        check: several
        for check, several in pictures.items()
        if check in visible or feedback == "full"
    }
    notes = tuple(
        finding.message
        for item in report.items
        for finding in item.findings
        if finding.check == LOADING
        and f"{item.id}/{LOADING}" not in visible | hidden
        and finding.outcome is Outcome.PASSED
        and finding.flagged is None
        and finding.message
    )
    return ForStudents(report=replace(report, items=tuple(items)), pictures=kept, notes=notes)
