from __future__ import annotations

import itertools
from dataclasses import replace

from grader.classroom import Cell, Flag, OpenItem, Trouble, classroom
from grader.findings import LOADING, Finding, Outcome
from grader.numeric.discrimination import Undefined
from grader.questions import FailureKind
from grader.report import Edit
from tests.reports import broke, flagged, item, ours, report, wrong


def test_an_empty_class_has_no_figures_and_no_rows():
    found = classroom("vectors", [])

    assert (found.assignment, found.spread) == ("vectors", None)
    assert not any((found.rows, found.items, found.misconceptions, found.troubles, found.flags))
    assert not any((found.ungraded, found.pending))


def test_a_class_of_one_has_points_and_says_that_it_is_too_small_to_tell_apart():
    found = classroom("vectors", [report("ada", item("a"), item("b", Outcome.FAILED))])

    assert found.spread is not None
    assert (found.spread.students, found.spread.mean, found.spread.out_of) == (1, 2.0, 4.0)
    assert [one.share for one in found.items] == [1.0, 0.0]
    assert {one.discrimination.undefined for one in found.items} == {Undefined.FEW}


def test_reports_are_read_once_and_students_keep_their_order():
    once = iter([report("bob", item("a")), report("ada", item("a"))])

    found = classroom("vectors", once)

    assert [row.student for row in found.rows] == ["bob", "ada"]
    assert next(once, None) is None


def test_a_row_holds_what_became_of_each_item():
    row = classroom(
        "vectors",
        [
            report(
                "ada",
                item("a", carried="b"),
                item("b", Outcome.FAILED, broke(FailureKind.RAISED), broke(FailureKind.CRASHED)),
            )
        ],
    ).rows[0]

    assert row.cells == {
        "a": Cell(outcome=Outcome.PASSED, points=2.0, carried="b"),
        "b": Cell(outcome=Outcome.FAILED, points=0.0, failure=FailureKind.RAISED),
    }
    assert row.failures == (FailureKind.RAISED, FailureKind.CRASHED)
    assert row.outcomes == {Outcome.PASSED, Outcome.FAILED}
    assert (row.points, row.out_of, row.complete, row.flagged, row.edited) == (
        2.0,
        4.0,
        True,
        False,
        False,
    )


def test_an_item_is_as_easy_as_the_share_of_points_it_gave():
    found = classroom(
        "vectors",
        [
            report("ada", item("a")),
            report("bob", item("a", Outcome.FAILED)),
            report("eve", item("a", Outcome.FAILED, points=0.5)),
        ],
    )

    assert found.items[0].share == 2.5 / 6
    assert found.items[0].outcomes == {Outcome.PASSED: 1, Outcome.FAILED: 2}


def test_open_items_count_neither_for_nor_against_the_item():
    found = classroom(
        "vectors",
        [
            report("ada", item("a")),
            report("bob", item("a", Outcome.UNGRADED)),
            report("eve", item("a", Outcome.PENDING)),
        ],
    )

    assert (found.items[0].share, found.items[0].known) == (1.0, 1)


def test_a_bonus_is_worth_what_somebody_earned():
    found = classroom(
        "vectors",
        [
            report("ada", item("a"), item("extra", points=3.0, out_of=0.0)),
            report("bob", item("a"), item("extra", Outcome.FAILED, out_of=0.0)),
        ],
    )

    extra = found.items[1]
    assert (extra.bonus, extra.worth, extra.share) == (True, 3.0, 0.5)
    assert found.spread is not None
    assert (found.spread.out_of, found.spread.highest) == (2.0, 5.0)


def test_a_bonus_that_nobody_earned_is_hard():
    found = classroom("vectors", [report("ada", item("extra", Outcome.FAILED, out_of=0.0))])

    assert (found.items[0].bonus, found.items[0].worth, found.items[0].share) == (True, 0.0, 0.0)


def test_discrimination_is_measured_against_the_other_items():
    strong = [report(f"s{i}", item("a"), item("b"), item("c")) for i in range(6)]
    weak = [
        report(f"w{i}", item("a", Outcome.FAILED), item("b", Outcome.FAILED), item("c"))
        for i in range(6)
    ]

    first, second, third = classroom("vectors", strong + weak).items

    assert first.discrimination.value == second.discrimination.value == 1.0
    assert third.discrimination.undefined is Undefined.ALIKE


def test_errors_carried_forward_are_counted():
    found = classroom("vectors", [report("ada", item("a", carried="b")), report("bob", item("a"))])

    assert found.items[0].carried == 1


