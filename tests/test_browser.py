"""The pages in a browser: sorting, searching, the keyboard, colours, and no word to the network."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader import store
from grader.cli import main
from grader.findings import LOADING, Outcome
from grader.questions import FailureKind
from tests.reports import broke, flagged, item, ours, report, wrong

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

ASSIGNMENTS = Path(__file__).parent / "courses" / "assignments"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
PAGES = ("vectors.html", "index.html", "vectors/bob.html")
MARKUP = "<img src=x onerror=alert(1)>"

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium on this machine's path: install one to test the pages"
)

CONTRAST = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")


def students() -> list[tuple[str, float]]:
    """Names and points of the class, by name."""
    return [("ada", 4.0), ("bob", 1.0), ("s2", 3.0), ("s10", 0.0), ("вера", 2.0), (MARKUP, 1.0)]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of two assignments, made by the command from reports in which everything happens."""
    root = tmp_path_factory.mktemp("site")
    reports = [
        report(
            "ada",
            item("center.forward", out_of=1.0, carried="running_mean"),
            item("center.backward", Outcome.PASSED, flagged("uses numpy.average")),
            item("running_mean", out_of=1.0),
        ),
        report(
            "bob",
            item("center.forward", out_of=1.0),
            item("center.backward", Outcome.FAILED, wrong("centers_rows", "Which axis?")),
            item("running_mean", Outcome.UNGRADED, ours("overflow"), out_of=1.0),
        ),
        report(
            "s2",
            item("center.forward", out_of=1.0),
            item("center.backward"),
            item("running_mean", Outcome.FAILED, broke(FailureKind.TIMED_OUT), out_of=1.0),
        ),
        report(
            "s10",
            item("center.forward", Outcome.FAILED, broke(FailureKind.CRASHED, LOADING), out_of=1.0),
            item("center.backward", Outcome.BLOCKED),
            item("running_mean", Outcome.FAILED, broke(FailureKind.CRASHED, LOADING), out_of=1.0),
        ),
        report(
            "вера",
            item("center.forward", out_of=1.0),
            item("center.backward", Outcome.PENDING),
            item("running_mean", out_of=1.0),
        ),
        report(
            MARKUP,
            item("center.forward", out_of=1.0),
            item("center.backward", Outcome.FAILED, wrong()),
            item("running_mean", Outcome.FAILED, broke(FailureKind.RAISED), out_of=1.0),
        ),
    ]
    for one in reports:
        store.write_report(root / "results", one)
    words = ["feedback", root / "results", "-o", root / "pages", "--assignments", ASSIGNMENTS]
    assert main([str(word) for word in words] + ["--lang", "en"]) == 0
    return root / "pages"


@pytest.fixture(scope="module")
def chromium() -> Iterator[sync_api.Browser]:
    """A browser without a window."""
    arguments = ["--disable-gpu", "--disable-background-networking"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium refuses root otherwise
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


class Visit:
    """A page that is open, and all that it complained about or asked of the network."""

    def __init__(self, browser: sync_api.Browser, path: Path, **options: object) -> None:
        self.context = browser.new_context(reduced_motion="reduce", **options)
        self.complaints: list[str] = []
        self.page = self.context.new_page()
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self._dialog(dialog))
        self.context.on("request", lambda request: self._request(request.url))
        self.page.goto(path.as_uri())

    def _dialog(self, dialog: sync_api.Dialog) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, url: str) -> None:
        if not url.startswith("file:"):
            self.complaints.append(f"request: {url}")

    def names(self) -> list[str]:
        """The students who are shown, in their order."""
        return self.page.locator("table#table tbody tr:visible th").all_inner_texts()

    def column(self, number: int) -> list[str]:
        """The texts of a column of the students who are shown."""
        cells = self.page.locator(f"table#table tbody tr:visible > :nth-child({number})")
        return cells.all_text_contents()

    def told(self) -> str:
        """What a reader of the screen is told."""
        return self.page.locator("#shown").inner_text()

    def tab_to(self, selector: str) -> None:
        """Go to an element with the keyboard alone."""
        for _ in range(200):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"{selector} cannot be reached with the keyboard")


@pytest.fixture
def visit(chromium: sync_api.Browser, site: Path) -> Iterator[object]:
    """`visit("vectors.html")` opens a page; whatever it complained about fails the test."""
    visits: list[Visit] = []

    def go(name: str, **options: object) -> Visit:
        visits.append(Visit(chromium, site / name, **{"viewport": DESKTOP, **options}))
        return visits[-1]

    yield go
    for one in visits:
        one.context.close()
    assert [complaint for one in visits for complaint in one.complaints] == []


def test_points_sort_upwards_and_then_downwards(visit):
    found = visit("vectors.html")
    button = found.page.get_by_role("button", name="points", exact=True).last
    header = found.page.locator("table#table th", has=button)

    button.click()
    upwards = [float(text) for text in found.column(2)]
    assert upwards == sorted(points for _, points in students())
    assert header.get_attribute("aria-sort") == "ascending"

    button.click()
    assert [float(text) for text in found.column(2)] == upwards[::-1]
    assert header.get_attribute("aria-sort") == "descending"
    assert found.told() == "6 of 6 shown; sorted by points, downwards"


def test_sorting_by_another_column_takes_the_sign_from_the_first(visit):
    found = visit("vectors.html")

    found.page.get_by_role("button", name="points", exact=True).last.click()
    found.page.get_by_role("button", name="student", exact=True).click()

    assert found.page.locator("table#table th[aria-sort]").all_inner_texts() == ["student"]
    assert found.names()[:5] == [MARKUP, "ada", "bob", "s2", "s10"]


