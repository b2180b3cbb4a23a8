from __future__ import annotations

import ast
import base64
import hashlib
import itertools
import re
from dataclasses import replace
from pathlib import Path

import pytest

from grader.classroom import classroom
from grader.exports.pages.dashboard import (
    Believing,
    Wording,
    class_file,
    class_page,
    natural,
    overview_page,
    student_link,
)
from grader.findings import LOADING, Evidence, Outcome
from grader.inert import inert
from grader.questions import FailureKind
from grader.report import Edit, Report
from tests.hostile import header
from tests.html import Element, parse, skeleton
from tests.reports import broke, flagged, item, ours, report, wrong

WORDING = Wording(
    title="Vectors",
    items={"a": "Item A", "b": "Item B"},
    misconceptions={"sums": Believing(diagnosis="it sums", hint="Divide by N.")},
)


def page(*reports: Report, wording: Wording = WORDING, lang: str = "en", **more: object) -> Element:
    return parse(class_page(classroom("vectors", reports), wording, lang, **more))


def section(found: Element, name: str) -> Element:
    return found.one("section", aria_labelledby=name)


def mixed() -> list[Report]:
    """A class in which everything happens that a page tells."""
    return [
        report("ada", item("a", Outcome.PASSED, flagged("a shortcut")), item("b", carried="a")),
        report(
            "bob",
            item("a", Outcome.FAILED, wrong("sums", "hint")),
            item("b", Outcome.UNGRADED, ours("overflow in the reference")),
        ),
        report(
            "eve",
            item("a", Outcome.FAILED, broke(FailureKind.TIMED_OUT)),
            item("b", Outcome.BLOCKED),
        ),
        report(
            "kim",
            item("a", Outcome.FAILED, broke(FailureKind.UNREADABLE, LOADING)),
            item("b", Outcome.PENDING),
        ),
    ]


def test_each_student_has_a_row_with_a_link_points_and_an_outcome_in_words():
    table = page(*mixed()).one("table", class_="matrix")

    rows = [
        [cell.text for cell in row.inside if isinstance(cell, Element)] for row in table.every("tr")
    ]
    assert rows[0] == ["student", "points", "a", "b", "remarks"]
    assert rows[1] == [
        "ada",
        "4",
        "passed",
        "passed, the error of a is carried forward",
        "flagged",
    ]
    assert rows[2] == ["bob", "0", "failed", "not graded", "not graded"]
    assert rows[3] == ["eve", "0", "failed: timed out", "not asked", "timed out"]
    assert rows[4][4] == "waits for a person, unreadable answer"
    assert table.every("a")[0].attributes["href"] == "vectors/ada.html"


def test_students_stand_as_people_count():
    found = page(report("s10", item("a")), report("s2", item("a")), report("S1", item("a")))

    assert [one.text for one in found.one("table", class_="matrix").every("a")] == [
        "S1",
        "s2",
        "s10",
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [("a2", "a10"), ("Ab", "aC"), ("9", "a"), ("a", "a1"), ("1" * 30, "a"), ("²", "³")],
)
def test_a_name_is_compared_number_by_number(first, second):
    assert natural(first) < natural(second)


def test_work_that_is_our_fault_comes_first_and_says_what_broke():
    found = page(*mixed())

    first = found.one("main").every("section")[0]
    assert first.attributes["class"] == "notice ungraded"
    assert "Item B" in first.text
    assert "overflow in the reference" in first.text
    assert [one.text for one in first.every("a")] == ["bob"]


def test_reports_that_cannot_be_read_come_before_all():
    found = page(report("ada", item("a")), unread=["bob"])

    first = found.one("main").every("section")[0]
    assert first.text.startswith("Reports that cannot be read")
    assert "bob" in first.text


def test_a_sound_class_has_no_notices():
    assert not page(report("ada", item("a"))).every("section", class_="notice")


def test_misconceptions_come_with_diagnosis_hint_and_who():
    told = section(page(*mixed()), "repeat").text

    assert told.startswith("What to repeat in the next lecture")
    assert "1 25 %" in told
    assert "it sums Divide by N." in told
    assert "in a · sums bob" in told


