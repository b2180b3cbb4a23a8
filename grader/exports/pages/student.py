"""The page of one student: points, what went wrong and where, pictures, the code with its marks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from grader.exports.pages import frame
from grader.exports.pages.drawn import Drawn, draw
from grader.exports.pages.listing import (
    MOST_LINES,
    Line,
    Listing,
    Mark,
    find,
    find_function,
    listings,
)
from grader.exports.pages.numbers import number, points_of
from grader.exports.phrases import phrases
from grader.exports.redaction import for_students
from grader.exports.sentences import edit_sentence, finding_sentence
from grader.findings import LOADING, POLICY, Evidence, Finding, Outcome, Shown
from grader.findings import shown as as_text
from grader.pictures import Picture
from grader.report import ItemResult, Report, unedited
from grader.rubric import Assignment, Item

IN_PART = "in_part"
_SIGNS: dict[str, str] = {
    Outcome.PASSED: "✓",
    IN_PART: "±",
    Outcome.FAILED: "✗",
    Outcome.BLOCKED: "–",
    Outcome.UNGRADED: "!",
    Outcome.PENDING: "…",
}
_WORDS: dict[str, str] = {
    Outcome.PASSED: "passed",
    IN_PART: "in part",
    Outcome.FAILED: "failed",
    Outcome.BLOCKED: "not asked",
    Outcome.UNGRADED: "not graded",
    Outcome.PENDING: "open",
}
_LOST = (Outcome.FAILED, Outcome.BLOCKED)
_OPEN = (Outcome.UNGRADED, Outcome.PENDING)
_MOST_FIGURES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseTexts:
    """What a page takes from the course beside the report.

    Attributes:
        visible, hidden: ids of the checks that students have, and have not: `<item>/<check>`.
        titles: the title of a check in the page's language, by its id.
        hints: the hint of a misconception in the page's language, by its name.
        carrying: ids of checks that carry an error forward and take no points.
    """

    assignment: Assignment
    visible: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    titles: Mapping[str, str] = field(default_factory=dict)
    hints: Mapping[str, str] = field(default_factory=dict)
    carrying: frozenset[str] = frozenset()


@dataclass(slots=True, kw_only=True)
class Row:
    """A label and a value of a finding's evidence."""

    label: str
    value: str


@dataclass(slots=True, kw_only=True)
class FindingView:
    """One finding as the page shows it; an empty part is not shown."""

    title: str = ""
    sentence: str = ""
    what: str = ""
    rows: list[Row] = field(default_factory=list)
    note: str = ""
    called: str = ""
    place: str = ""
    to: str = ""
    hint: str = ""
    same_as: str = ""
    figures: list[Drawn] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class ItemView:
    """One item as the page shows it; `remarks` are sentences about the whole of it."""

    id: str
    title: str
    anchor: str
    sign: str
    outcome: str
    word: str
    points: str
    remarks: list[str] = field(default_factory=list)
    findings: list[FindingView] = field(default_factory=list)
    others: list[FindingView] = field(default_factory=list)
    again: str = ""

    @property
    def has_more(self) -> bool:
        """Whether there is more to read than a line says."""
        return self.outcome != "passed"


def page(
    report: Report,
    texts: CourseTexts,
    lang: str,
    *,
    work: Mapping[str, bytes] | None = None,
    pictures: Mapping[str, tuple[Picture, ...]] | None = None,
) -> str:
    """The whole page as HTML, with no more than its student may see.

    Args:
        report: as it was graded; what is hidden is taken out here.
        lang: "en" or "ru".
        work: the code as it was handed in, by file name.
        pictures: what there is to look at, by check id.
    """
    maker = _Maker(report, texts, lang, work or {}, pictures or {})
    items = list(maker.items())
    return frame.page(
        "student.html",
        lang,
        report=report,
        title=texts.assignment.title.text(lang),
        items=items,
        total=points_of(report.points, report.out_of, lang),
        share=min(1.0, max(0.0, report.points / report.out_of)) if report.out_of else 0.0,
        counts=_counts(report, phrases(lang)),
        open_items=[one for one in items if one.outcome in _OPEN],
        listings=maker.listings,
        notes=maker.notes,
        most_lines=MOST_LINES,
    )


