from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from grader.exports.pages import student
from grader.findings import Evidence, Finding, Outcome
from grader.pictures import Picture
from grader.report import Edit, with_edits
from tests.exports.test_terminal import ASSIGNMENT, FULL, RAISED, WRONG, report, result
from tests.html_pages import Page

WORK = {
    "work.py": b"import numpy as np\n\n\ndef center_slope(x):\n    return x\n\n\n"
    + b"\n" * 23
    + b"    raise ValueError\n"
}
PICTURES = {
    "center.slope/dx_is_right": (
        Picture(
            kind="slopes", what="dx", x=(-1.0, 0.0, 1.0), yours=(0.0, 1.0, 1.0),
            expected=(0.0, 0.0, 1.0),
        ),
        Picture(
            kind="errors", what="dx", yours=(0.0, 0.75, 0.0, 0.25), columns=2, frame=(0, 1),
            shape=(2, 2), wrong=2, total=4,
        ),
    ),
    "scale/it_returns": (
        Picture(kind="histogram", what="w", x=(0.0, 1.0, 2.0), yours=(0.25, 0.75),
                expected=(0.5, 0.5), total=8),
        Picture(kind="runs", what="loss", x=(1.0, 2.0), yours=(3.0, 4.0), expected=(1.0, 1.5),
                threshold=2.0),
    ),
}  # fmt: skip
CALLED = replace(WRONG, evidence=replace(WRONG.evidence, called="center_slope(array (4, 5))"))
TEXTS = student.CourseTexts(
    assignment=ASSIGNMENT,
    visible=frozenset({"scale/it_returns"}),
    hidden=frozenset({"center.slope/dx_is_right"}),
    titles={"center.slope/dx_is_right": "dx is right", "scale/it_returns": "It returns"},
)


def made(one=FULL, lang="en", **facts) -> str:
    return student.page(one, TEXTS, lang, **{"work": WORK, "pictures": PICTURES, **facts})


@pytest.fixture(scope="module", name="page")
def the_page() -> Page:
    return Page(made())


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_student_reads_this(golden, lang):
    small = report(
        result("center", Outcome.PASSED),
        result("center.slope", Outcome.FAILED, CALLED),
        result("essay", Outcome.PENDING),
    )
    html = made(small, lang, work={"work.py": b"def center_slope(x):\n    return x  # 1 < 2\n"})
    # The style has a file of its own, and its digest changes with it.
    html = re.sub(r"<style>.*?</style>", "<style>…</style>", html, flags=re.DOTALL)

    golden(f"pages/student.{lang}.html", re.sub(r"sha256-[\w+/=]+", "sha256-…", html))


def test_every_element_is_closed(page):
    assert page.unclosed == []


def test_there_is_no_script(page):
    assert "script" not in page.tags


def test_there_are_no_comments(page):
    assert page.comments == []


def test_there_is_no_style_that_the_policy_would_refuse(page):
    assert "style" not in page.attributes


def test_every_address_is_an_anchor_of_the_page(page):
    assert page.addresses
    assert {address.removeprefix("#") for address in page.addresses} <= set(page.ids)


def test_anchors_are_there_once(page):
    assert len(page.ids) == len(set(page.ids))


def test_every_figure_has_words(page):
    figures = page.of("svg", role="img")

    assert len(figures) == 4
    assert all(figure["aria-label"] for figure in figures)


def test_headings_leave_no_level_out(page):
    levels = [
        int(tag[1]) for tag in (tag for tag, _ in page.elements) if re.fullmatch("h[1-6]", tag)
    ]

    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


@pytest.mark.parametrize(
    "sentence",
    [
        "could not be graded, which is not your fault",
        "not asked: scale gave no answer",
        "not asked because of it: scale.twice, scale.thrice",
        "waits for a person",
        "the error of center.slope is carried forward and costs nothing here",
        "not final: essay, ours",
        "Hint. The loss is a mean: divide by N.",
        "scale raised ValueError: no",
        "mean: 3 is not right",
        "no answer given",
        "grader check scale",
    ],
)
def test_all_that_happened_is_told(page, sentence):
    assert sentence in page.text


