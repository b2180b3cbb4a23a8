"""What an assignment must show to be sound, for each kind of subject that is graded."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from grader import grade, report
from grader.checking import record
from grader.checking.source import Course
from grader.errors import CourseError
from grader.findings import POLICY, Outcome
from grader.grade import Desk, Graded
from grader.policy import sentence
from grader.release import stubs
from grader.sandbox.talk import Sources
from grader.submission import Submission

ROOM = 5
"""The reference must fit into a fifth of every limit, so that a slow machine fails nobody."""


def problems(desk: Desk, kind: str, name: str, submission: Submission, graded: Graded) -> list[str]:
    """What is wrong with how one subject came out; empty where all is well.

    Args:
        desk: the course and its records.
        kind: reference, stub, know-nothing, renamed, alternative or misconception.
        name: the subject's own name.
        submission: the subject as it was graded.
        graded: what came out.

    Raises:
        BoxError: our side could not grade the reference again.
    """
    found = [
        f"{item.id}: {finding.message}"
        for item in graded.report.items
        for finding in item.findings
        if finding.outcome is Outcome.UNGRADED
    ]
    lost = lost_items(graded)
    found += _forbidden(graded, right=kind in ("reference", "alternative"))
    if kind == "reference":
        found += [f"the reference loses {id}" for id in lost]
        found += _unequal(desk, submission, graded) + _tight(desk.course, graded)
        found += _signatures(desk.course) + _unrecordable(desk)
    elif kind in ("stub", "know-nothing"):
        found += _earned(desk.course, graded, kind, name)
        found += _drifted(desk.course) if kind == "stub" else []
    elif kind == "alternative":
        found += [f"it loses {id}, though it is right{_why(graded, id)}" for id in lost]
    elif kind == "misconception":
        found += _misjudged(desk.course, name, set(lost), named_in(graded))
    return list(dict.fromkeys(found))


def lost_items(graded: Graded) -> tuple[str, ...]:
    """The items that did not pass, but for those that wait for a person."""
    return tuple(
        item.id
        for item in graded.report.items
        if item.outcome not in (Outcome.PASSED, Outcome.PENDING)
    )


def named_in(graded: Graded) -> tuple[str, ...]:
    """The misconceptions that a report names."""
    names = (finding.misconception for item in graded.report.items for finding in item.findings)
    return tuple(sorted({name for name in names if name}))


def failed_checks(graded: Graded) -> tuple[str, ...]:
    """The ids of the checks that found something wrong."""
    return tuple(
        f"{item.id}/{finding.check}"
        for item in graded.report.items
        for finding in item.findings
        if finding.outcome is Outcome.FAILED
    )


def _why(graded: Graded, id: str) -> str:
    item = next(item for item in graded.report.items if item.id == id)
    said = [
        f"{finding.check}: {finding.message}"
        for finding in item.findings
        if finding.outcome is Outcome.FAILED
    ]
    return f" ({said[0]})" if said else ""


def _forbidden(graded: Graded, *, right: bool) -> list[str]:
    """What the assignment's own policy says of what is right, or takes from what is wrong.

    An item that the policy takes proves nothing about its checks.
    """
    return [
        f"{item.id}: against the policy: {sentence(finding.evidence)}"
        for item in graded.report.items
        for finding in item.findings
        if finding.check == POLICY and finding.evidence is not None
        if right or finding.outcome is Outcome.FAILED
    ]


def _unequal(desk: Desk, submission: Submission, graded: Graded) -> list[str]:
    again = grade.grade(submission, desk)
    if report.to_yaml(again.report) == report.to_yaml(graded.report):
        return []
    return ["grading the reference twice gives different reports"]


def _unrecordable(desk: Desk) -> list[str]:
    found = []
    for one in desk.records.values():
        try:
            record.to_bytes(one)
        except CourseError as error:
            found.append(str(error))
    return found


def _tight(course: Course, graded: Graded) -> list[str]:
    found = []
    for id, timing in graded.timings.items():
        limits = course.assignment.item(id).limits
        for name, seconds in timing["checks"].items():
            if not seconds <= limits.seconds / ROOM:
                found.append(
                    f"{id}/{name} takes the reference {seconds:.1f} of {limits.seconds:g} s; "
                    f"a fifth is what a limit must leave room for"
                )
    return found


def _signatures(course: Course) -> list[str]:
    """Where a function of the stub takes other parameters than the reference's."""
    reference = course.reference
    assert reference is not None
    stub = course.sources_in(course.assignment.folder)
    ours, theirs = _parameters(reference), _parameters(stub)
    return [
        f"{name}({', '.join(ours.get(name, ['…missing']))}) in the reference, "
        f"{name}({', '.join(parameters)}) in the stub"
        for name, parameters in theirs.items()
        if ours.get(name) != parameters
    ]


def _parameters(sources: Sources) -> dict[str, list[str]]:
    return {
        statement.name: _written(statement.args)
        for text in sources.files.values()
        for statement in ast.parse(text).body
        if isinstance(statement, ast.FunctionDef) and not statement.name.startswith("_")
    }


def _written(arguments: ast.arguments) -> list[str]:
    """Parameters with their defaults; what they are annotated with calls nothing otherwise."""
    for node in ast.walk(arguments):
        if isinstance(node, ast.arg):
            node.annotation = None
    return [part.strip() for part in ast.unparse(arguments).split(",")]


def _earned(course: Course, graded: Graded, kind: str, name: str) -> list[str]:
    return [
        f"{name} earns {item.points:g} points in {item.id}"
        for item in graded.report.items
        if item.points and (kind == "stub" or _is_code(course, item.id))
    ]


def _drifted(course: Course) -> list[str]:
    """Stubs that are not what marked solutions make of them; without markers they are one's own."""
    if not stubs.is_marked(course):
        return []
    again = f"grader release {course.assignment.slug} --stubs"
    return [f"{path.name} has drifted from its solution: {again}" for path in stubs.drifted(course)]


def _is_code(course: Course, id: str) -> bool:
    return course.assignment.item(id).kind == "code"


def _misjudged(course: Course, name: str, lost: set[str], named: Sequence[str]) -> list[str]:
    misconception = next(one for one in course.misconceptions if one.name == name)
    found = []
    if lost != misconception.loses:
        more, less = sorted(lost - misconception.loses), sorted(misconception.loses - lost)
        found += [f"it loses {id}, which LOSES does not name" for id in more]
        found += [f"it does not lose {id}, which LOSES names" for id in less]
    if misconception.named and list(named) != [misconception.name]:
        found.append(f"it is named {', '.join(named) or 'nothing'}")
    if not misconception.named and named:
        found.append(f"it is taken for {', '.join(named)}")
    return found
