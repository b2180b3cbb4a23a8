from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console
from rich.text import Text

from grader.exports.terminal import show_class, show_report
from grader.findings import Evidence, Finding, Outcome
from grader.questions import Failure, FailureKind
from grader.report import Edit, ItemResult, Provenance, Report, assemble, with_edits
from grader.rubric import Assignment, Item, Limits, Title

PROVENANCE = Provenance(
    submission="sha256:aa",
    course="sha256:bb",
    engine="0.1.0",
    runtime={"python": "3.11"},
    device="cpu",
    isolation="landlock",
    seed="sha256:cc",
)
EVIDENCE = Evidence(
    what="dx", where=(1, 2), given=-0.9436, expected=-0.1887, error=0.75, tolerance=1e-4
)
WRONG = Finding(
    check="dx_is_right",
    outcome=Outcome.FAILED,
    message=str(EVIDENCE),
    evidence=EVIDENCE,
    misconception="sums",
    hint="The loss is a mean: divide by N.",
)
RAISED = Finding(
    check="it_returns",
    outcome=Outcome.FAILED,
    message="scale raised ValueError: no",
    failure=Failure(
        kind=FailureKind.RAISED, message="scale raised ValueError: no", where="work.py:31"
    ),
)
UNREAD = Finding(
    check="answer",
    outcome=Outcome.FAILED,
    message="no answer given",
    failure=Failure(kind=FailureKind.MISSING, message="no answer given", where="answers.yaml"),
)
ANSWERED = Finding(
    check="answer",
    outcome=Outcome.FAILED,
    message="mean: 3 is not right",
    evidence=Evidence(what="mean", given=3.0, expected=4.0, error=1.0, tolerance=0.0),
)
BROKEN = Finding(check="c", outcome=Outcome.UNGRADED, message="Traceback: the author's line")


def item(id: str, en: str, ru: str, **facts: object) -> Item:
    return Item(**{"id": id, "title": Title(en=en, ru=ru), "points": 1.0, **facts})


ITEMS = (
    item("center", "Center the rows", "Центрирование"),
    item("center.slope", "Its slope", "Его наклон", needs=("center",), points=2.0),
    item("scale", "Scale", "Масштаб"),
    item("scale.twice", "Scale twice", "Дважды", needs=("scale",)),
    item("scale.thrice", "Scale thrice", "Трижды", needs=("scale.twice",)),
    item("questions.mean", "The mean", "Среднее", kind="answer"),
    item("questions.sum", "The sum", "Сумма", kind="answer"),
    item("essay", "An essay", "Эссе", kind="manual"),
    item("ours", "Our fault", "Наша вина"),
    item("carried", "Builds on center", "На основе center"),
    item("extra", "Extra", "Сверх", bonus=True),
)
ASSIGNMENT = Assignment(
    slug="vectors",
    schema=1,
    title=Title(en="Vectors", ru="Векторы"),
    arrays="numpy",
    files=("work.py",),
    given=(),
    returns=(),
    limits=Limits(),
    feedback="full",
    items=ITEMS,
    folder=Path(),
    secret=None,
)


def result(id: str, outcome: Outcome, *findings: Finding, **facts: object) -> ItemResult:
    known = ASSIGNMENT.item(id)
    points = known.points if outcome is Outcome.PASSED else 0.0
    out_of = 0.0 if known.bonus else known.points
    usual = {"id": id, "title": known.title.en, "points": points, "out_of": out_of}
    return ItemResult(**{**usual, "outcome": outcome, "findings": findings, **facts})


def report(*items: ItemResult, student: str = "ada") -> Report:
    return assemble("vectors", student, items, PROVENANCE)


FULL = report(
    result("center", Outcome.PASSED),
    result("center.slope", Outcome.FAILED, WRONG),
    result("scale", Outcome.FAILED, RAISED),
    result("scale.twice", Outcome.BLOCKED),
    result("scale.thrice", Outcome.BLOCKED),
    result("questions.mean", Outcome.FAILED, ANSWERED),
    result("questions.sum", Outcome.FAILED, UNREAD),
    result("essay", Outcome.PENDING),
    result("ours", Outcome.UNGRADED, BROKEN),
    result("carried", Outcome.PASSED, WRONG, carried="center.slope"),
    result("extra", Outcome.PASSED),
)


def console(*, terminal: bool, width: int = 72) -> Console:
    return Console(
        file=io.StringIO(),
        force_terminal=terminal,
        color_system="standard" if terminal else None,
        width=width,
        legacy_windows=False,
        _environ={},
    )


def printed(one: Report, lang: str = "en", *, terminal: bool = False, **options: object) -> str:
    where = console(terminal=terminal)
    show_report(one, ASSIGNMENT, where, lang, **options)
    assert isinstance(where.file, io.StringIO)
    return where.file.getvalue()


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_student_reads_this_in_a_file_or_a_pipe(golden, lang):
    golden(f"terminal/report.{lang}.txt", printed(FULL, lang, checks=(4, 9)))


def test_a_student_reads_this_on_a_terminal(golden):
    golden("terminal/report.ansi", printed(FULL, terminal=True, checks=(4, 9)))


def test_a_terminal_shows_the_same_facts_as_a_file():
    words = Text.from_ansi(printed(FULL, terminal=True, checks=(4, 9))).plain.split()

    assert words == printed(FULL, checks=(4, 9)).split()


