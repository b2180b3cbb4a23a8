"""From findings to points: what an item earns, what it blocks, which error is carried forward."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from grader.findings import LOADING, POLICY, Finding, Outcome
from grader.report import ItemResult
from grader.rubric import Item


class Judged(NamedTuple):
    """A check that was asked: its name, the items whose error it carries, what it found."""

    check: str
    carries: tuple[str, ...]
    finding: Finding


def score(item: Item, judged: Sequence[Judged], results: Mapping[str, ItemResult]) -> ItemResult:
    """What an item earns: all of its points, or none.

    An item passes when all its checks that carry nothing pass. Where one of them fails, the item
    still earns its points if a check that carries another item's error passed and that item did
    not: the student was right to build on the own, wrong result, and has paid for it already.
    A carrying check takes no points, so that one of ours which broke matters only where it could
    have given some. What the assignment forbids is carried by nothing. Remarks that cost nothing
    decide nothing. Precedence: ungraded, failed, passed; `block` makes the blocked ones.

    Args:
        item: a line of the rubric; one of kind `manual` waits for a person.
        judged: its checks in order, those with findings of their own.
        results: the results of the items above it, by id.
    """
    findings = tuple(one.finding for one in judged)
    if item.kind == "manual":
        return _result(item, Outcome.PENDING, findings)
    checks = [one for one in judged if not _is_remark(one)]
    deciding = [one for one in checks if not one.carries] or checks
    outcomes = {one.finding.outcome for one in deciding}
    if not outcomes or Outcome.UNGRADED in outcomes:
        return _result(item, Outcome.UNGRADED, findings)
    if outcomes == {Outcome.PASSED}:
        return _result(item, Outcome.PASSED, findings)
    if any(one.check == POLICY for one in deciding):
        return _result(item, Outcome.FAILED, findings)
    carrying = [
        (one.finding.outcome, carried)
        for one in judged
        if one not in deciding and (carried := _carried(one, results))
    ]
    for outcome, carried in carrying:
        if outcome is Outcome.PASSED:
            return _result(item, Outcome.PASSED, _unnamed(findings), carried=carried)
    if any(outcome is Outcome.UNGRADED for outcome, _ in carrying):
        return _result(item, Outcome.UNGRADED, findings)
    return _result(item, Outcome.FAILED, findings)


def blocked(item: Item, results: Mapping[str, ItemResult]) -> str | None:
    """The item that `item` needs and that got no answer at all, or None.

    No answer is: every check of it ended in a Failure (missing, raised, timed out …) or was not
    asked after one, or the whole item was blocked itself. A wrong answer blocks nothing.
    """
    for need in item.needs:
        result = results.get(need)
        if result is None:
            continue
        answered = [
            one
            for one in result.findings
            if not one.failure
            and one.outcome is not Outcome.BLOCKED
            and one.check not in (LOADING, POLICY)
        ]
        silent = bool(result.findings) and not answered
        if result.outcome is Outcome.BLOCKED or (result.outcome is Outcome.FAILED and silent):
            return need
    return None


def block(item: Item) -> ItemResult:
    """The result of an item that was not asked because of `blocked`."""
    return _result(item, Outcome.BLOCKED, ())


def _is_remark(one: Judged) -> bool:
    return one.check in (LOADING, POLICY) and one.finding.outcome is Outcome.PASSED


def _carried(one: Judged, results: Mapping[str, ItemResult]) -> str | None:
    """The first item, of those that a check carries, whose answers were not right."""
    for id in one.carries:
        earlier = results.get(id)
        # Carried itself, it has its points, but its answers are still not the right ones.
        if earlier and (earlier.outcome is not Outcome.PASSED or earlier.carried is not None):
            return id
    return None


def _unnamed(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings of a carried item without misconceptions: those are mistakes made in it, and
    the cause is in the item that it was carried from."""
    return tuple(replace(one, misconception=None, hint=None) for one in findings)


def _result(
    item: Item, outcome: Outcome, findings: tuple[Finding, ...], carried: str | None = None
) -> ItemResult:
    return ItemResult(
        id=item.id,
        title=item.title.en,
        outcome=outcome,
        points=item.points if outcome is Outcome.PASSED else 0.0,
        out_of=0.0 if item.bonus else item.points,
        carried=carried,
        findings=findings,
    )
