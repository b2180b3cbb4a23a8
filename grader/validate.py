"""Is an assignment sound? Its reference, stub, know-nothings and misconceptions are graded."""

from __future__ import annotations

import ast
import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from grader import answers, grade, know_nothings, report, submission
from grader.checking import source
from grader.checking.source import Course
from grader.findings import Outcome
from grader.grade import Desk, Graded
from grader.sandbox import probe
from grader.sandbox.box import Confinement
from grader.sandbox.talk import Sources
from grader.secret import PUBLIC
from grader.submission import Submission
from grader.yamlfile import dump

ROOM = 5
"""The reference must fit into a fifth of every limit, so that a slow machine fails nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is graded to prove the assignment.

    `kind` is reference, stub, know-nothing, renamed or misconception.
    """

    kind: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What became of one subject under one seed, and what is wrong with that."""

    subject: Subject
    seed: int
    points: float
    out_of: float
    lost: tuple[str, ...]
    named: tuple[str, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One process's share: some subjects under one seed."""

    folder: Path
    confinement: Confinement
    seed: int
    subjects: tuple[Subject, ...]


def run(
    folder: Path, confinement: Confinement, *, seeds: int, jobs: int, wanted: str = ""
) -> Iterator[Examined]:
    """Examine the assignment in `folder` under the public seed and `seeds` others.

    Under further seeds know-nothings in other clothes are not asked again. `wanted` keeps the
    subjects whose name holds it.

    Raises:
        CourseError: the assignment cannot be read.
        BoxError: our side could not grade.
    """
    course = source.read(folder)
    chosen = [one for one in subjects(course) if wanted in one.name]
    shares = [
        Work(folder=folder, confinement=confinement, seed=seed, subjects=tuple(part))
        for seed in range(seeds + 1)
        for part in _parts([one for one in chosen if seed == 0 or one.kind != "renamed"], jobs)
    ]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context) as executor:
        for examined in executor.map(examine, shares):
            yield from examined


def subjects(course: Course) -> list[Subject]:
    """All that is graded to prove a course."""
    reference = course.reference
    assert reference is not None
    renamed = know_nothings.renamed(course.assignment, reference.files)
    return [
        Subject(kind="reference", name="reference"),
        Subject(kind="stub", name="stub"),
        *(Subject(kind="know-nothing", name=kind) for kind in know_nothings.KINDS),
        *(Subject(kind="renamed", name=one.name) for one in renamed),
        *(Subject(kind="misconception", name=one.name) for one in course.misconceptions),
    ]


def secret_of(seed: int) -> str:
    """The seed of a validation: the public one, then others."""
    return PUBLIC if seed == 0 else f"{PUBLIC}, number {seed}"


def examine(work: Work) -> list[Examined]:
    """Grade some subjects under one seed, in this process."""
    course = source.read(work.folder)
    opener = probe.open_opener(work.confinement, course.assignment.arrays)
    try:
        desk = Desk(
            course=course,
            opener=opener,
            secret=secret_of(work.seed),
            isolation=work.confinement.level,
        )
        desk.records = grade.prepare(desk, course.checks)
        return [_examined(desk, one, work.seed) for one in work.subjects]
    finally:
        opener.close()


def _examined(desk: Desk, subject: Subject, seed: int) -> Examined:
    course = desk.course
    submission, sources = _submitted(desk, subject)
    graded = grade.grade(submission, desk, sources=sources)
    lost = tuple(
        item.id
        for item in graded.report.items
        if item.outcome not in (Outcome.PASSED, Outcome.PENDING)
    )
    named = sorted(
        {
            finding.misconception
            for item in graded.report.items
            for finding in item.findings
            if finding.misconception
        }
    )
    problems = [
        f"{item.id}: {finding.message}"
        for item in graded.report.items
        for finding in item.findings
        if finding.outcome is Outcome.UNGRADED
    ]
    if subject.kind == "reference":
        problems += [f"the reference loses {id}" for id in lost]
        problems += _unequal(desk, submission, graded) + _tight(course, graded)
        problems += _signatures(course)
    elif subject.kind in ("stub", "know-nothing"):
        problems += _earned(course, graded, subject)
    elif subject.kind == "misconception":
        problems += _misjudged(course, subject, set(lost), named)
    return Examined(
        subject=subject,
        seed=seed,
        points=graded.report.points,
        out_of=graded.report.out_of,
        lost=lost,
        named=tuple(named),
        problems=tuple(dict.fromkeys(problems)),
    )