def test_an_item_sorts_by_what_became_of_it(visit):
    found = visit("vectors.html")

    found.page.get_by_role("button", name="running_mean").click()

    outcomes = [text.partition(":")[0] for text in found.column(5)]
    assert outcomes == ["failed", "failed", "failed", "not graded", "passed", "passed"]


def test_the_hardest_item_comes_first_when_asked(visit):
    found = visit("vectors.html")

    found.page.get_by_role("button", name="earned").click()

    shares = found.page.locator("table.item-table tbody td:nth-child(3)").all_inner_texts()
    assert [int(text.split()[0]) for text in shares] == sorted(
        int(text.split()[0]) for text in shares
    )


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("s1", ["s10"]),
        ("ВЕРА", ["вера"]),
        ("timed out", ["s2"]),
        ("flagged", ["ada"]),
        ("<img", [MARKUP]),
        ("nobody", []),
    ],
)
def test_a_search_leaves_those_who_fit_and_says_how_many(visit, words, names):
    found = visit("vectors.html")

    found.page.get_by_role("searchbox", name="Find a student or a remark").fill(words)

    assert found.names() == names
    assert found.told() == f"{len(names)} of 6 shown"


def test_an_emptied_search_shows_everybody_again(visit):
    found = visit("vectors.html")
    box = found.page.get_by_role("searchbox")

    box.fill("ada")
    box.fill("")

    assert len(found.names()) == 6


@pytest.mark.parametrize("name", ["ada", "вера", MARKUP])
def test_a_link_leads_to_the_students_page(visit, name):
    found = visit("vectors.html")

    found.page.locator("table#table").get_by_role("link", name=name, exact=True).click()

    assert name in found.page.locator("body").inner_text()
    assert "/vectors/" in found.page.url


def test_the_overview_leads_to_the_class_and_the_class_back(visit):
    found = visit("index.html")

    found.page.get_by_role("link", name="Vectors").first.click()
    assert found.page.url.endswith("/vectors.html")
    found.page.get_by_role("link", name="All assignments").click()
    assert found.page.url.endswith("/index.html")


def test_the_overview_sorts_and_searches_too(visit):
    found = visit("index.html")

    found.page.get_by_role("button", name="together").click()
    found.page.get_by_role("searchbox", name="Find a student").fill("s")

    assert found.names() == ["s10", MARKUP, "s2"]


def test_the_keyboard_alone_searches_sorts_and_follows_a_link(visit):
    found = visit("vectors.html")

    found.tab_to("#find")
    found.page.keyboard.type("s")
    assert found.names() == [MARKUP, "s2", "s10", "вера"]
    found.tab_to("table#table th:nth-child(2) button")
    found.page.keyboard.press("Space")
    assert found.names() == ["s10", MARKUP, "вера", "s2"]
    assert found.page.evaluate("document.activeElement.textContent") == "points"
    found.tab_to("table#table tbody a")
    found.page.keyboard.press("Enter")
    found.page.wait_for_url("**/vectors/s10.html")


def test_whoever_skips_to_the_content_is_there(visit):
    found = visit("vectors.html")

    found.page.keyboard.press("Tab")
    assert found.page.locator(".skip").evaluate("one => one.getBoundingClientRect().left >= 0")
    found.page.keyboard.press("Enter")

    assert found.page.url.endswith("#main")


def test_what_has_the_focus_is_seen(visit):
    found = visit("vectors.html")

    for selector in ("#find", "table#table thead button", "table#table tbody a"):
        found.tab_to(selector)
        outline = found.page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        assert float(outline.removesuffix("px")) >= 2, selector


def test_without_scripts_everything_is_there(visit):
    found = visit("vectors.html", java_script_enabled=False)

    assert len(found.names()) == 6
    assert not found.page.get_by_role("searchbox").is_visible()
    assert found.page.get_by_role("button").count() == 0


@pytest.mark.parametrize("name", PAGES)
def test_a_page_never_scrolls_sideways_as_a_whole(visit, name):
    found = visit(name)

    for viewport in (DESKTOP, PHONE):
        found.page.set_viewport_size(viewport)
        wide = found.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= viewport["width"]


def test_names_stay_in_sight_while_the_items_scroll_by(visit):
    found = visit("vectors.html", viewport=PHONE)
    name = found.page.locator("table#table tbody th").first
    before = name.bounding_box()

    found.page.locator(".scroll.tall").evaluate("one => one.scrollBy(200, 0)")

    assert before is not None
    assert name.bounding_box() == pytest.approx(before)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_every_text_stands_out_from_what_is_behind_it(visit, name, scheme):
    found = visit(name, color_scheme=scheme)
    found.page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")

    for viewport in (DESKTOP, PHONE):
        found.page.set_viewport_size(viewport)
        faint, looked_at = found.page.evaluate(CONTRAST)
        assert looked_at > 20
        assert faint == []


def test_a_faint_text_would_be_found(visit):
    found = visit("vectors.html")
    found.page.locator("h1").evaluate("one => { one.style.color = '#aaaaaa'; }")

    faint, _ = found.page.evaluate(CONTRAST)

    assert [one["text"] for one in faint] == [found.page.locator("h1").inner_text()]


def test_print_shows_the_whole_table_and_no_controls(visit):
    found = visit("vectors.html")

    found.page.emulate_media(media="print")

    assert not found.page.get_by_role("searchbox").is_visible()
    scroll = found.page.locator(".scroll.tall")
    assert scroll.evaluate("one => getComputedStyle(one).overflowY") == "visible"
    assert scroll.evaluate("one => getComputedStyle(one).maxHeight") == "none"
