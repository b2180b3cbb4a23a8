"""Whatever students write, a page shows it as text: no element, attribute or address of theirs."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest

from grader.exports.pages import student
from grader.findings import LOADING, Evidence, Finding, Outcome
from grader.inert import inert
from grader.pictures import Picture
from grader.questions import Failure, FailureKind
from tests.exports.test_terminal import ASSIGNMENT, report, result
from tests.html_pages import Page

ATTACKS = sorted((Path(__file__).parents[2] / "hostile" / "attacks" / "inject").glob("*.py"))
TEXTS = student.CourseTexts(assignment=ASSIGNMENT, visible=frozenset({"center/open"}))


def texts_of(path: Path) -> str:
    """Every text that an attack holds, one after the other."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    parts = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    return " ".join(parts)[:20_000]


def page_of(text: str, *, code: bool = True) -> Page:
    """A page that holds `text` wherever a student's text may stand."""
    evidence = Evidence(what=text, given=text, expected=text, called=f"{text}(1)", note=text)
    failure = Failure(kind=FailureKind.RAISED, message=text, where=text)
    wrong = Finding(
        check="open", outcome=Outcome.FAILED, message=text, evidence=evidence, hint=text
    )
    raised = Finding(check=text, outcome=Outcome.FAILED, message=text, failure=failure)
    note = Finding(check=LOADING, outcome=Outcome.PASSED, message=text)
    one = report(
        result("center", Outcome.FAILED, wrong, raised, note),
        replace(result("scale", Outcome.BLOCKED), id=text, title=text, carried=text),
        student=text,
    )
    picture = Picture(
        kind="curve", what=text[:300], x=(0.0, 1.0), yours=(0.0, 1.0), expected=(0.0, 1.0)
    )
    return Page(
        student.page(
            one,
            TEXTS,
            "en",
            work={"work.py": text.encode("utf-8", "replace")} if code else {},
            pictures={"center/open": (picture,)},
        )
    )


HARMLESS = page_of("plain words " * 9)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda path: path.stem)
def test_a_page_has_no_element_attribute_or_address_of_a_student_s(attack):
    page = page_of(texts_of(attack))

    assert page.tags <= HARMLESS.tags | {"span", "wbr"}
    assert page.attributes <= HARMLESS.attributes
    assert page.comments == []
    assert page.unclosed == []
    assert {address.removeprefix("#") for address in page.addresses} <= set(page.ids)
    assert all(address.startswith("#") for address in page.addresses)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda path: path.stem)
def test_a_student_s_text_does_not_change_what_a_page_is_made_of(attack):
    # Code is coloured word by word, and lines have anchors; all else has one form.
    other, plain = (page_of(text, code=False) for text in (texts_of(attack), "plain words " * 9))

    tags = [tag for tag, _ in plain.elements if tag != "wbr"]
    assert [tag for tag, _ in other.elements if tag != "wbr"] == tags


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda path: path.stem)
def test_a_page_can_be_written_and_shows_visible_characters_alone(attack):
    page = page_of(texts_of(attack))

    "".join(page.texts).encode()
    assert all(one.isprintable() or one == "\n" for one in "".join(page.texts))


def test_markup_is_shown_as_it_was_written():
    text = '<script>alert(1)</script> & "quotes" <!-- -->'

    assert inert(text) in page_of(text).text
