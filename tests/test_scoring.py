from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.findings import LOADING, POLICY, Finding, Outcome
from grader.questions import Failure, FailureKind
from grader.report import ItemResult
from grader.rubric import Item, Title
from grader.scoring import Judged, block, blocked, score

TITLE = Title(en="t", ru="т")
P, F, U = Outcome.PASSED, Outcome.FAILED, Outcome.UNGRADED


def item(id: str = "b", **facts: object) -> Item:
    return Item(**{"id": id, "title": TITLE, "points": 2.0, **facts})


def judged(outcome: Outcome, *carries: str, kind: FailureKind | None = None) -> Judged:
    failure = Failure(kind=kind, message="x") if kind else None
    return Judged("c", carries, Finding(check="c", outcome=outcome, failure=failure))


def result(outcome: Outcome, *findings: Judged, carried: str | None = None) -> ItemResult:
    return ItemResult(
        id="a",
        title="t",
        outcome=outcome,
        points=0.0,
        out_of=1.0,
        carried=carried,
        findings=tuple(one.finding for one in findings),
    )


def test_all_checks_passed_earns_all_points():
    scored = score(item(), [judged(P), judged(P)], {})

    assert (scored.outcome, scored.points, scored.out_of) == (P, 2.0, 2.0)


def test_one_failed_check_earns_nothing():
    scored = score(item(), [judged(P), judged(F)], {})

    assert (scored.outcome, scored.points, scored.out_of) == (F, 0.0, 2.0)


def test_our_fault_outweighs_a_failed_check():
    assert score(item(), [judged(F), judged(U)], {}).outcome is U


def test_an_item_that_nothing_was_asked_about_is_our_fault():
    assert score(item(), [], {}).outcome is U


def test_a_manual_item_waits_for_a_person():
    scored = score(item(kind="manual"), [], {})

    assert (scored.outcome, scored.points) == (Outcome.PENDING, 0.0)


def test_bonus_adds_to_points_alone():
    scored = score(item(bonus=True), [judged(P)], {})

    assert (scored.points, scored.out_of) == (2.0, 0.0)


def test_a_failed_carrying_check_takes_no_points():
    assert score(item(), [judged(P), judged(F, "a")], {"a": result(P)}).points == 2.0


def test_a_broken_carrying_check_takes_no_points_either():
    assert score(item(), [judged(P), judged(U, "a")], {"a": result(P)}).outcome is P


def test_an_earlier_error_is_carried_forward():
    scored = score(item(), [judged(F), judged(P, "a")], {"a": result(F)})

    assert (scored.outcome, scored.points, scored.carried) == (P, 2.0, "a")


def test_a_carried_item_names_no_mistake_of_its_own():
    named = replace(
        judged(F).finding, message="2, not 1", misconception="forgets_the_mean", hint="Subtract it."
    )
    failed = Judged("check", (), named)
    alone = score(item(), [failed], {})
    carried = score(item(), [failed, judged(P, "a")], {"a": result(F)})

    assert [one.findings[0].misconception for one in (alone, carried)] == ["forgets_the_mean", None]
    assert (carried.findings[0].hint, carried.findings[0].message) == (None, "2, not 1")


def test_nothing_is_carried_from_an_item_that_passed():
    scored = score(item(), [judged(F), judged(P, "a")], {"a": result(P)})

    assert (scored.outcome, scored.carried) == (F, None)


def test_an_item_that_was_itself_carried_carries_on():
    scored = score(item(), [judged(F), judged(P, "a")], {"a": result(P, carried="z")})

    assert scored.carried == "a"


def test_of_several_that_a_check_carries_the_first_that_did_not_pass_is_named():
    results = {"a": result(P), "b": result(F), "c": result(F)}

    assert score(item(), [judged(F), judged(P, "a", "b", "c")], results).carried == "b"


def test_nothing_is_carried_from_an_item_that_was_not_graded_here():
    assert score(item(), [judged(F), judged(P, "a")], {}).outcome is F


