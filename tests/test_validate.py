from __future__ import annotations

from collections import Counter

import pytest

from grader import validate
from grader.checking import source
from grader.sandbox import probe
from tests.specimens import ROOT

FOLDER = ROOT / "tests" / "courses" / "assignments" / "vectors"


@pytest.fixture(scope="module")
def rows() -> dict[str, validate.Examined]:
    work = validate.Work(
        folder=FOLDER,
        confinement=probe.choose("auto"),
        seed=3,
        subjects=tuple(validate.subjects(source.read(FOLDER))),
    )
    return {row.subject.name: row for row in validate.examine(work)}


def test_the_subjects_are_the_reference_the_stub_know_nothings_and_misconceptions():
    kinds = Counter(one.kind for one in validate.subjects(source.read(FOLDER)))

    assert kinds == {"reference": 1, "stub": 1, "know-nothing": 4, "misconception": 6}


def test_the_reference_earns_everything(rows):
    assert rows["reference"].points == rows["reference"].out_of == 6.0


@pytest.mark.parametrize("name", ["stub", "identity", "zero", "absolute", "square"])
def test_who_knows_nothing_earns_nothing(rows, name):
    assert rows[name].points == 0.0


def test_a_misconception_loses_its_items_and_is_named(rows):
    row = rows["centers_rows"]

    assert row.lost == ("center.forward", "center.backward")
    assert row.named == ("centers_rows",)


def test_nothing_is_wrong_with_a_sound_assignment(rows):
    assert [row.problems for row in rows.values() if row.problems] == []


def test_other_seeds_are_other_seeds():
    assert len({validate.secret_of(seed) for seed in range(21)}) == 21