def test_misconceptions_stand_by_how_many_students_hold_them():
    found = classroom(
        "vectors",
        [
            report("ada", item("a", Outcome.FAILED, wrong("rare", "Look."))),
            report(
                "bob",
                item("a", Outcome.FAILED, wrong("often", "Divide."), wrong("often", "Divide.")),
                item("b", Outcome.FAILED, wrong("often", "Divide.")),
            ),
            report("eve", item("b", Outcome.FAILED, wrong("often", "Divide."))),
        ],
    )

    often, rare = found.misconceptions
    assert (often.name, often.students, often.hint) == ("often", ("bob", "eve"), "Divide.")
    assert set(often.items) == {"a", "b"}
    assert (rare.name, rare.students, rare.items) == ("rare", ("ada",), ("a",))
    assert found.rows[1].misconceptions == ("often",)


def test_a_misconception_of_an_item_that_earned_its_points_counts_too():
    found = classroom("vectors", [report("ada", item("a", Outcome.PASSED, wrong("believed")))])

    assert [one.name for one in found.misconceptions] == ["believed"]


def test_failures_are_told_by_kind_item_and_student():
    found = classroom(
        "vectors",
        [
            report(
                "ada",
                item("a", Outcome.FAILED, broke(FailureKind.CRASHED)),
                item("b", Outcome.FAILED, broke(FailureKind.TIMED_OUT)),
            ),
            report(
                "bob",
                item("a", Outcome.FAILED, broke(FailureKind.UNREADABLE, LOADING)),
                item("b", Outcome.FAILED, broke(FailureKind.UNREADABLE, LOADING)),
            ),
            report("eve", item("b", Outcome.FAILED, broke(FailureKind.TIMED_OUT))),
        ],
    )

    assert found.troubles == (
        Trouble(kind=FailureKind.TIMED_OUT, item="b", students=("ada", "eve")),
        Trouble(kind=FailureKind.CRASHED, item="a", students=("ada",)),
        Trouble(kind=FailureKind.UNREADABLE, item=None, students=("bob",)),
    )


def test_what_is_flagged_is_there_with_its_sentence():
    remark = flagged("uses a shortcut")

    found = classroom("vectors", [report("ada", item("a", Outcome.PASSED, remark))])

    assert found.flags == (Flag(student="ada", item="a", text="uses a shortcut"),)
    assert found.rows[0].flagged


def test_ungraded_work_is_told_with_what_broke():
    broken = ours("the reference is not finite")

    found = classroom(
        "vectors",
        [report(name, item("a"), item("b", Outcome.UNGRADED, broken)) for name in ("ada", "bob")],
    )

    assert found.ungraded == (
        OpenItem(item="b", students=("ada", "bob"), reason="the reference is not finite"),
    )
    assert not found.rows[0].complete


def test_what_waits_for_a_person_is_told_by_item():
    found = classroom("vectors", [report("ada", item("essay", Outcome.PENDING)), report("bob")])

    assert found.pending == (OpenItem(item="essay", students=("ada",)),)


def test_reports_of_different_versions_of_an_assignment_stand_together():
    found = classroom("vectors", [report("ada", item("a")), report("bob", item("a"), item("b"))])

    assert [one.id for one in found.items] == ["a", "b"]
    assert [one.known for one in found.items] == [2, 1]
    assert "b" not in found.rows[0].cells


def test_what_a_person_changed_is_marked():
    edit = Edit(who="kim", when="2026-11-26", what="a: 1", why="read it")
    changed = replace(report("ada", item("a")), edits=(edit,))

    assert classroom("vectors", [changed]).rows[0].edited


def test_a_mark_that_a_later_grading_contradicts_is_told():
    edit = Edit(
        who="kim", when="2026-11-26", what="a: 1", why="read it", item="a", conflict="it passes now"
    )

    found = classroom("vectors", [replace(report("ada", item("a")), edits=(edit,))])

    assert found.conflicts == (Flag(student="ada", item="a", text="it passes now"),)
    assert found.rows[0].contradicted


def test_texts_of_a_report_that_is_full_of_them_are_cut():
    remark = flagged("x" * 100_000)

    found = classroom("vectors", [report("ada", item("a", Outcome.PASSED, remark))])

    assert len(found.flags[0].text) == 4000


def test_nothing_of_a_thousand_reports_is_kept_but_their_rows():
    text = "y" * 10_000
    many = Finding(check="equals", outcome=Outcome.FAILED, message=text)
    reports = (report(f"s{n}", item("a", Outcome.FAILED, many)) for n in itertools.count())

    found = classroom("vectors", itertools.islice(reports, 1000))

    assert len(found.rows) == 1000
    assert text not in repr(found)
