"""Is an assignment sound? What is known to be right or wrong is graded, and compared with that."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from grader import answers, grade, submission
from grader.checking import source
from grader.checking.source import Alternative, Course, Misconception
from grader.grade import Desk
from grader.proof import know_nothings, soundness
from grader.proof.reach import reached
from grader.sandbox import probe
from grader.sandbox.box import Confinement
from grader.sandbox.talk import Sources
from grader.secret import PUBLIC
from grader.submission import Submission
from grader.yamlfile import dump

T = TypeVar("T", Misconception, Alternative)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is graded to prove the assignment.

    `kind` is reference, stub, know-nothing, renamed, alternative or misconception.
    """

    kind: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What became of one subject under one seed, and what is wrong with that.

    `asked` and `lost` are items, `failed` checks, `named` misconceptions, `problems` sentences.
    """

    subject: Subject
    seed: int
    points: float
    out_of: float
    asked: frozenset[str]
    lost: tuple[str, ...]
    failed: tuple[str, ...]
    named: tuple[str, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One process's share: some subjects under one seed."""

    folder: Path
    confinement: Confinement
    seed: int
    subjects: tuple[Subject, ...]
    device: str = "cpu"


def plan(
    folder: Path,
    confinement: Confinement,
    *,
    seeds: int,
    jobs: int,
    wanted: str = "",
    device: str = "cpu",
) -> list[Work]:
    """What to examine of the assignment in `folder`: under the public seed, and `seeds` others.

    Under further seeds know-nothings in other clothes are not asked again, and of what runs after
    the reference only the items that it can reach. `wanted` keeps the subjects whose name holds it;
    `device` is where items run that ask for an accelerator.

    Raises:
        CourseError: the assignment cannot be read.
    """
    chosen = [one for one in subjects(source.read(folder)) if wanted in one.name]
    return [
        Work(
            folder=folder,
            confinement=confinement,
            seed=seed,
            subjects=tuple(part),
            device=device,
        )
        for seed in range(seeds + 1)
        for part in _parts(
            [one for one in chosen if seed == 0 or one.kind != "renamed"], jobs if seed == 0 else 1
        )
    ]


def run(works: Sequence[Work], jobs: int) -> Iterator[Examined]:
    """Do the work in `jobs` processes; what came of it, in the order in which it was planned.

    Raises:
        BoxError: our side could not grade.
    """
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context) as executor:
        for examined in executor.map(examine, works):
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
        *(Subject(kind="alternative", name=one.name) for one in course.alternatives),
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
        if work.device != "cpu":
            desk.put_on(work.device, work.confinement.level)
        desk.records = grade.prepare(desk, course.checks)
        return [_examined(desk, one, work.seed) for one in work.subjects]
    finally:
        opener.close()


def _examined(desk: Desk, subject: Subject, seed: int) -> Examined:
    submission, sources = _submitted(desk, subject)
    asked = _asked(desk, subject.kind, sources, everything=seed == 0)
    graded = grade.grade(submission, desk, lambda item: item.id in asked, sources=sources)
    return Examined(
        subject=subject,
        seed=seed,
        points=graded.report.points,
        out_of=graded.report.out_of,
        asked=asked,
        lost=soundness.lost_items(graded),
        failed=soundness.failed_checks(graded),
        named=soundness.named_in(graded),
        problems=tuple(soundness.problems(desk, subject.kind, subject.name, submission, graded)),
    )


def _asked(desk: Desk, kind: str, sources: Sources, *, everything: bool) -> frozenset[str]:
    """The items to ask: all of them, or those that a change of the reference can reach."""
    if everything or kind not in ("alternative", "misconception"):
        return frozenset(item.id for item in desk.course.assignment.items)
    (change,) = sources.overlays.values()
    return reached(desk.course, desk.records, change)


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
        sources = course.seat(_by_name(course.misconceptions, subject.name))
    if subject.kind == "alternative":
        sources = course.seat(_by_name(course.alternatives, subject.name))
    return _submission(subject, sources, right), sources


def _by_name(others: Sequence[T], name: str) -> T:
    return next(one for one in others if one.name == name)


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


def _parts(chosen: Sequence[Subject], count: int) -> list[list[Subject]]:
    return [part for part in (list(chosen[start::count]) for start in range(count)) if part]