def test_a_file_gets_no_colour():
    assert "\x1b" not in printed(FULL)


def test_no_color_is_respected(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    where = Console(file=io.StringIO(), force_terminal=True, width=72)

    show_report(FULL, ASSIGNMENT, where)

    assert isinstance(where.file, io.StringIO)
    assert "\x1b[3" not in where.file.getvalue()


def test_a_stream_without_unicode_gets_plain_marks():
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    show_report(report(result("center", Outcome.PASSED)), ASSIGNMENT, Console(file=stream))
    stream.flush()

    assert b"+ center" in raw.getvalue()


def test_titles_and_hints_come_in_the_reader_s_language():
    text = printed(
        report(result("center.slope", Outcome.FAILED, WRONG)),
        "ru",
        titles={"dx_is_right": "dx верен"},
        hints={"sums": "Делите на N."},
    )

    assert "dx верен: dx в [1, 2]: у вас -0.9436" in text
    assert "подсказка: Делите на N." in text


def test_what_is_expected_of_an_answer_is_not_told():
    assert "4" not in printed(report(result("questions.mean", Outcome.FAILED, ANSWERED)))


def test_the_author_s_traceback_is_not_shown_to_a_student():
    assert "Traceback" not in printed(report(result("ours", Outcome.UNGRADED, BROKEN)))


def test_one_failure_of_all_items_is_told_once():
    text = printed(
        report(result("center", Outcome.FAILED, RAISED), result("scale", Outcome.FAILED, RAISED))
    )

    assert text.count("ValueError") == 1
    assert "the same as in center" in text


def test_a_missed_bonus_costs_nothing():
    assert "Extra  no points" in printed(report(result("extra", Outcome.FAILED, WRONG)))


def test_what_has_no_translation_stays_english():
    finding = Finding(check="c", outcome=Outcome.FAILED, message="something else")
    text = printed(report(result("center", Outcome.FAILED, finding)), "ru")

    assert "c: something else" in text


def test_an_item_that_the_assignment_no_longer_has_keeps_its_title():
    old = ItemResult(id="gone", title="Gone", outcome=Outcome.PASSED, points=1.0, out_of=1.0)

    assert "gone  Gone  " in printed(report(old))


@pytest.mark.parametrize("terminal", [True, False])
def test_what_a_student_wrote_is_neither_markup_nor_control(terminal):
    evil = "[red]x[/red] \x1b]0;title\x07 \u202egnp.exe\r\nPASSED"
    failure = Failure(kind=FailureKind.RAISED, message=evil, where=evil)
    finding = Finding(check=evil, outcome=Outcome.FAILED, message=evil, failure=failure, hint=evil)

    text = printed(
        report(result("center", Outcome.FAILED, finding), student=evil), terminal=terminal
    )

    assert "[red]x[/red]" in text
    assert not set(text) & set("\x07\u202e\r")
    assert "\x1b]" not in text


ROWS = [
    report(
        result("center", Outcome.PASSED), result("scale", Outcome.FAILED, RAISED), student="Яна"
    ),
    report(*(result(one.id, Outcome.FAILED, WRONG) for one in ITEMS[:6]), student="ada"),
    report(result("center", Outcome.PASSED), result("essay", Outcome.PENDING), student="grace"),
]


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_an_instructor_reads_this_table(golden, lang):
    where = console(terminal=False)

    show_class(ROWS, where, lang)

    assert isinstance(where.file, io.StringIO)
    golden(f"terminal/class.{lang}.txt", where.file.getvalue())


def test_a_class_of_nobody_says_so():
    where = console(terminal=False)

    show_class([], where)

    assert isinstance(where.file, io.StringIO)
    assert where.file.getvalue() == "nobody was graded\n"


def marked(*results: ItemResult, item: str, points: float) -> Report:
    edit = Edit(
        who="petrov",
        when="2026-11-26",
        what="points",
        why="a typo in the handout",
        item=item,
        points=points,
    )
    return with_edits(report(*results), [edit])


def test_a_student_reads_who_marked_an_item_and_why():
    one = marked(result("center.slope", Outcome.FAILED, WRONG), item="center.slope", points=2.0)

    text = printed(one)
    assert "2 of 2" in text
    assert "marked by petrov: a typo in the handout (without the mark: failed, 0 points)" in text


def test_points_for_a_part_have_a_sign_of_their_own():
    one = marked(result("center.slope", Outcome.FAILED, WRONG), item="center.slope", points=1.0)

    assert "\n± center.slope  Its slope  1 of 2\n" in printed(one)


def test_a_mark_on_what_gave_no_answer_leaves_the_blocked_item_blocked():
    results = result("scale", Outcome.FAILED, RAISED), result("scale.twice", Outcome.BLOCKED)

    assert "not asked: scale gave no answer" in printed(marked(*results, item="scale", points=1.0))


def test_a_class_hears_of_marks_that_should_be_looked_at_again():
    edit = Edit(
        who="petrov",
        when="2026-11-26",
        what="points",
        why="so",
        item="essay",
        points=1.0,
        conflict="made on another submission",
    )
    where = console(terminal=False)
    show_class([with_edits(report(result("essay", Outcome.PENDING)), [edit])], where)

    assert isinstance(where.file, io.StringIO)
    assert "look again: ada: essay: petrov's mark of 2026-11-26: made on another submission" in (
        where.file.getvalue()
    )