class _Maker:
    """Turns one report into what the template reads."""

    def __init__(
        self,
        report: Report,
        texts: CourseTexts,
        lang: str,
        work: Mapping[str, bytes],
        pictures: Mapping[str, tuple[Picture, ...]],
    ) -> None:
        self.texts, self.lang, self.say = texts, lang, phrases(lang)
        seen = for_students(
            report,
            pictures,
            assignment=texts.assignment,
            visible=texts.visible,
            hidden=texts.hidden,
            hint_of=self._hint,
        )
        self.report, self.pictures = seen.report, seen.pictures
        self.notes = [self.say.sentence(note) for note in seen.notes]
        self.known = {item.id: item for item in texts.assignment.items}
        self.listings: list[Listing] = listings(work)
        self.said: dict[tuple[str, str | None], str] = {}

    def items(self) -> Iterator[ItemView]:
        yield from map(self._item, self.report.items)

    def _item(self, result: ItemResult) -> ItemView:
        known = self.known.get(result.id)
        kind = _kind(result)
        view = ItemView(
            id=result.id,
            title=known.title.text(self.lang) if known else result.title,
            anchor=frame.anchor("item", result.id),
            sign=_SIGNS[kind],
            outcome=kind,
            word=self.say(_WORDS[kind]),
            points=points_of(result.points, result.out_of, self.lang),
            remarks=list(self._remarks(result, known)),
        )
        if result.outcome not in _LOST:
            return view
        main, carrying = list[Finding](), list[Finding]()
        for finding in result.findings:
            if finding.outcome is Outcome.PENDING:
                continue  # what a person read; it is among the remarks
            id = f"{result.id}/{finding.check}"
            (carrying if id in self.texts.carrying else main).append(finding)
        code = known is None or known.kind == "code"
        view.findings = self._findings(main or carrying, view, code=code, carrying=not main)
        if main:
            view.others = self._findings(carrying, view, code=code, carrying=True)
        marked = any(edit.item == result.id for edit in self.report.edits)
        if result.outcome is Outcome.FAILED and not result.findings and not marked:
            view.remarks.append(self.say("A hidden check was not passed."))
        if any(f"{result.id}/{one.check}" in self.texts.visible for one in result.findings):
            view.again = f"grader check {result.id}"
        return view

    def _remarks(self, result: ItemResult, known: Item | None) -> Iterator[str]:
        say = self.say
        if result.outcome is Outcome.PENDING:
            yield say("waits for a person")
        for finding in result.findings:
            if finding.outcome is Outcome.PENDING and finding.evidence:
                yield say("you wrote: {text}").format(text=finding.evidence.given)
        for edit in self.report.edits:
            if edit.item == result.id:
                yield edit_sentence(edit, say)
        if result.outcome is Outcome.UNGRADED:
            yield say("could not be graded, which is not your fault")
        if result.outcome is Outcome.BLOCKED:
            # A mark gives points, and no answer.
            outcomes = {one.id: one.outcome for one in unedited(self.report).items}
            silent = [
                need for need in (known.needs if known else ()) if outcomes.get(need) in _LOST
            ]
            yield say("not asked: {items} gave no answer").format(items=", ".join(silent))
        if result.carried:
            sentence = say("the error of {item} is carried forward and costs nothing here")
            yield sentence.format(item=result.carried)
        if result.outcome is Outcome.FAILED and (blocked := self._blocked_by(result.id)):
            yield say("not asked because of it: {items}").format(items=", ".join(blocked))

    def _findings(
        self, findings: Sequence[Finding], view: ItemView, *, code: bool, carrying: bool
    ) -> list[FindingView]:
        made: list[FindingView] = []
        hints: set[str] = set()
        told: set[tuple[str, str | None]] = set()
        repeated: list[str] = []
        drawn = 0
        for finding in findings:
            one = self._finding(finding, view, code=code, carrying=carrying)
            failure = finding.failure
            if failure is not None and (failure.message, failure.where) in told:
                repeated.append(one.title)
                continue
            if failure is not None:
                told.add((failure.message, failure.where))
            # The same hint three times is read once.
            if one.hint in hints:
                one.hint = ""
            hints.add(one.hint)
            if not drawn:
                several = self.pictures.get(f"{view.id}/{finding.check}", ())
                one.figures = [draw(picture, self.lang) for picture in several[:_MOST_FIGURES]]
                drawn += len(one.figures)
            if one not in made and one != FindingView():
                made.append(one)
        if repeated := [title for title in repeated if title]:
            sentence = self.say("For the same reason: {checks}").format(checks="; ".join(repeated))
            made.append(FindingView(sentence=sentence))
        return made

    def _finding(
        self, finding: Finding, item: ItemView, *, code: bool, carrying: bool
    ) -> FindingView:
        if not finding.check:
            return FindingView(title=self.say("A hidden check"), hint=finding.hint or "")
        view = FindingView(hint=finding.hint or "")
        if code:  # only code has checks with names that say something
            name = self.texts.titles.get(f"{item.id}/{finding.check}", self.say(finding.check))
            view.title = name.rstrip(".")
        failure, evidence = finding.failure, finding.evidence
        if failure is not None:
            key = (failure.message, failure.where)
            first = self.said.setdefault(key, item.id)
            if first != item.id:
                view.same_as = first
                return view
        if evidence is not None and code and finding.check not in (LOADING, POLICY):
            where = f" [{', '.join(map(str, evidence.where))}]" if evidence.where else ""
            view.what = f"{self.say.sentence(evidence.what)}{where}"
            view.rows, view.note = self._rows(evidence), self.say.sentence(evidence.note or "")
        else:
            view.sentence = finding_sentence(finding, self.lang)
        line = self._line(finding, item) if not carrying else None
        view.place = self.say.sentence(failure.where or "") if failure else ""
        if line is not None:
            view.to = line.anchor
            if not view.place:
                view.place = self._place_of(line)
        if evidence is not None and evidence.called:
            view.called = evidence.called
        return view

    def _rows(self, evidence: Evidence) -> list[Row]:
        say = self.say
        rows = [
            Row(label=say("yours"), value=say.sentence(_shown(evidence.given))),
            Row(label=say("expected"), value=say.sentence(_shown(evidence.expected))),
        ]
        if evidence.error is not None and evidence.tolerance is not None:
            error = say("{error}, allowed {tolerance}").format(
                error=number(evidence.error, 2), tolerance=number(evidence.tolerance, 2)
            )
            rows.append(Row(label=say("error"), value=error))
        return rows

    def _line(self, finding: Finding, item: ItemView) -> Line | None:
        """The line that a finding is about, which gets its mark."""
        failure, evidence = finding.failure, finding.evidence
        if failure is not None:
            line = find(self.listings, failure.where)
            text = self.say(str(failure.kind))
        else:
            line = find_function(self.listings, evidence.called if evidence else None)
            text = self.say("what it returns is not as expected")
        if line is not None:
            mark = Mark(text=text, item=item.id, to=item.anchor)
            if mark not in line.marks:
                line.marks.append(mark)
        return line

    def _place_of(self, line: Line) -> str:
        one = next(one for one in self.listings if any(line is other for other in one.lines))
        return one.place(line.number)

    def _hint(self, finding: Finding) -> str | None:
        return (
            self.texts.hints.get(finding.misconception or "", self.say(finding.hint or "")) or None
        )

    def _blocked_by(self, id: str) -> list[str]:
        """The items that were not asked for want of `id`, at whatever distance."""
        found = [id]
        for one in self.report.items:
            known = self.known.get(one.id)
            if known and one.outcome is Outcome.BLOCKED and set(known.needs) & set(found):
                found.append(one.id)
        return found[1:]


def _shown(value: Shown) -> str:
    if isinstance(value, float) and not isinstance(value, bool):
        return number(value, 4)
    return as_text(value)


def _counts(report: Report, say: Callable[[str], str]) -> list[tuple[str, str, int]]:
    """How items ended, the word for it and how many did, for what occurs."""
    kinds = [_kind(item) for item in report.items]
    return [(kind, say(word), kinds.count(kind)) for kind, word in _WORDS.items() if kind in kinds]


def _kind(result: ItemResult) -> str:
    return IN_PART if result.is_in_part else str(result.outcome)