def test_a_misconception_whose_file_is_not_here_is_called_by_its_name_with_the_students_hint():
    told = section(
        page(report("bob", item("a", Outcome.FAILED, wrong("unheard", "Look again.")))), "repeat"
    ).text

    assert "unheard Look again." in told


def test_misconceptions_beyond_ten_are_folded_away():
    reports = [
        report(f"s{n}", item("a", Outcome.FAILED, wrong(f"belief{n:02}", None))) for n in range(12)
    ]

    told = section(page(*reports), "repeat")

    first, rest = told.every("ol")
    assert len(first.every("li")) == 10
    assert (rest.attributes["start"], len(rest.every("li"))) == ("11", 2)
    assert told.one("details", class_="more").every("ol") == [rest]


def test_items_tell_how_hard_they_were_and_why_they_tell_nobody_apart():
    found = page(*mixed())

    cells = [
        [cell.text for cell in row.inside if isinstance(cell, Element)]
        for row in found.one("table", class_="item-table").every("tr")
    ]
    assert cells[1] == ["Item A a", "2", "25 %", "too few students", "3"]
    assert cells[2] == ["Item B b", "2", "50 %", "too few students", "1 carried: 1"]


def test_a_discrimination_is_shown_with_its_interval():
    strong = [report(f"s{n}", item("a"), item("b")) for n in range(5)]
    weak = [report(f"w{n}", item("a", Outcome.FAILED), item("b", Outcome.FAILED)) for n in range(5)]
    odd = report("o", item("a"), item("b", Outcome.FAILED))

    table = page(*strong, *weak, odd).one("table", class_="item-table")

    assert "0.83 0.47…0.96" in table.text


def test_an_item_against_the_rest_stands_out():
    right = [report(f"s{n}", item("a"), item("b", Outcome.FAILED)) for n in range(6)]
    left = [report(f"w{n}", item("a", Outcome.FAILED), item("b")) for n in range(6)]

    table = page(*right, *left).one("table", class_="item-table")

    assert [one.text for one in table.every("span", class_="negative")] == ["−1.00", "−1.00"]


def test_an_item_that_is_open_for_all_is_not_called_hard():
    row = page(report("ada", item("a", Outcome.PENDING))).one("table", class_="item-table")

    assert "not settled" in row.text
    assert "0 %" not in row.text


def test_a_bonus_is_told_as_one():
    table = page(report("ada", item("x", points=3.0, out_of=0.0))).one("table", class_="item-table")

    assert "+3" in table.text


def test_code_without_an_answer_is_told_by_kind_item_and_student():
    told = section(page(*mixed()), "failures").text

    assert "timed out students: 1 item students who a 1 eve" in told
    assert "unreadable answer students: 1 item students who the whole submission 1 kim" in told


def test_what_is_flagged_and_what_waits_is_told_with_links():
    found = page(*mixed())

    assert "ada a a shortcut" in section(found, "flagged").text
    assert "Item B b students: 1 kim" in section(found, "pending").text


def test_a_policys_flag_is_said_in_the_language_of_the_page():
    evidence = Evidence(what="f", given="numpy.average", expected="nothing", note="work.py:3")
    remark = replace(flagged("f uses numpy.average"), evidence=evidence)

    told = section(page(report("ada", item("a", Outcome.PASSED, remark)), lang="ru"), "flagged")

    assert "f использует numpy.average" in told.text


def test_a_mark_that_a_later_grading_contradicts_stands_with_its_student():
    edit = Edit(who="kim", when="2026-11-26", what="w", why="y", item="a", conflict="passes now")

    found = page(replace(report("ada", item("a")), edits=(edit,)))

    assert "ada a passes now" in section(found, "conflicts").text
    assert "mark to look at again, marked by a person" in found.one("table", class_="matrix").text


def test_a_class_of_one_is_a_page():
    found = page(report("ada", item("a")))

    assert "1 students" in found.one("ul", class_="tiles").text
    assert "standard deviation –" in section(found, "points").text


def test_an_empty_class_is_a_page_that_says_so():
    found = page()

    assert found.one("main").text == "Nobody was graded yet."