def test_a_carried_error_is_a_line_and_no_card(page):
    assert "item-carried" not in page.ids


def test_our_own_traceback_is_not_told(page):
    assert "the author's line" not in page.text


def test_a_failing_line_is_marked_and_linked_both_ways():
    html = made(report(result("scale", Outcome.FAILED, RAISED)))

    assert '<a href="#line-work.py-31"><code>work.py:31</code></a>' in html
    assert '<div class="line marked" id="line-work.py-31">' in html
    assert '<p class="mark"><a href="#item-scale">scale</a>: raised</p>' in html


def test_where_values_are_wrong_the_function_is_marked():
    html = made(report(result("center.slope", Outcome.FAILED, CALLED)))

    assert '<div class="line marked" id="line-work.py-4">' in html


def test_a_check_that_only_carries_marks_nothing_and_is_folded():
    carrying = replace(CALLED, check="carries", hint=None)
    texts = replace(TEXTS, carrying=frozenset({"center.slope/carries"}))
    one = report(result("center.slope", Outcome.FAILED, replace(RAISED, hint="x"), carrying))
    html = student.page(one, texts, "en", work=WORK)

    assert "<summary>Seen too, and costs nothing</summary>" in html
    assert '<div class="line" id="line-work.py-4">' in html


def test_the_same_failure_is_told_once():
    twice = report(
        result("scale", Outcome.FAILED, RAISED), result("scale.twice", Outcome.FAILED, RAISED)
    )

    assert "the same as in scale" in Page(made(twice)).text


def test_a_failure_of_several_checks_of_an_item_is_told_once():
    others = [replace(RAISED, check=name) for name in ("second", "third")]
    text = Page(made(report(result("scale", Outcome.FAILED, RAISED, *others)))).text

    assert text.count("ValueError: no") == 1
    assert "For the same reason: second; third" in text


def test_the_same_hint_is_read_once():
    other = replace(CALLED, check="another")

    html = made(report(result("center.slope", Outcome.FAILED, CALLED, other)))

    assert html.count("divide by N") == 1


def test_without_code_and_pictures_there_is_a_page_too():
    html = student.page(FULL, TEXTS, "en")

    assert "Your code" not in html
    assert '<svg class="figure"' not in html


def test_full_points_leave_nothing_to_look_at():
    html = made(report(result("center", Outcome.PASSED)))

    assert "What to look at" not in html
    assert "not final" not in html


def test_a_misconception_is_hinted_at_in_the_reader_s_language():
    texts = replace(TEXTS, hints={"sums": "Поделите на N."})
    html = student.page(report(result("center.slope", Outcome.FAILED, WRONG)), texts, "ru")

    assert "Поделите на N." in html
    assert "divide by N" not in html


def test_a_person_s_change_is_told():
    edit = Edit(who="ada", when="2026-11-26", what="scale: 1 point", why="a late bus")

    assert (
        "2026-11-26, ada: scale: 1 point. a late bus"
        in Page(made(replace(FULL, edits=(edit,)))).text
    )


def test_points_for_a_part_are_no_failure():
    edit = Edit(
        who="ada", when="2026-11-26", what="a point", why="nearly", item="center.slope", points=1.0
    )
    html = made(with_edits(report(result("center.slope", Outcome.FAILED, WRONG)), [edit]))

    assert '<span class="pill in_part">1 in part</span>' in html
    assert "failed</span>" not in html


def test_points_beyond_the_sum_fill_the_meter_and_no_more():
    more = replace(report(result("center", Outcome.PASSED)), points=9.0)

    assert '<rect class="part" width="100.0"' in made(more)


def test_a_course_without_points_has_a_page():
    assert "0" in made(report(result("extra", Outcome.PENDING)))


@pytest.mark.parametrize("value", [True, 3, "array (3, 4)", float("nan"), None])
def test_whatever_evidence_holds_is_shown(value):
    evidence = Evidence(what="x", given=value, expected=value)
    finding = Finding(check="c", outcome=Outcome.FAILED, message=str(evidence), evidence=evidence)

    assert "expected" in made(report(result("center", Outcome.FAILED, finding)))
