"""What the courses say, they say in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from grader import new
from grader.checking import source
from grader.checking.source import Course
from tests.specimens import ROOT

SLUGS = sorted(path.parent.name for path in (ROOT / "assignments").glob("*/assignment.yaml"))
RUSSIAN = re.compile("[а-яё]", re.IGNORECASE)


@pytest.fixture(scope="module", params=[*SLUGS, "what `new` makes"])
def course(request, tmp_path_factory) -> Course:
    if request.param in SLUGS:
        return source.read(ROOT / "assignments" / request.param)
    root = tmp_path_factory.mktemp("course")
    new.new("my_assignment", root)
    return source.read(root / "assignments" / "my_assignment")


def is_russian(text: str | None) -> bool:
    return bool(text and RUSSIAN.search(text))


def test_the_assignment_and_its_items_have_titles(course):
    titles = [course.assignment.title, *(item.title for item in course.assignment.items)]
    # A title may be a name: `PReLU` is one in both.
    mute = [title.en for title in titles if not title.ru or not (title.en.strip())]

    assert not mute
    assert sum(is_russian(title.ru) for title in titles) > len(titles) / 2


def test_every_check_has_a_title(course):
    assert [check.id for check in course.checks if not is_russian(check.title_ru)] == []


def test_every_misconception_has_a_diagnosis_and_a_hint(course):
    lacking = [
        f"{one.name}: {lang}"
        for one in course.misconceptions
        for texts in (one.diagnosis, one.hint)
        for lang in ("en", "ru")
        if not texts[lang].strip() or is_russian(texts[lang]) != (lang == "ru")
    ]

    assert lacking == []


def test_the_task_text_is_there(course):
    folder: Path = course.assignment.folder
    english = (folder / "README.md").read_text("utf-8")
    russian = (folder / "README.ru.md").read_text("utf-8")

    assert english.strip()
    assert len(RUSSIAN.findall(russian)) > len(russian) / 5


def test_the_task_texts_have_the_same_sections(course):
    folder = course.assignment.folder
    levels = [
        re.findall(r"^(#+) ", (folder / name).read_text("utf-8"), flags=re.MULTILINE)
        for name in ("README.md", "README.ru.md")
    ]

    assert levels[0] == levels[1]
