"""Every assignment of the course is proved by its reference, stub and misconceptions."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.checking import source
from grader.proof import tally, validate
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


def examined(folder: Path, seed: int, always: int, chosen: slice) -> list[validate.Examined]:
    """The first subjects, which earn everything or nothing, and some of the rest, under a seed."""
    subjects = validate.subjects(source.read(folder))
    work = validate.Work(
        folder=folder,
        confinement=probe.choose("auto"),
        seed=seed,
        subjects=(*subjects[:always], *subjects[6:][chosen]),
    )
    return validate.examine(work)


@pytest.mark.parametrize("folder", FOLDERS, ids=by_slug)
def test_an_assignment_is_sound_as_far_as_a_sample_shows(folder: Path):
    assert wrong(examined(folder, 0, 6, slice(0, None, 20))) == []


@pytest.mark.parametrize("folder", FOLDERS, ids=by_slug)
def test_another_seed_changes_no_outcome_of_a_sample(folder: Path):
    assert wrong(examined(folder, 7, 1, slice(5, None, 30))) == []


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS, ids=by_slug)
def test_an_assignment_is_sound_and_twenty_other_seeds_change_no_outcome(folder: Path):
    works = validate.plan(folder, probe.choose("auto"), seeds=OTHER_SEEDS, jobs=2)
    rows = list(validate.run(works, jobs=2))
    deciding = [one for one in tally.tallies(source.read(folder), rows) if not one.carries]

    assert wrong(rows) == []
    assert deciding
    assert [one.check for one in deciding if one.false_fails] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=by_slug)
def test_an_assignment_has_enough_right_solutions_in_other_words(folder: Path):
    assert len(source.read(folder).alternatives) >= 10


@pytest.mark.parametrize("folder", FOLDERS, ids=by_slug)
def test_an_assignment_has_enough_named_misconceptions(folder: Path):
    named = [one for one in source.read(folder).misconceptions if one.named]

    assert len(named) >= 20