def test_a_carrying_check_that_fails_too_carries_nothing():
    assert score(item(), [judged(F), judged(F, "a")], {"a": result(F)}).points == 0.0


def test_a_carrying_check_that_broke_and_could_have_given_points_is_our_fault():
    assert score(item(), [judged(F), judged(U, "a")], {"a": result(F)}).outcome is U


def test_alone_a_carrying_check_decides():
    assert score(item(), [judged(F, "a")], {"a": result(P)}).outcome is F


def test_the_title_is_english_whatever_the_reader_s_language():
    assert score(item(), [judged(P)], {}).title == "t"


@given(st.lists(st.tuples(st.sampled_from([P, F, U]), st.sampled_from([None, "a"]))))
def test_points_are_all_or_nothing_and_go_with_passing(drawn):
    scored = score(item(), [judged(*one) for one in drawn], {"a": result(F)})

    assert scored.points == (2.0 if scored.outcome is P else 0.0)


@given(st.lists(st.sampled_from([P, F, U]), min_size=1))
def test_carrying_checks_never_take_points(drawn):
    without = score(item(), [judged(P)], {"a": result(F)})
    with_them = score(item(), [judged(P), *(judged(one, "a") for one in drawn)], {"a": result(F)})

    assert with_them.points >= without.points


NEEDY = item(needs=("a",))


def test_an_item_is_blocked_by_one_that_gave_no_answer():
    silent = result(F, judged(F, kind=FailureKind.RAISED), judged(F, kind=FailureKind.MISSING))

    assert blocked(NEEDY, {"a": silent}) == "a"


def test_an_item_is_blocked_by_one_whose_process_ended_at_its_first_check():
    ended = result(F, judged(F, kind=FailureKind.CRASHED), judged(Outcome.BLOCKED))

    assert blocked(NEEDY, {"a": ended}) == "a"


def test_a_check_that_was_not_asked_earns_nothing():
    assert score(item(), [judged(P), judged(Outcome.BLOCKED)], {}).outcome is F


def test_an_item_is_blocked_by_one_that_was_blocked():
    assert blocked(NEEDY, {"a": result(Outcome.BLOCKED)}) == "a"


def test_a_wrong_answer_blocks_nothing():
    partly = result(F, judged(F, kind=FailureKind.RAISED), judged(F))

    assert blocked(NEEDY, {"a": partly}) is None


def test_an_item_of_ours_that_broke_blocks_nothing():
    assert blocked(NEEDY, {"a": result(U)}) is None


def test_an_item_that_was_not_graded_here_blocks_nothing():
    assert blocked(NEEDY, {}) is None


def test_a_blocked_item_earns_nothing():
    scored = block(item())

    assert (scored.outcome, scored.points, scored.findings) == (Outcome.BLOCKED, 0.0, ())


def remark(check: str, outcome: Outcome = P) -> Judged:
    return Judged(check, (), Finding(check=check, outcome=outcome))


def test_what_is_forbidden_fails_an_item_whose_checks_pass():
    assert score(item(), [remark(POLICY, F), judged(P)], {}).outcome is F


def test_what_is_forbidden_is_not_carried():
    checks = [remark(POLICY, F), judged(F), judged(P, "a")]

    assert score(item(), checks, {"a": result(F)}).outcome is F


def test_our_fault_outweighs_what_is_forbidden():
    assert score(item(), [remark(POLICY, F), judged(U)], {}).outcome is U


@pytest.mark.parametrize("check", [LOADING, POLICY])
def test_a_remark_passes_no_item_whose_checks_all_carry(check):
    assert score(item(), [remark(check), judged(F, "a")], {}).outcome is F


@pytest.mark.parametrize("check", [LOADING, POLICY])
def test_a_remark_is_no_answer(check):
    silent = result(F, remark(check), judged(F, kind=FailureKind.RAISED))

    assert blocked(item(needs=("a",)), {"a": silent}) == "a"
