"""A report on a terminal: colours where there are some, the same lines everywhere else.

Whatever a student wrote is made inert and never read as markup.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from grader.exports.phrases import Phrases, phrases
from grader.exports.sentences import (
    conflict_sentence,
    edit_sentence,
    evidence_sentence,
    finding_sentence,
)
from grader.findings import POLICY, Finding, Outcome
from grader.inert import inert
from grader.policy import sentence as policy_sentence
from grader.report import ItemResult, Report, unedited
from grader.rubric import Assignment, Item

_MARKS = {
    Outcome.PASSED: ("✓", "+", "green"),
    Outcome.FAILED: ("✗", "x", "red"),
    Outcome.BLOCKED: ("–", "-", "yellow"),
    Outcome.UNGRADED: ("!", "!", "magenta"),
    Outcome.PENDING: ("…", "?", "cyan"),
}
_IN_PART = ("±", "~", "yellow")
AGAIN = "grader check {item}"
_INDENT = 4
_MOST_LOST = 4


class _Line(NamedTuple):
    text: Text
    indent: int = 0


def show_report(
    report: Report,
    assignment: Assignment,
    console: Console,
    lang: str = "en",
    *,
    checks: tuple[int, int] | None = None,
    titles: Mapping[str, str] | None = None,
    hints: Mapping[str, str] | None = None,
    again: str = AGAIN,
) -> None:
    """Print a report for the student it is about.

    Args:
        checks: how many checks were visible here, of how many; None says nothing about it.
        titles: the title of a check in `lang`, by its name; its name stands in.
        hints: the hint of a misconception in `lang`, by its name; the report's stands in.
        again: what checks one `{item}` again.
    """
    student = _Student(report, assignment, phrases(lang), lang, titles or {}, hints or {}, again)
    _print(student.lines(checks, ascii_only=console.options.ascii_only), console)


class Remark(NamedTuple):
    """A line about an item; `style` is dim for what helps, yellow for a hint, else empty or a
    colour of the outcome."""

    text: str
    style: str


class Told(NamedTuple):
    """One item of a report in words: its mark, its title, its points, and a line a remark."""

    result: ItemResult
    mark: str
    title: str
    points: str
    remarks: tuple[Remark, ...]


def told_items(
    report: Report,
    assignment: Assignment,
    lang: str = "en",
    *,
    titles: Mapping[str, str] | None = None,
    hints: Mapping[str, str] | None = None,
    again: str = AGAIN,
) -> Iterator[Told]:
    """The items of a report as `show_report` has them, for who lays them out otherwise.

    All texts are inert; nothing in them is escaped for HTML.
    """
    student = _Student(report, assignment, phrases(lang), lang, titles or {}, hints or {}, again)
    items = {item.id: item for item in assignment.items}
    failures: dict[tuple[str, str | None], str] = {}
    for result in report.items:
        yield Told(
            result=result,
            mark=_MARKS[result.outcome][0],
            title=student._title(result, items),
            points=student._points(result),
            remarks=tuple(
                Remark(text.plain, str(text.style))
                for text in student._details(result, items, failures)
            ),
        )


def show_class(rows: Sequence[Report], console: Console, lang: str = "en") -> None:
    """Print the table of a class: a line a student and assignment, with what was lost."""
    say = phrases(lang)
    ordered = sorted(rows, key=lambda report: (report.assignment, report.student))
    _print(_class_lines(ordered, say), console)


def _print(lines: Iterator[_Line], console: Console) -> None:
    for text, indent in lines:
        if console.is_terminal and text.plain:
            console.print(Padding(text, (0, 0, 0, indent), expand=False))
        else:
            # A file or a pipe has no width: lines stay whole, so that tools can search them.
            console.print(Text(" " * indent) + text, soft_wrap=True)


class _Student(NamedTuple):
    report: Report
    assignment: Assignment
    say: Phrases
    lang: str
    titles: Mapping[str, str]
    hints: Mapping[str, str]
    again: str

    def lines(self, checks: tuple[int, int] | None, *, ascii_only: bool) -> Iterator[_Line]:
        report, say = self.report, self.say
        title = self.assignment.title.text(self.lang)
        yield _Line(Text(f"{inert(title)}: {inert(report.student)}", style="bold"))
        yield _Line(Text(self._total(report.points, report.out_of)))
        yield _Line(Text(""))
        items = {item.id: item for item in self.assignment.items}
        ids = max((cell_len(inert(one.id)) for one in report.items), default=0)
        wide = max((cell_len(self._title(one, items)) for one in report.items), default=0)
        shown_failures: dict[tuple[str, str | None], str] = {}
        for result in report.items:
            symbol, plain, style = _IN_PART if result.is_in_part else _MARKS[result.outcome]
            mark = (f"{plain if ascii_only else symbol} ", style)
            id, name = _padded(inert(result.id), ids), _padded(self._title(result, items), wide)
            points = (self._points(result), "" if result.points else "dim")
            yield _Line(Text.assemble(mark, (id, "bold"), "  ", name, "  ", points))
            for text in self._details(result, items, shown_failures):
                yield _Line(text, _INDENT)
        open_ends = [one.id for one in report.items if one.outcome in _OPEN]
        open_ends += [edit.item for edit in report.edits if edit.conflict and edit.item]
        if open_ends or checks:
            yield _Line(Text(""))
        if open_ends:
            yield _Line(Text(say("not final: {items}").format(items=", ".join(open_ends))))
        if checks:
            sentence = say(
                "{shown} of {total} checks are visible here; hidden ones run at grading."
            )
            yield _Line(Text(sentence.format(shown=checks[0], total=checks[1]), style="dim"))

    def _total(self, points: float, out_of: float) -> str:
        return self.say("{points} of {out_of} points").format(
            points=_number(points), out_of=_number(out_of)
        )

    def _points(self, result: ItemResult) -> str:
        if result.out_of:
            return self.say("{points} of {out_of}").format(
                points=_number(result.points), out_of=_number(result.out_of)
            )
        if result.points:
            return self.say("+{points} bonus").format(points=_number(result.points))
        return self.say("no points")

    def _title(self, result: ItemResult, items: Mapping[str, Item]) -> str:
        known = items.get(result.id)
        title = known.title.text(self.lang) if known else result.title
        return inert(title)

    def _details(
        self,
        result: ItemResult,
        items: Mapping[str, Item],
        shown_failures: dict[tuple[str, str | None], str],
    ) -> Iterator[Text]:
        say = self.say
        if result.outcome is Outcome.PENDING:
            yield Text(say("waits for a person"), style="dim")
        if result.outcome is Outcome.UNGRADED:
            yield Text(say("could not be graded, which is not your fault"), style="magenta")
        if result.outcome is Outcome.BLOCKED:
            silent = self._silent_needs(items.get(result.id))
            yield Text(say("not asked: {items} gave no answer").format(items=", ".join(silent)))
        if result.carried:
            sentence = say("the error of {item} is carried forward and costs nothing here")
            yield Text(sentence.format(item=result.carried), style="green")
        said = set()
        known = items.get(result.id)
        code = known is None or known.kind == "code"
        for finding in result.findings:
            # In an ungraded item a message is the author's traceback, not the student's affair.
            if finding.outcome is not Outcome.FAILED:
                continue
            for text in self._finding(finding, result, shown_failures, code=code):
                if text.plain not in said:
                    said.add(text.plain)
                    yield text
        edits = [edit for edit in self.report.edits if edit.item == result.id]
        yield from (Text(edit_sentence(edit, say), style="cyan") for edit in edits)
        if result.outcome is not Outcome.FAILED or edits:
            return
        blocked = self._blocked_by(result.id, items)
        if blocked:
            yield Text(say("not asked because of it: {items}").format(items=", ".join(blocked)))
        if code:
            command = self.again.format(item=inert(result.id))
            yield Text(say("again: {command}").format(command=command), style="dim")

    def _finding(
        self,
        finding: Finding,
        result: ItemResult,
        shown_failures: dict[tuple[str, str | None], str],
        *,
        code: bool,
    ) -> Iterator[Text]:
        say = self.say
        title = inert(self.titles.get(finding.check, say(finding.check))).rstrip(".")
        failure = finding.failure
        if failure:
            key = (failure.message, failure.where)
            if shown_failures.setdefault(key, result.id) != result.id:
                yield Text(say("the same as in {item}").format(item=shown_failures[key]))
                return
        sentence = inert(finding_sentence(finding, self.lang))
        # Only code has checks with names that say something.
        yield Text.assemble((f"{title}: ", "bold"), sentence) if code else Text(sentence)
        if failure and failure.where:
            yield Text(say("at {where}").format(where=inert(failure.where)))
        if finding.evidence and finding.evidence.called:
            called = inert(finding.evidence.called)
            yield Text(say("called: {call}").format(call=called), style="dim")
        hint = self.hints.get(finding.misconception or "", say(finding.hint or ""))
        if hint:
            yield Text(say("hint: {text}").format(text=inert(hint)), style="yellow")

    def _silent_needs(self, item: Item | None) -> list[str]:
        # A mark gives points, and no answer.
        outcomes = {one.id: one.outcome for one in unedited(self.report).items}
        silent = (Outcome.FAILED, Outcome.BLOCKED)
        return [need for need in (item.needs if item else ()) if outcomes.get(need) in silent]

    def _blocked_by(self, id: str, items: Mapping[str, Item]) -> list[str]:
        """The items that were not asked for want of `id`, at whatever distance."""
        found = [id]
        for one in self.report.items:
            known = items.get(one.id)
            if known and one.outcome is Outcome.BLOCKED and set(known.needs) & set(found):
                found.append(one.id)
        return found[1:]


_OPEN = (Outcome.UNGRADED, Outcome.PENDING)


def _class_lines(rows: Sequence[Report], say: Phrases) -> Iterator[_Line]:
    if not rows:
        yield _Line(Text(say("nobody was graded")))
        return
    several = len({report.assignment for report in rows}) > 1
    table = [(say("student"), say("points"), say("lost"))]
    for report in rows:
        points = say("{points} of {out_of}").format(
            points=_number(report.points), out_of=_number(report.out_of)
        )
        name = f"{report.assignment}/{report.student}" if several else report.student
        table.append((inert(name), points, _lost(report, say)))
    wide = [max(cell_len(row[column]) for row in table) for column in (0, 1)]
    for number, row in enumerate(table):
        cells = [
            text + " " * (wide[column] - cell_len(text)) for column, text in enumerate(row[:2])
        ]
        line = "  ".join([*cells, row[2]]).rstrip()
        yield _Line(Text(line, style="bold" if number == 0 else ""))
    yield _Line(Text(""))
    for slug in sorted({report.assignment for report in rows}):
        part = [report for report in rows if report.assignment == slug]
        mean = math.fsum(report.points for report in part) / len(part)
        sentence = say("students: {count}, mean {mean} of {out_of} points").format(
            count=len(part), mean=_number(round(mean, 1)), out_of=_number(part[0].out_of)
        )
        flagged = sum(any(_flags(report)) for report in part)
        if flagged:
            sentence += say(", flagged: {count}").format(count=flagged)
        marked = sum(len(report.edits) for report in part)
        if marked:
            sentence += say(", marked by people: {count}").format(count=marked)
        yield _Line(Text(f"{slug}: {sentence}" if several else sentence))
    pending = dict.fromkeys(
        item.id for report in rows for item in report.items if item.outcome is Outcome.PENDING
    )
    if pending:
        sentence = say("waiting for a person: {items}").format(items=", ".join(pending))
        yield _Line(Text(inert(sentence)))
    for report in rows:
        yield from _flagged(report, say)
    for report in rows:
        for edit in report.edits:
            if edit.conflict:
                sentence = say("look again: {student}: {item}: {text}").format(
                    student=report.student, item=edit.item, text=conflict_sentence(edit, say)
                )
                yield _Line(Text(inert(sentence), style="yellow"))


def _flagged(report: Report, say: Phrases) -> Iterator[_Line]:
    """What passed and looks too good: for the instructor, and no reason to take points."""
    for item, finding in _flags(report):
        evidence, said = finding.evidence, finding.flagged
        if evidence:
            build = policy_sentence if finding.check == POLICY else evidence_sentence
            said = build(evidence, say)
        sentence = say("flagged, no points lost: {student}: {item}: {text}").format(
            student=report.student, item=item, text=said
        )
        yield _Line(Text(inert(sentence), style="yellow"))


def _flags(report: Report) -> Iterator[tuple[str, Finding]]:
    for result in report.items:
        yield from ((result.id, one) for one in result.findings if one.flagged is not None)


def _lost(report: Report, say: Phrases) -> str:
    lost = []
    for result in report.items:
        if result.outcome in (Outcome.PASSED, Outcome.PENDING):
            continue
        kinds = [one.failure.kind for one in result.findings if one.failure]
        why = str(kinds[0]) if kinds else str(result.outcome)
        lost.append(result.id if why == "failed" else f"{result.id} ({say(why)})")
    more = len(lost) - _MOST_LOST
    if more > 0:
        lost = [*lost[:_MOST_LOST], say("and {count} more").format(count=more)]
    return inert(", ".join(lost))


def _padded(text: str, cells: int) -> str:
    return text + " " * (cells - cell_len(text))


def _number(points: float) -> str:
    return f"{points:.10g}"
