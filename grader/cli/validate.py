"""`grader validate`: is the assignment itself sound?"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from grader.exports.phrases import Phrases
    from grader.proof.tally import Tally
    from grader.proof.validate import Examined, Work

HELP = (
    "Prove an assignment: the reference earns everything, twice the same bytes, and so do right "
    "solutions in other words; the stub and know-nothings earn nothing; each misconception loses "
    "exactly its items and is named."
)
EPILOG = """\
examples:
  grader validate                         all under assignments/, one table
  grader validate activations --subjects  one, with what each subject lost and was named
  grader validate activations --checks    with what each check let pass and what it caught
  grader validate activations --seeds 20  under 20 other seeds too: nothing passes by luck
exit code: 0 sound; 2 something is wrong with the assignment; 3 could not be graded (our fault)
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    parser.add_argument("assignments", nargs="*", help="names or folders; all by default")
    parser.add_argument("--seeds", type=int, default=0, metavar="N", help="further seeds to try")
    parser.add_argument("--only", default="", metavar="TEXT", help="subjects whose name holds TEXT")
    parser.add_argument("-j", "--jobs", type=int, default=max(1, os.cpu_count() or 1), metavar="N")
    parser.add_argument("--subjects", action="store_true", help="a line a subject, too")
    parser.add_argument("--checks", action="store_true", help="a line a check, too")
    parser.add_argument(
        "--isolation",
        default="auto",
        choices=("auto", "namespaces", "landlock", "seccomp", "process"),
    )
    parser.add_argument(
        "--device",
        default="cpu",
        choices=("auto", "cpu", "cuda", "mps", "xpu"),
        help="where items run that ask for an accelerator",
    )


def run(arguments: argparse.Namespace) -> int:
    """Validate, say at once what is wrong, print one table at the end; the exit code."""
    from rich.console import Console

    from grader import rubric
    from grader.checking import source
    from grader.cli import WRONG_USE, language
    from grader.cli.progress import with_progress
    from grader.errors import UsageError
    from grader.exports.phrases import phrases
    from grader.proof import tally, validate

    say = phrases(language(arguments))
    here = Path.cwd()
    folders = [rubric.find(name, here) for name in arguments.assignments] or _all(here)
    if not folders:
        raise UsageError("there is no assignments/ here or above. Say which assignment.")
    console = Console()
    plans = _plans(folders, arguments)
    examined = validate.run([work for plan in plans for work in plan], arguments.jobs)
    summaries, sound = [], True
    for folder, plan in zip(folders, plans, strict=True):
        size = sum(len(work.subjects) for work in plan)
        rows = []
        doing = f"{say('grading')} {folder.name}"
        for row in with_progress(islice(examined, size), size, doing):
            rows.append(row)
            if row.problems:
                place = [folder.name] if len(folders) > 1 else []
                problems = "; ".join(map(say.sentence, row.problems))
                sys.stderr.write(": ".join([*place, _place(row, say), problems]) + "\n")
        if arguments.subjects:
            by_kind = sorted(rows, key=_by_kind)
            _print(console, _subject_titles(say), (_subject(row, say) for row in by_kind))
        tallies = tally.tallies(source.read(folder), rows)
        if arguments.checks:
            _print(console, _check_titles(say), (_check(one, say) for one in tallies))
        summaries.append(_summary(folder.name, rows, tallies, say))
        sound = sound and bool(rows) and not any(row.problems for row in rows)
    _print(console, _assignment_titles(say), summaries)
    return 0 if sound else WRONG_USE


def _plans(folders: Sequence[Path], arguments: argparse.Namespace) -> list[list[Work]]:
    """What to examine of each assignment; it is an error where there is nothing to prove."""
    from grader import rubric
    from grader.errors import UsageError
    from grader.proof import validate
    from grader.sandbox import device, probe

    confinement = probe.choose(arguments.isolation)
    plans = []
    for folder in folders:
        assignment = rubric.read(folder)
        if assignment.secret is None:
            raise UsageError(f"{folder.name} has no reference/{folder.name}, so nothing to prove.")
        plan = validate.plan(
            folder.absolute(),
            confinement,
            seeds=arguments.seeds,
            jobs=arguments.jobs,
            wanted=arguments.only,
            device=device.choose(arguments.device, assignment, confinement.level),
        )
        plans.append(plan)
    return plans