def _submitted(desk: Desk, subject: Subject) -> tuple[Submission, Sources]:
    """The subject as a submission, with right answers where it is the code that is examined."""
    course = desk.course
    reference = course.reference
    assert reference is not None
    right = _right_answers(course)
    if subject.kind == "stub":
        folder = course.assignment.folder
        return submission.read(folder, course.assignment, "stub"), course.sources_in(folder)
    if subject.kind == "know-nothing":
        dialogues = [one.reference for one in desk.records.values()]
        functions = know_nothings.forms(course.assignment, dialogues)
        text = know_nothings.source(subject.name, functions)
        empty = dict.fromkeys(reference.files, "")
        first = next(iter(reference.files))
        sources = replace(reference, files={**empty, first: text})
        return _submission(subject, sources, b""), sources
    sources = reference
    if subject.kind == "renamed":
        overlays = know_nothings.renamed(course.assignment, reference.files)
        chosen = next(one for one in overlays if one.name == subject.name)
        sources = replace(reference, overlays={"renamed.py": chosen.overlay})
    if subject.kind == "misconception":
        sources = course.seat(
            next(one for one in course.misconceptions if one.name == subject.name)
        )
    return _submission(subject, sources, right), sources


def _submission(subject: Subject, sources: Sources, given: bytes) -> Submission:
    files = {name: text.encode() for name, text in sources.files.items()}
    return Submission(
        student=subject.name.replace(" ", "_"),
        files=files,
        answers=given,
        digest="sha256:" + "0" * 64,
        problem=None,
        answers_problem=None,
        origin=Path(),
    )


def _right_answers(course: Course) -> bytes:
    """An answers.yaml that the key must find right."""
    given: dict[str, object] = {}
    for id, key in course.key.items():
        if isinstance(key, answers.NumberKey):
            given[answers.question_of(id)] = key.value
        elif isinstance(key, answers.ChoiceKey):
            given[answers.question_of(id)] = key.choice
        else:
            given[answers.question_of(id)] = sorted(key.choices)
    return dump(given).encode() if given else b""


def _unequal(desk: Desk, submission: Submission, graded: Graded) -> list[str]:
    again = grade.grade(submission, desk)
    if report.to_yaml(again.report) == report.to_yaml(graded.report):
        return []
    return ["grading the reference twice gives different reports"]


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


def _earned(course: Course, graded: Graded, subject: Subject) -> list[str]:
    return [
        f"{subject.name} earns {item.points:g} points in {item.id}"
        for item in graded.report.items
        if item.points and (subject.kind == "stub" or _is_code(course, item.id))
    ]


def _is_code(course: Course, id: str) -> bool:
    return course.assignment.item(id).kind == "code"


def _misjudged(course: Course, subject: Subject, lost: set[str], named: Sequence[str]) -> list[str]:
    misconception = next(one for one in course.misconceptions if one.name == subject.name)
    problems = []
    if lost != misconception.loses:
        more, less = sorted(lost - misconception.loses), sorted(misconception.loses - lost)
        problems += [f"it loses {id}, which LOSES does not name" for id in more]
        problems += [f"it does not lose {id}, which LOSES names" for id in less]
    if misconception.named and list(named) != [misconception.name]:
        problems.append(f"it is named {', '.join(named) or 'nothing'}")
    if not misconception.named and named:
        problems.append(f"it is taken for {', '.join(named)}")
    return problems


def _parts(chosen: Sequence[Subject], count: int) -> list[list[Subject]]:
    return [part for part in (list(chosen[start::count]) for start in range(count)) if part]