def test_more_than_a_dozen_students_are_named_in_a_fold():
    found = page(
        *(report(f"s{n}", item("a", Outcome.FAILED, broke(FailureKind.CRASHED))) for n in range(15))
    )

    fold = section(found, "failures").one("details", class_="small")
    assert fold.text == "and 3 more s12, s13, s14"


def test_a_thousand_students_make_a_page_of_a_few_megabytes():
    reports = (report(f"s{n}", *(item(f"f{i}.x") for i in range(50))) for n in range(1000))

    text = class_page(classroom("vectors", reports), WORDING, "en")

    assert len(text) < 4_000_000
    assert text.count("<tr>") > 1000


def test_the_page_is_russian_where_it_is_asked_to_be():
    found = page(*mixed(), lang="ru")

    assert found.one("html").attributes["lang"] == "ru"
    assert "Что повторить на следующей лекции" in found.one("main").text
    english = re.findall(
        r"\b(?:students|points|passed|failed|earned|item|who|flagged|graded)\b",
        found.one("main").text,
    )
    assert not english


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_headings_are_in_order_names_unique_and_every_place_exists(lang):
    text = class_page(classroom("vectors", mixed()), WORDING, lang, unread=["zoe"])
    found = parse(text)

    levels = [int(one.tag[1]) for one in found.below() if re.fullmatch("h[1-6]", one.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    ids = [one.attributes["id"] for one in found.below() if "id" in one.attributes]
    assert len(ids) == len(set(ids))
    named = [
        value
        for one in found.below()
        for key in ("aria-labelledby", "for", "aria-controls")
        if (value := one.attributes.get(key))
    ]
    named += [
        one.attributes["href"][1:]
        for one in found.every("a")
        if one.attributes["href"].startswith("#")
    ]
    assert set(named) <= set(ids)


def test_columns_and_rows_have_headers_that_say_which_they_head():
    for table in page(*mixed()).every("table"):
        assert all(one.attributes.get("scope") in ("col", "row") for one in table.every("th"))


def test_regions_that_scroll_can_be_reached_with_the_keyboard():
    regions = page(*mixed()).every("div", class_="scroll")

    assert regions
    assert all(one.attributes["tabindex"] == "0" for one in regions)


def test_without_its_script_the_page_offers_nothing_that_does_not_work():
    found = page(*mixed())

    assert "hidden" in found.one("div", class_="search").attributes
    assert not found.every("button")


def test_the_policy_lets_the_pages_own_script_and_style_run_and_nothing_else():
    found = page(*mixed())

    policy = found.one("meta", http_equiv="Content-Security-Policy").attributes["content"]
    for tag in ("script", "style"):
        text = "".join(str(one) for one in found.one(tag).inside)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")


def test_nothing_is_fetched_from_anywhere():
    found = page(*mixed())

    fetched = [
        one.attributes[key]
        for one in found.below()
        for key in ("src", "href", "srcset", "action", "data")
        if key in one.attributes
    ]
    assert fetched
    assert not [place for place in fetched if re.match(r"[a-z]+:|//|/", place)]
    assert not [one for one in found.below() if any(key.startswith("on") for key in one.attributes)]


def _texts() -> list[str]:
    """Every text of the attacks that inject, and every name they are handed in under."""
    folder = header.ATTACKS / "inject"
    found = [header.read(path).student for path in sorted(folder.glob("*.py"))]
    for path in sorted(folder.glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found += [
            node.value
            for statement in tree.body[1:]
            for node in ast.walk(statement)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
    found += ["</script><script>alert(1)</script>", "{{ 7 * 7 }}{% raw %}", "' onfocus='x", "]]>"]
    return [text for text in dict.fromkeys(found) if text]


def _hostile(text: str) -> list[Report]:
    """A class in which `text` stands wherever a report has one."""
    return [
        report(
            text,
            item(text, Outcome.FAILED, wrong(text, text), broke(FailureKind.RAISED)),
            item("b", Outcome.PASSED, flagged(text), carried=text),
            item("c", Outcome.UNGRADED, ours(text)),
            item("d", Outcome.PENDING),
        )
    ]


@pytest.mark.parametrize("text", _texts(), ids=lambda text: ascii(text[:40]))
def test_no_text_of_a_stranger_becomes_markup(text):
    wording = Wording(title="Vectors")
    # Ids may break where one of their words ends, so that the harmless text has the same words.
    plain = re.sub(r"[^\w.]", "-", re.sub(r"[^\W_]", "x", inert(text)))

    hostile = class_page(classroom("vectors", _hostile(text)), wording, "en", unread=[text])
    harmless = class_page(classroom("vectors", _hostile(plain)), wording, "en", unread=[plain])

    assert skeleton(hostile) == skeleton(harmless)


@pytest.mark.parametrize("text", _texts(), ids=lambda text: ascii(text[:40]))
def test_no_text_of_a_stranger_becomes_markup_of_the_overview(text):
    hostile, harmless = (
        overview_page([(classroom("vectors", _hostile(one)), Wording(title=one))], "en")
        for one in (text, "x")
    )

    assert skeleton(hostile) == skeleton(harmless)


def test_a_name_that_looks_like_markup_is_shown_as_it_is():
    name = "<img src=x onerror=alert(1)>"

    row = page(report(name, item("a"))).one("table", class_="matrix").every("th", class_="who")[1]

    assert row.text == name
    assert re.fullmatch(r"vectors/[\w.%-]+\.html", row.one("a").attributes["href"])


@pytest.mark.parametrize("student", ["a/../../b", "..", "a?b#c", "100%", "иванова", "a" * 300])
def test_a_link_stays_in_the_folder_of_the_students(student):
    link = student_link("vectors", student)

    assert re.fullmatch(r"vectors/[\w%-][\w.%-]*\.html", link, flags=re.ASCII)


def test_the_page_of_an_assignment_called_like_the_overview_has_another_name():
    assert class_file("index") != "index.html"
    assert class_file("vectors") == "vectors.html"


def test_the_overview_has_all_assignments_and_what_each_student_has_in_them():
    found = parse(
        overview_page(
            [
                (classroom("one", [report("ada", item("a")), report("bob", item("a"))]), WORDING),
                (
                    classroom("two", [report("bob", item("a", out_of=3.0))]),
                    Wording(title="Matrices"),
                ),
            ],
            "en",
        )
    )

    rows = [
        [cell.text for cell in row.inside if isinstance(cell, Element)]
        for row in found.one("table", class_="totals").every("tr")
    ]
    assert rows == [
        ["student", "Vectors", "Matrices", "together"],
        ["ada", "2", "–", "2"],
        ["bob", "2", "3", "5"],
    ]
    assert [one.attributes["href"] for one in found.one("table", class_="overview").every("a")] == [
        "one.html",
        "two.html",
    ]


def test_the_overview_is_loud_about_work_that_was_not_graded():
    found = parse(overview_page([(classroom("vectors", mixed()), WORDING)], "en"))

    pills = [(one.text, one.attributes["href"]) for one in found.every("a", class_="pill")]
    assert pills == [
        ("not graded, our fault: 1", "vectors.html#ungraded"),
        ("flagged: 1", "vectors.html#flagged"),
        ("waiting for a person: 1", "vectors.html#pending"),
    ]


def test_points_that_are_not_final_are_marked_on_the_overview():
    found = parse(overview_page([(classroom("vectors", mixed()), WORDING)], "en"))

    bob = found.one("table", class_="totals").every("tr")[2]
    assert bob.text == "bob 0…not final 0"


def test_an_overview_of_nothing_says_so():
    assert parse(overview_page([], "en")).one("main").text == "Nobody was graded yet."


def test_every_template_of_the_class_is_packaged():
    import grader.exports.pages.frame as frame

    names = {path.name for path in frame.TEMPLATES.iterdir()}
    assert {"class.html", "class_parts.html", "overview.html", "class.css", "class.js"} <= names
    packaged = (Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8")
    for suffix in {Path(name).suffix for name in names}:
        assert f'"**/*{suffix}"' in packaged
