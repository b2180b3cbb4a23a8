"""`grader mark`: a person's points, kept beside the reports and laid onto them."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from grader.exports.phrases import Phrases
    from grader.marks import Mark
    from grader.report import Edit, ItemResult, Report

HELP = (
    "Mark items by hand: free-text answers, and any other item. Marks lie in "
    "DIR/<assignment>/marks.yaml, which no grading ever writes into; each grading lays them onto "
    "its reports."
)
EPILOG = """\
examples:
  grader mark results                     walk through what waits for a person, answer by answer
  grader mark results questions.why       the answers to one question
  grader mark results questions.why --student ann --points 2 --why "names both reasons"
  grader mark results scale.backward --student bob --points 1 --why "a typo in the handout"
  grader mark results questions.why --student ann --keep       after a conflict: it still holds
  grader mark results questions.why --student ann --withdraw --why "wrong student"
Without a terminal the walk is a list. Who marks: --who, else GRADER_WHO, else the login name.
exit code: 0 marked, or listed; 2 wrong use, or marks.yaml names nobody or nothing
"""
WHO = "GRADER_WHO"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    parser.add_argument("dir", type=Path, metavar="DIR", help="the folder that `grade -o` made")
    parser.add_argument("item", nargs="?", metavar="ITEM", help="one item alone")
    parser.add_argument("--student", help="one student alone")
    parser.add_argument("--points", type=float, help="what the item earns")
    parser.add_argument("--why", default="", help="the reason, which the student will read")
    parser.add_argument("--who", help="who marks; else GRADER_WHO, else the login name")
    parser.add_argument("--assignment", help="its name, where DIR holds several")
    parser.add_argument("--keep", action="store_true", help="the earlier mark holds as it is")
    parser.add_argument("--withdraw", action="store_true", help="take the earlier mark back")


def run(arguments: argparse.Namespace) -> int:
    """Write one mark, or walk through what is open; the exit code."""
    from grader import marks
    from grader.cli import language
    from grader.exports.phrases import phrases

    say = phrases(language(arguments))
    root, assignments = _places(arguments.dir, arguments.assignment)
    for assignment in assignments:
        # What people wrote into the file since the last grading counts from now on.
        marks.lay(root, assignment)
    if arguments.points is not None or arguments.keep or arguments.withdraw:
        return _mark_one(root, assignments, arguments, say)
    waiting = [one for slug in assignments for one in _open_ends(root, slug, arguments)]
    if not waiting:
        sys.stdout.write(say("nothing waits for a person here") + "\n")
        return 0
    if sys.stdin.isatty():
        return _walk(root, waiting, arguments, say)
    for one in waiting:
        sys.stdout.write("\n".join(_shown(one, say)) + "\n\n")
    return 0


class _Open(NamedTuple):
    """An item that waits for a person, or whose mark should be looked at again."""

    report: Report
    item: ItemResult
    edit: Edit | None


def _places(folder: Path, named: str | None) -> tuple[Path, list[str]]:
    """The folder of results and the assignments in it; DIR may be an assignment's own, too."""
    from grader import store
    from grader.errors import UsageError

    folder = folder.absolute()
    if (folder / store.SUMMARY).is_file():
        return folder.parent, [folder.name]
    found = sorted(path.parent.name for path in folder.glob(f"*/{store.SUMMARY}"))
    if named is not None:
        found = [name for name in found if name == named]
    if not found:
        wanted = f"{named}/{store.SUMMARY}" if named else store.SUMMARY
        raise UsageError(f"{folder} holds no {wanted}. Name the folder that `grade -o` made.")
    return folder, found


def _mark_one(
    root: Path, assignments: list[str], arguments: argparse.Namespace, say: Phrases
) -> int:
    from grader import marks, store
    from grader.errors import UsageError
    from grader.inert import inert
    from grader.schema import did_you_mean

    if not arguments.item or not arguments.student:
        raise UsageError("a mark needs ITEM and --student.")
    if sum((arguments.points is not None, arguments.keep, arguments.withdraw)) > 1:
        raise UsageError("one of --points, --keep and --withdraw at a time.")
    reports = [
        report
        for slug in assignments
        if (report := store.read_report(root, slug, arguments.student)) is not None
    ]
    if not reports:
        known = sorted({name for slug in assignments for name in store.students(root, slug)})
        near = did_you_mean(arguments.student, known)
        raise UsageError(f'no report of "{inert(arguments.student)}" in {root}.{near}')
    fitting = [one for one in reports if arguments.item in {item.id for item in one.items}]
    if not fitting:
        known = list(dict.fromkeys(item.id for one in reports for item in one.items))
        near = did_you_mean(arguments.item, known)
        raise UsageError(f'no item "{inert(arguments.item)}" in the report.{near}')
    if len(fitting) > 1:
        slugs = ", ".join(one.assignment for one in fitting)
        raise UsageError(f"{inert(arguments.item)} is an item of {slugs}; say --assignment.")
    (report,) = fitting
    mark = _mark(report, arguments)
    marks.add(root, report.assignment, [mark])
    _confirm(root, report.assignment, mark, say)
    return 0


