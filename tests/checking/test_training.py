from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import numpy as np
import pytest

from grader.checking import expect
from grader.errors import CourseError, Mismatch
from grader.findings import Evidence

NAN = float("nan")


class Scores:
    """Somebody's scores by case; remembers in which order they were asked."""

    def __init__(self, of: Callable[[int], Any], name: str, log: list[str]) -> None:
        self.of, self.name, self.log = of, name, log

    def __call__(self, case: int) -> Any:
        self.log.append(f"{self.name}{case}")
        return self.of(case)


def converge(
    student: Callable[[int], Any],
    reference: Callable[[int], Any] = lambda case: 0.8,
    *,
    cases: int = 6,
    log: list[str] | None = None,
    **options: Any,
) -> None:
    log = [] if log is None else log
    design: dict[str, Any] = {"margin": 0.1, "false_fail": 1e-9, "power": "20 of 20 blocks"}
    expect.converges(
        Scores(student, "s", log),
        Scores(reference, "r", log),
        range(cases),
        what="accuracy",
        **(design | options),
    )


def test_a_value_of_the_right_form_is_like_it() -> None:
    assert expect.like([np.ones(2)], (np.zeros(2),), what="weights") is True


def test_a_value_of_another_form_is_noted_and_not_like_it() -> None:
    with expect.collecting() as mismatches:
        assert expect.like([np.ones(3)], [np.ones(2)], what="weights") is False

    assert str(mismatches[0]).startswith("weights[0]: yours array (3,), expected array (2,)")


def test_another_form_is_raised_where_nobody_collects() -> None:
    with pytest.raises(Mismatch, match="missing: 'b'"):
        expect.like({}, {"b": 1.0}, what="weights")


def test_a_nan_is_like_a_misconception_that_has_it_too() -> None:
    with expect.collecting(seat="misconception") as mismatches:
        assert expect.like([NAN], [NAN], what="weights")
        expect.trajectory([NAN], [NAN], what="weights")

    assert mismatches == []


def test_weights_off_their_path_are_a_mismatch() -> None:
    with pytest.raises(Mismatch, match=r"W\[1\] at \[0\]: yours 2, expected 1 .*power 100 %"):
        expect.trajectory([1.0, np.full(1, 2.0)], [1.0, np.ones(1)], what="W")


def test_scores_within_the_margin_pass_at_the_first_block() -> None:
    log: list[str] = []

    converge(lambda case: 0.71, log=log)

    assert log == ["r0", "r1", "r2", "r3", "r4", "r5", "s0", "s1", "s2"]


def test_who_misses_one_block_alone_passes() -> None:
    log: list[str] = []

    converge(lambda case: 0.2 if case < 3 else 0.75, log=log)

    assert log[-3:] == ["s3", "s4", "s5"]


def test_who_misses_both_blocks_fails_with_the_design_in_the_evidence() -> None:
    with pytest.raises(Mismatch) as caught:
        converge(lambda case: 0.5)

    evidence = caught.value.evidence
    assert (evidence.given, evidence.expected) == (0.5, 0.8)
    assert (evidence.error, evidence.tolerance) == (0.3, 0.1)
    assert evidence.note == (
        "means over 2 x 3 data sets, both blocks; false fail 1e-09, power 20 of 20 blocks"
    )


def test_a_block_is_paired_with_its_own_reference() -> None:
    with pytest.raises(Mismatch):
        converge(lambda case: 0.8, lambda case: 0.8 if case < 0 else 0.95)

    converge(lambda case: 0.1 * case, lambda case: 0.1 * case)


def test_a_score_that_is_no_finite_number_misses_its_block() -> None:
    with pytest.raises(Mismatch, match=r"yours nan, expected 0\.8"):
        converge(lambda case: NAN)


def test_a_mismatch_while_scoring_ends_it_with_that_mismatch() -> None:
    log: list[str] = []

    def score(case: int) -> float:
        expect.like([NAN], [0.0], what="weights")
        return NAN

    with expect.collecting() as mismatches:
        converge(score, log=log)

    assert [str(one) for one in mismatches] == ["weights[0]: yours nan, expected finite numbers"]
    assert log[-1] == "s0"


def flagged(student: Callable[[int], Any], **options: Any) -> list[Evidence]:
    flags: list[Evidence] = []
    with expect.collecting(flags=flags) as mismatches:
        converge(student, **options)
    assert mismatches == []
    return flags


def test_who_is_too_good_twice_is_flagged_and_passes() -> None:
    (flag,) = flagged(lambda case: 0.95, ceiling=0.1)

    assert str(flag).startswith("accuracy: yours 0.95, expected 0.8 (error 1.5e-01, allowed 1e-01)")
    assert "better than training on these data should be" in str(flag)


def test_who_is_too_good_once_is_not_flagged() -> None:
    assert flagged(lambda case: 0.95 if case < 3 else 0.85, ceiling=0.1) == []


def test_too_good_then_too_bad_is_nothing() -> None:
    assert flagged(lambda case: 0.95 if case < 3 else 0.1, ceiling=0.1) == []


def test_without_a_ceiling_nobody_is_too_good() -> None:
    assert flagged(lambda case: 50.0) == []


def test_a_flag_that_nobody_collects_is_no_mismatch() -> None:
    converge(lambda case: 0.95, ceiling=0.1)


@pytest.mark.parametrize(
    ("student", "accepted"), [(0.75, True), (0.6, False), (0.95, False), (NAN, False)]
)
def test_a_misconception_must_be_near_on_either_side(student: float, accepted: bool) -> None:
    with suppress(Mismatch), expect.collecting(seat="misconception") as mismatches:
        converge(lambda case: student)

    assert (mismatches == []) is accepted


def test_a_misconception_whose_scores_are_nan_is_like_a_student_whose_are() -> None:
    with expect.collecting(seat="misconception") as mismatches:
        converge(lambda case: NAN, lambda case: NAN)

    assert mismatches == []


@pytest.mark.parametrize(
    ("student", "asked"),
    [(0.75, ["s0", "r0", "s1", "r1", "s2", "r2"]), (NAN, ["s0", "r0"])],
)
def test_a_misconception_trains_no_more_than_tells_it_apart(student: float, asked: Any) -> None:
    log: list[str] = []

    with suppress(Mismatch), expect.collecting(seat="misconception"):
        converge(lambda case: student, log=log)

    assert log == asked


def test_a_reference_that_has_no_score_is_our_fault() -> None:
    with pytest.raises(CourseError, match="the reference's accuracy is not finite"):
        converge(lambda case: 0.8, lambda case: NAN)


@pytest.mark.parametrize("score", [None, "0.8", [0.8], np.ones(2)])
def test_a_score_must_be_a_number(score: Any) -> None:
    with pytest.raises(CourseError, match="not a number"):
        converge(lambda case: score)


@pytest.mark.parametrize("score", [1, np.float32(0.8), np.asarray(0.8)])
def test_a_score_may_be_any_number(score: Any) -> None:
    converge(lambda case: score)


@pytest.mark.parametrize(
    "options", [{"cases": 4}, {"cases": 7}, {"margin": 0.0}, {"margin": NAN}, {"ceiling": -1.0}]
)
def test_a_design_that_cannot_be_is_the_authors_mistake(options: dict[str, Any]) -> None:
    with pytest.raises(CourseError, match=r"expect\.converges"):
        converge(lambda case: 0.8, **options)
