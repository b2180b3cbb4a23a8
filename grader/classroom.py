"""A class in figures: points, items, misconceptions, failures, and what a person must look at.

Made of reports alone, one by one: of each a row of outcomes stays, so that a thousand fit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from grader.findings import LOADING, POLICY, Evidence, Finding, Outcome
from grader.numeric.discrimination import Discrimination, discriminations, shares
from grader.numeric.spread import Spread, spread
from grader.questions import FailureKind
from grader.report import ItemResult, Report

_OPEN = (Outcome.UNGRADED, Outcome.PENDING)
_MOST_TEXT = 4000
"""Characters kept of a text that is shown once for many students; an author's traceback fits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What became of one item of one student. `failure` is the first one found, if any."""

    outcome: Outcome
    points: float
    carried: str | None = None
    failure: FailureKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One student. `cells` are by item; `failures` and `misconceptions` are named once each."""

    student: str
    points: float
    out_of: float
    complete: bool
    cells: dict[str, Cell]
    failures: tuple[FailureKind, ...]
    misconceptions: tuple[str, ...]
    flagged: bool
    edited: bool
    contradicted: bool

    @property
    def outcomes(self) -> frozenset[Outcome]:
        """All outcomes that some item of the student has."""
        return frozenset(cell.outcome for cell in self.cells.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFigures:
    """One item over the class.

    Attributes:
        worth: what it gives; of a bonus, the most that anybody earned, which may be nothing.
        bonus: whether it adds to points and not to what they are out of.
        known: of how many students the points are settled.
        share: earned of what could be earned, 0 to 1; None where nobody's points are settled.
        outcomes: how many students by outcome.
        carried: how many passed because an error of another item was carried forward.
    """

    id: str
    title: str
    worth: float
    bonus: bool
    known: int
    share: float | None
    discrimination: Discrimination
    outcomes: dict[Outcome, int]
    carried: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Believed:
    """A misconception, who holds it, and the items where it showed, the most frequent first.

    `hint` is the one that the students got, in English.
    """

    name: str
    hint: str
    students: tuple[str, ...]
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Students whose code gave no answer in an item, all in one way; no item: it did not load."""

    kind: FailureKind
    item: str | None
    students: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """What a person should look at, though it cost no points: a student, an item, a sentence.

    `evidence` is there where a policy flagged it: what renders the sentence in other languages.
    """

    student: str
    item: str
    text: str
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenItem:
    """An item that is not settled for some: our fault (`reason` is what broke), or it waits."""

    item: str
    students: tuple[str, ...]
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Classroom:
    """All of an assignment's figures; `spread` is None where there is nobody.

    `conflicts` are people's marks that a later grading contradicts.
    """

    assignment: str
    rows: tuple[Row, ...]
    spread: Spread | None
    items: tuple[ItemFigures, ...]
    misconceptions: tuple[Believed, ...]
    troubles: tuple[Trouble, ...]
    flags: tuple[Flag, ...]
    conflicts: tuple[Flag, ...]
    ungraded: tuple[OpenItem, ...]
    pending: tuple[OpenItem, ...]


def classroom(assignment: str, reports: Iterable[Report]) -> Classroom:
    """The figures of a class from the whole reports of one assignment, students in their order.

    The reports are read once, one at a time.
    """
    seen = _Seen()
    for report in reports:
        seen.add(report)
    points = [row.points for row in seen.rows]
    return Classroom(
        assignment=assignment,
        rows=tuple(seen.rows),
        spread=spread(points, max((row.out_of for row in seen.rows), default=0.0)),
        items=tuple(_item_figures(seen)),
        misconceptions=tuple(seen.believed()),
        troubles=tuple(seen.troubles()),
        flags=tuple(seen.flags),
        conflicts=tuple(seen.conflicts),
        ungraded=tuple(seen.open_items(Outcome.UNGRADED)),
        pending=tuple(seen.open_items(Outcome.PENDING)),
    )