def _all(here: Path) -> list[Path]:
    for parent in (here, *here.parents):
        if (parent / "assignments").is_dir():
            return sorted(
                path.parent for path in (parent / "assignments").glob("*/assignment.yaml")
            )
    return []


_KINDS = ("reference", "stub", "know-nothing", "renamed", "alternative", "misconception")


def _subject_titles(say: Phrases) -> Sequence[str]:
    return say("subject"), say("seed"), say("points"), say("named"), "", say("loses")


def _check_titles(say: Phrases) -> Sequence[str]:
    return say("check"), say("false fails"), say("wrong variants caught")


def _assignment_titles(say: Phrases) -> Sequence[str]:
    return (
        *(say("assignment"), say("points"), say("checks"), say("misconceptions")),
        *(say("alternatives"), say("seeds"), say("gradings"), say("false fails")),
        *(say("caught"), ""),
    )


def _print(console: Console, titles: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Aligned columns, whole lines even where the terminal is narrow."""
    lines = [titles, *rows]
    wide = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, wide, strict=True))
        text = "  ".join(cells).rstrip()
        console.print(text, markup=False, highlight=False, soft_wrap=True)
    console.print()


def _subject(row: Examined, say: Phrases) -> tuple[str, ...]:
    kind, lost = say(row.subject.kind), len(row.lost)
    many = say.plural("{count} item", "{count} items", lost).format(count=lost)
    return (
        kind if row.subject.kind == row.subject.name else f"{kind} {row.subject.name}",
        str(row.seed),
        _share(f"{row.points:g}", f"{row.out_of:g}", say),
        say("yes") if list(row.named) == [row.subject.name] else "",
        say("WRONG") if row.problems else say("sound"),
        many if lost > _MOST else ", ".join(row.lost) or say("nothing"),
    )


def _share(part: object, whole: object, say: Phrases) -> str:
    return say("{points} of {out_of}").format(points=part, out_of=whole)


_MOST = 6


def _by_kind(row: Examined) -> int:
    return _KINDS.index(row.subject.kind)


def _check(one: Tally, say: Phrases) -> tuple[str, ...]:
    caught = _share(one.caught, one.wrong, say)
    if one.carries:
        caught = say("carries {item}").format(item=", ".join(one.carries))
    return one.check, _share(one.false_fails, one.honest, say), caught


def _summary(
    name: str, rows: Sequence[Examined], tallies: Sequence[Tally], say: Phrases
) -> tuple[str, ...]:
    """A line an assignment; the last cell is its verdict."""
    names = {
        kind: {row.subject.name for row in rows if row.subject.kind == kind} for kind in _KINDS
    }
    wrong = sum(bool(row.problems) for row in rows)
    shares = [one.share for one in tallies if one.share is not None]
    deciding = [one for one in tallies if not one.carries]
    return (
        name,
        f"{max((row.out_of for row in rows), default=0):g}",
        str(len(tallies)),
        str(len(names["misconception"])),
        str(len(names["alternative"])),
        str(len({row.seed for row in rows})),
        str(len(rows)),
        _share(sum(one.false_fails for one in deciding), sum(one.honest for one in deciding), say),
        f"{sum(shares) / len(shares):.0%}" if shares else "",
        _verdict(len(rows), wrong, say),
    )


def _verdict(subjects: int, wrong: int, say: Phrases) -> str:
    if not subjects:
        return say("no subject")
    return f"{wrong} {say('WRONG')}" if wrong else say("sound")


def _place(row: Examined, say: Phrases) -> str:
    seed = say(" under seed {seed}").format(seed=row.seed) if row.seed else ""
    return f"{say(row.subject.kind)} {row.subject.name}{seed}"
