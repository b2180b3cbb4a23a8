from __future__ import annotations

import pytest
import yaml

from grader.questions import FailureKind
from tests.specimens import COURSES, SPECIMENS

CASES = [
    pytest.param(slug, specimen, id=f"{slug}-{specimen}")
    for slug, specimens in SPECIMENS.items()
    for specimen in specimens
]


def items_of(slug):
    public = COURSES[slug] / "assignments" / slug / "assignment.yaml"
    return {item["id"] for item in yaml.safe_load(public.read_text(encoding="utf-8"))["items"]}


@pytest.mark.parametrize(("slug", "specimen"), CASES)
def test_a_specimen_says_one_of_full_none_or_what_is_lost(slug, specimen):
    assert specimen.full + specimen.no_points + bool(specimen.loses) == 1


@pytest.mark.parametrize(("slug", "specimen"), CASES)
def test_a_specimen_names_items_of_its_assignment(slug, specimen):
    assert {*specimen.loses, *specimen.carried} <= items_of(slug)


@pytest.mark.parametrize(("slug", "specimen"), CASES)
def test_a_specimen_names_a_misconception_that_there_is(slug, specimen):
    misconceptions = COURSES[slug] / "reference" / slug / "misconceptions"

    assert specimen.misconception in {None, *(path.stem for path in misconceptions.glob("*.py"))}


@pytest.mark.parametrize(("slug", "specimen"), CASES)
def test_a_specimen_names_a_kind_of_failure_that_there_is(slug, specimen):
    assert specimen.failure in {None, *FailureKind}


UNTOUCHED = [
    pytest.param(slug, specimen.folder, id=slug)
    for slug, specimens in SPECIMENS.items()
    for specimen in specimens
    if specimen.folder.name == "untouched_stub"
]


@pytest.mark.parametrize(("slug", "folder"), UNTOUCHED)
def test_the_untouched_stub_is_the_stub(slug, folder):
    public = COURSES[slug] / "assignments" / slug

    for name in (f"{slug}.py", *(["answers.yaml"] if (public / "answers.yaml").exists() else [])):
        assert (folder / name).read_bytes() == (public / name).read_bytes()