@dataclass(slots=True)
class _Seen:
    """What is kept of the reports so far. Dictionaries stand for sets that keep their order."""

    rows: list[Row] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    out_of: dict[str, float] = field(default_factory=dict)
    flags: list[Flag] = field(default_factory=list)
    conflicts: list[Flag] = field(default_factory=list)
    reasons: dict[str, str] = field(default_factory=dict)
    hints: dict[str, str] = field(default_factory=dict)
    holders: dict[str, dict[str, None]] = field(default_factory=dict)
    places: dict[str, Counter[str]] = field(default_factory=dict)
    failed: dict[tuple[FailureKind, str | None], dict[str, None]] = field(default_factory=dict)

    def add(self, report: Report) -> None:
        """Keep of a report what the figures need."""
        flagged = len(self.flags)
        failures: dict[FailureKind, None] = {}
        misconceptions: dict[str, None] = {}
        for item in report.items:
            self.titles.setdefault(item.id, item.title)
            self.out_of[item.id] = max(item.out_of, self.out_of.get(item.id, 0.0))
            for finding in item.findings:
                self._finding(report.student, item, finding)
                if finding.failure:
                    failures[finding.failure.kind] = None
                if finding.misconception:
                    misconceptions[finding.misconception] = None
        conflicts = [
            Flag(student=report.student, item=edit.item or "", text=edit.conflict[:_MOST_TEXT])
            for edit in report.edits
            if edit.conflict
        ]
        self.conflicts += conflicts
        self.rows.append(
            Row(
                student=report.student,
                points=report.points,
                out_of=report.out_of,
                complete=report.complete,
                cells={item.id: _cell(item) for item in report.items},
                failures=tuple(failures),
                misconceptions=tuple(misconceptions),
                flagged=len(self.flags) > flagged,
                edited=bool(report.edits),
                contradicted=bool(conflicts),
            )
        )

    def _finding(self, student: str, item: ItemResult, finding: Finding) -> None:
        if finding.flagged is not None:
            text = finding.flagged[:_MOST_TEXT]
            evidence = finding.evidence if finding.check == POLICY else None
            self.flags.append(Flag(student=student, item=item.id, text=text, evidence=evidence))
        if finding.outcome is Outcome.UNGRADED and finding.message:
            self.reasons.setdefault(item.id, finding.message[:_MOST_TEXT])
        if finding.failure:
            place = None if finding.check == LOADING else item.id
            self.failed.setdefault((finding.failure.kind, place), {})[student] = None
        if name := finding.misconception:
            self.holders.setdefault(name, {})[student] = None
            self.places.setdefault(name, Counter())[item.id] += 1
            if finding.hint:
                self.hints.setdefault(name, finding.hint)

    def believed(self) -> Iterator[Believed]:
        """The misconceptions, those of most students first."""
        for name in sorted(self.holders, key=lambda name: (-len(self.holders[name]), name)):
            yield Believed(
                name=name,
                hint=self.hints.get(name, ""),
                students=tuple(self.holders[name]),
                items=tuple(item for item, _ in self.places[name].most_common()),
            )

    def troubles(self) -> Iterator[Trouble]:
        """Failures by kind in the order of `FailureKind`, what did not load first, then by item."""
        kinds, items = list(FailureKind), [None, *self.titles]
        for kind, item in sorted(
            self.failed, key=lambda key: (kinds.index(key[0]), items.index(key[1]))
        ):
            yield Trouble(kind=kind, item=item, students=tuple(self.failed[kind, item]))

    def open_items(self, outcome: Outcome) -> Iterator[OpenItem]:
        """The items that ended so for somebody, and for whom."""
        for item in self.titles:
            students = tuple(
                row.student
                for row in self.rows
                if (cell := row.cells.get(item)) and cell.outcome is outcome
            )
            if students:
                reason = self.reasons.get(item) if outcome is Outcome.UNGRADED else None
                yield OpenItem(item=item, students=students, reason=reason)


def _cell(item: ItemResult) -> Cell:
    failure = next((one.failure.kind for one in item.findings if one.failure), None)
    return Cell(outcome=item.outcome, points=item.points, carried=item.carried, failure=failure)


def _item_figures(seen: _Seen) -> Iterator[ItemFigures]:
    items = list(seen.titles)
    points = np.full((len(seen.rows), len(items)), np.nan)
    for place, row in enumerate(seen.rows):
        for column, item in enumerate(items):
            cell = row.cells.get(item)
            if cell and cell.outcome not in _OPEN:
                points[place, column] = cell.points
    # What a bonus gives stands in no report: the most that anybody earned says it.
    earned = np.nan_to_num(points).max(axis=0, initial=0.0)
    worth = np.maximum([seen.out_of[item] for item in items], earned)
    for column, (item, share, discrimination) in enumerate(
        zip(items, shares(points, worth), discriminations(points, worth), strict=True)
    ):
        cells = [cell for row in seen.rows if (cell := row.cells.get(item))]
        known = int((~np.isnan(points[:, column])).sum())
        yield ItemFigures(
            id=item,
            title=seen.titles[item],
            worth=float(worth[column]),
            bonus=seen.out_of[item] == 0,
            known=known,
            share=0.0 if share is None and known else share,
            discrimination=discrimination,
            outcomes=dict(Counter(cell.outcome for cell in cells)),
            carried=sum(cell.carried is not None for cell in cells),
        )
