"""Every assignment of the course is proved by its reference, stub and misconceptions."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader import validate
from grader.checking import source
from grader.sandbox import probe
from tests.specimens import ROOT

FOLDERS = sorted(path.parent for path in (ROOT / "assignments").glob("*/assignment.yaml"))
OTHER_SEEDS = 20


def by_slug(folder: Path) -> str:
    return folder.name


def wrong(rows: list[validate.Examined]) -> list[str]:
    return [
        f"{row.subject.kind} {row.subject.name} under seed {row.seed}: {problem}"
        for row in rows
        for problem in row.problems
    ]


@pytest.mark.parametrize("folder", FOLDERS, ids=by_slug)
def test_an_assignment_is_sound_under_the_public_seed(folder: Path):
    rows = list(validate.run(folder, probe.choose("auto"), seeds=0, jobs=2))

    assert wrong(rows) == []


@pytest.mark.parametrize("folder", FOLDERS, ids=by_slug)
def test_another_seed_changes_no_outcome_of_a_sample(folder: Path):
    subjects = validate.subjects(source.read(folder))
    work = validate.Work(
        folder=folder,
        confinement=probe.choose("auto"),
        seed=7,
        subjects=(subjects[0], *subjects[3::9]),
    )

    assert wrong(validate.examine(work)) == []


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS, ids=by_slug)
def test_twenty_other_seeds_change_no_outcome(folder: Path):
    rows = list(validate.run(folder, probe.choose("auto"), seeds=OTHER_SEEDS, jobs=2))

    assert wrong(rows) == []


@pytest.mark.parametrize("folder", FOLDERS, ids=by_slug)
def test_an_assignment_has_enough_named_misconceptions(folder: Path):
    named = [one for one in source.read(folder).misconceptions if one.named]

    assert len(named) >= 20
