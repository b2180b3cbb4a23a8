from __future__ import annotations

import pytest
import yaml

from grader.questions import FailureKind
from tests.specimens import ACTIVATIONS, ROOT, VECTORS

COURSES = {
    "activations": (ROOT / "assignments", ROOT / "reference", ACTIVATIONS),
    "vectors": (ROOT / "tests/courses/assignments", ROOT / "tests/courses/reference", VECTORS),
}
CASES = [
    pytest.param(slug, specimen, id=f"{slug}-{specimen}")
    for slug, (_, _, specimens) in COURSES.items()
    for specimen in specimens
]


def items_of(slug):
    public = COURSES[slug][0] / slug / "assignment.yaml"
    return {item["id"] for item in yaml.safe_load(public.read_text(encoding="utf-8"))["items"]}


@pytest.mark.parametrize(("slug", "specimen"), CASES)
def test_a_specimen_says_one_of_full_none_or_what_is_lost(slug, specimen):
    assert specimen.full + specimen.no_points + bool(specimen.loses) == 1


@pytest.mark.parametrize(("slug", "specimen"), CASES)
def test_a_specimen_names_items_of_its_assignment(slug, specimen):
    assert {*specimen.loses, *specimen.carried} <= items_of(slug)


@pytest.mark.parametrize(("slug", "specimen"), CASES)
def test_a_specimen_names_a_misconception_that_there_is(slug, specimen):
    misconceptions = COURSES[slug][1] / slug / "misconceptions"

    assert specimen.misconception in {None, *(path.stem for path in misconceptions.glob("*.py"))}


@pytest.mark.parametrize(("slug", "specimen"), CASES)
def test_a_specimen_names_a_kind_of_failure_that_there_is(slug, specimen):
    assert specimen.failure in {None, *FailureKind}


@pytest.mark.parametrize("slug", COURSES)
@pytest.mark.parametrize("file", ["answers.yaml", "{slug}.py"])
def test_the_untouched_stub_is_the_stub(slug, file):
    public, _, specimens = COURSES[slug]
    (untouched,) = (s.folder for s in specimens if s.folder.name == "untouched_stub")
    name = file.format(slug=slug)

    assert (untouched / name).read_bytes() == (public / slug / name).read_bytes()
