from __future__ import annotations

from collections import Counter

import pytest

from grader.checking import source
from grader.proof import validate
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


def test_the_subjects_are_all_that_is_known_to_be_right_or_wrong():
    kinds = Counter(one.kind for one in validate.subjects(source.read(FOLDER)))

    assert kinds == {
        "reference": 1, "stub": 1, "know-nothing": 4, "alternative": 1, "misconception": 6
    }  # fmt: skip


def test_an_alternative_earns_everything(rows):
    assert rows["row_by_row"].points == rows["row_by_row"].out_of == 5.0
    assert rows["row_by_row"].failed == ()


def test_under_another_seed_a_misconception_is_asked_what_it_can_reach(rows):
    assert (rows["centers_rows"].out_of, rows["reference"].out_of) == (3.0, 6.0)


def test_the_checks_that_failed_are_told(rows):
    assert "center.forward/out_equals_the_reference" in rows["centers_rows"].failed


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
