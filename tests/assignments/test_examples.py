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
CASES = [
    pytest.param(slug, specimen, id=f"{slug}-{specimen}")
    for slug, specimens in CLASSES.items()
    for specimen in specimens
]


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Report]]:
    return {slug: graded_class(slug, tmp_path_factory.mktemp(slug)) for slug in CLASSES}


def graded_class(slug: str, out: Path) -> dict[str, Report]:
    assignment = rubric.read(ROOT / "assignments" / slug)
    job = batch.Job(
        folder=assignment.folder,
        out=out,
        secret=SEED,
        confinement=probe.choose("auto", at_least=probe.STRONG),
    )
    handed_in, _ = submission.collect([ROOT / "examples" / "submissions" / slug], assignment)
    done = list(batch.run(job, handed_in, jobs=2, again=False))
    return {one.report.student: one.report for one in done}


@pytest.mark.parametrize(("slug", "specimen"), CASES)
def test_a_specimen_comes_out_as_it_says(graded, slug: str, specimen: Specimen):
    report = graded[slug][specimen.folder.name]
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
        for item in graded[slug][specimen.folder.name].items
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
        for item in graded[slug][specimen.folder.name].items
        for finding in item.findings
        if finding.misconception
    }

    assert named == {specimen.misconception}


@pytest.mark.parametrize(("slug", "specimen"), [case for case in CASES if case.values[1].note])
def test_a_specimen_whose_script_did_not_run_is_noted(graded, slug: str, specimen: Specimen):
    findings = [
        finding
        for item in graded[slug][specimen.folder.name].items
        for finding in item.findings
        if finding.check == LOADING
    ]

    assert [finding.outcome for finding in findings] == [Outcome.PASSED]
    assert specimen.note in str(findings[0].message)