def _mark(report: Report, arguments: argparse.Namespace) -> Mark:
    from grader import marks
    from grader.errors import UsageError

    before = next((edit for edit in report.edits if edit.item == arguments.item), None)
    points, why = arguments.points, arguments.why
    if arguments.keep or arguments.withdraw:
        if before is None:
            raise UsageError(f"{arguments.item} of {report.student} has no mark.")
        why = why or before.why
        points = before.points if arguments.keep else None
    if not why.strip():
        raise UsageError("a mark needs a reason: --why TEXT. The student will read it.")
    if points is not None and not 0 <= points < float("inf"):
        raise UsageError("--points must be a number of 0 or more.")
    return marks.Mark(
        student=report.student,
        item=arguments.item,
        points=points,
        who=_who(arguments.who),
        when=datetime.now(UTC).isoformat(timespec="seconds"),
        why=why.strip(),
        made_on=marks.made_on(report, arguments.item),
    )


def _who(named: str | None) -> str:
    import getpass

    from grader.errors import UsageError

    who = named or os.environ.get(WHO, "")
    if not who.strip():
        try:
            who = getpass.getuser()
        except (OSError, KeyError, ImportError):
            raise UsageError(f"say who marks: --who NAME, or set {WHO}.") from None
    return who.strip()


def _confirm(root: Path, assignment: str, mark: Mark, say: Phrases) -> None:
    """Say what the mark came to; points beyond the item's own are said, too."""
    from grader import store

    report = store.read_report(root, assignment, mark.student)
    if report is None:
        return
    item = next(one for one in report.items if one.id == mark.item)
    sentence = say("{student}: {item}: {points} of {out_of}; in all {total} of {whole} points")
    lines = [
        sentence.format(
            student=report.student,
            item=item.id,
            points=f"{item.points:g}",
            out_of=f"{item.out_of:g}",
            total=f"{report.points:g}",
            whole=f"{report.out_of:g}",
        )
    ]
    if mark.points is not None and mark.points > item.out_of:
        lines.append(say("more points than the item has; the reason stands in the report"))
    sys.stdout.write("\n".join(lines) + "\n")


def _open_ends(root: Path, assignment: str, arguments: argparse.Namespace) -> Iterator[_Open]:
    from grader import store
    from grader.findings import Outcome

    for student in store.students(root, assignment):
        report = store.read_report(root, assignment, student)
        if report is None or arguments.student not in (None, student):
            continue
        edits = {edit.item: edit for edit in report.edits}
        for item in report.items:
            edit = edits.get(item.id)
            waits = item.outcome in (Outcome.PENDING, Outcome.UNGRADED)
            if arguments.item not in (None, item.id) or not (waits or (edit and edit.conflict)):
                continue
            yield _Open(report, item, edit)


def _shown(one: _Open, say: Phrases) -> list[str]:
    """What a person reads before marking: whose, which item, and the answer itself."""
    from grader.exports.sentences import conflict_sentence, edit_sentence
    from grader.inert import inert

    report, item = one.report, one.item
    lines = [
        f"{report.assignment}/{inert(report.student)}: {item.id}: {inert(item.title)}",
        say("{points} of {out_of}").format(points=f"{item.points:g}", out_of=f"{item.out_of:g}"),
    ]
    for finding in item.findings:
        if finding.evidence and isinstance(finding.evidence.given, str):
            lines += [f"  | {inert(line)}" for line in finding.evidence.given.splitlines()]
        elif finding.message:
            lines.append(f"  {inert(say.sentence(finding.message))}")
    if one.edit:
        lines += [edit_sentence(one.edit, say), conflict_sentence(one.edit, say)]
    return lines


def _walk(root: Path, waiting: list[_Open], arguments: argparse.Namespace, say: Phrases) -> int:
    """Ask for points and a reason, one after another; each mark is written at once."""
    from grader import marks

    for number, one in enumerate(waiting, start=1):
        sys.stdout.write(f"\n[{number}/{len(waiting)}] " + "\n".join(_shown(one, say)) + "\n")
        try:
            points = _points(one.item, say)
            if points is None:
                continue
            why = _reason(say)
        except EOFError:
            break
        chosen = argparse.Namespace(
            item=one.item.id,
            points=points,
            why=why,
            who=arguments.who,
            keep=False,
            withdraw=False,
        )
        mark = _mark(one.report, chosen)
        marks.add(root, one.report.assignment, [mark])
        _confirm(root, one.report.assignment, mark, say)
    sys.stdout.write("\n")
    return 0


def _points(item: ItemResult, say: Phrases) -> float | None:
    """Points as somebody types them, None to go on to the next; EOFError ends the walk."""
    prompt = say("points, 0 to {most} (Enter: later, q: end): ").format(most=f"{item.out_of:g}")
    while True:
        given = input(prompt).strip().replace(",", ".")
        if given == "q":
            raise EOFError
        if not given:
            return None
        try:
            points = float(given)
        except ValueError:
            continue
        if 0 <= points < float("inf"):
            return points


def _reason(say: Phrases) -> str:
    while not (why := input(say("why: ")).strip()):
        pass
    return why
