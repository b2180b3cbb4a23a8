"""The example class, graded in boxes: each specimen comes out as its own first line says."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader import batch, rubric, submission
from grader.findings import LOADING, Outcome
from grader.report import Report
from grader.sandbox import probe
from tests.specimens import COURSES, ROOT, SPECIMENS, Specimen

SEED = "the seed of the example class in the tests"
CLASSES = {slug: all_of for slug, all_of in SPECIMENS.items() if COURSES[slug] == ROOT}
OFTEN = {
    (slug, specimen.folder.name)
    for slug, specimens in CLASSES.items()
    for specimen in list(specimens)[1::3]
}
"""A third of the class is graded by the fast tests, all of it by the slow ones."""
CASES = [
    pytest.param(
        slug,
        specimen,
        id=f"{slug}-{specimen}",
        marks=() if (slug, specimen.folder.name) in OFTEN else pytest.mark.slow,
    )
    for slug, specimens in CLASSES.items()
    for specimen in specimens
]


class ExampleClass:
    """The reports by assignment and specimen; each part is graded when asked for."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._reports: dict[tuple[str, str], Report] = {}

    def report(self, slug: str, name: str) -> Report:
        if (slug, name) not in self._reports:
            often = (slug, name) in OFTEN
            part = [one for one in handed_in() if ((one[0], one[1].student) in OFTEN) == often]
            self._grade(part)
        return self._reports[slug, name]

    def _grade(self, part: list[tuple[str, submission.Submission]]) -> None:
        classes = [
            (self._job(slug), [one for of, one in part if of == slug])
            for slug in dict.fromkeys(slug for slug, _ in part)
        ]
        for done in batch.run_all(classes, jobs=2, again=False):
            self._reports[done.report.assignment, done.report.student] = done.report

    def _job(self, slug: str) -> batch.Job:
        return batch.Job(
            folder=ROOT / "assignments" / slug,
            out=self._out,
            secret=SEED,
            confinement=probe.choose("auto", at_least=probe.STRONG),
        )


def handed_in() -> list[tuple[str, submission.Submission]]:
    """All that is handed in, by assignment."""
    found = []
    for slug in CLASSES:
        assignment = rubric.read(ROOT / "assignments" / slug)
        folder = ROOT / "examples" / "submissions" / slug
        found += [(slug, one) for one in submission.collect([folder], assignment)[0]]
    return found


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> ExampleClass:
    return ExampleClass(tmp_path_factory.mktemp("class"))


@pytest.mark.parametrize(("slug", "specimen"), CASES)
def test_a_specimen_comes_out_as_it_says(graded, slug: str, specimen: Specimen):
    report = graded.report(slug, specimen.folder.name)
    code = {
        item.id for item in rubric.read(ROOT / "assignments" / slug).items if item.kind == "code"
    }
    lost = {
        item.id
        for item in report.items
        if item.outcome in (Outcome.FAILED, Outcome.BLOCKED)
        and (item.id in code or item.id in specimen.loses)
    }

    if specimen.full:
        assert lost == set()
    elif specimen.no_points:
        assert sum(item.points for item in report.items) == 0
    else:
        assert lost == set(specimen.loses)
    assert {item.id for item in report.items if item.carried} == set(specimen.carried)


@pytest.mark.parametrize(("slug", "specimen"), [case for case in CASES if case.values[1].failure])
def test_a_specimen_fails_in_the_way_it_says(graded, slug: str, specimen: Specimen):
    kinds = {
        finding.failure.kind
        for item in graded.report(slug, specimen.folder.name).items
        for finding in item.findings
        if finding.failure
    }

    assert specimen.failure in kinds


@pytest.mark.parametrize(
    ("slug", "specimen"), [case for case in CASES if case.values[1].misconception]
)
def test_a_specimen_is_taken_for_the_misconception_it_names(graded, slug: str, specimen: Specimen):
    named = {
        finding.misconception
        for item in graded.report(slug, specimen.folder.name).items
        for finding in item.findings
        if finding.misconception
    }

    assert named == {specimen.misconception}


@pytest.mark.parametrize(("slug", "specimen"), [case for case in CASES if case.values[1].note])
def test_a_specimen_whose_script_did_not_run_is_noted(graded, slug: str, specimen: Specimen):
    findings = [
        finding
        for item in graded.report(slug, specimen.folder.name).items
        for finding in item.findings
        if finding.check == LOADING
    ]

    assert [finding.outcome for finding in findings] == [Outcome.PASSED]
    assert specimen.note in str(findings[0].message)
