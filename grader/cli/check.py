"""`grader check`: a student's own work against the visible checks."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from grader.checking.source import Course
    from grader.grade import Desk

HELP = "Check your own work against the visible checks; nothing is sent anywhere."
EPILOG = """\
examples:
  grader check                         the work in this folder
  grader check scale.backward           one item alone
  grader check activations.py --watch  again on every save
  grader check activations.ipynb       the same work in a notebook
  grader check bob.zip                 the zip that you are about to hand in
exit code: 0 all visible checks pass; 1 points were lost; 2 wrong use; 3 could not be checked
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    parser.add_argument(
        "what", nargs="*", metavar="PATH or ITEM", help="a file or folder; or ids of items"
    )
    parser.add_argument("--watch", action="store_true", help="check again on every save")
    parser.add_argument("--assignment", help="its name or folder, where the files do not say")
    parser.add_argument(
        "--isolation",
        default="auto",
        choices=("auto", "namespaces", "landlock", "seccomp", "process"),
        help="how your code is held while it runs (auto: the strongest this machine has)",
    )
    parser.add_argument(
        "--device",
        default="cpu",
        choices=("auto", "cpu", "cuda", "mps", "xpu"),
        help="where items run that ask for an accelerator",
    )


def run(arguments: argparse.Namespace) -> int:
    """Check once, or on every save; the exit code."""
    from rich.console import Console

    from grader import own_work
    from grader.cli import language
    from grader.sandbox import device, probe

    place, items = own_work.split(arguments.what, Path.cwd())
    course = own_work.course_of(place, arguments.assignment)
    console = Console()
    confinement = probe.choose(arguments.isolation)
    opener = probe.open_opener(confinement, course.assignment.arrays)
    try:
        chosen = device.choose(arguments.device, course.assignment, confinement.level)
        desk = own_work.desk(course, opener, confinement.level, chosen)
        if arguments.watch:
            return _watch(desk, place, items, console, language(arguments))
        return _once(desk, place, items, console, language(arguments))
    finally:
        opener.close()


def _once(desk: Desk, place: Path, items: list[str], console: Console, lang: str) -> int:
    from grader import own_work
    from grader.cli import OUR_FAULT, POINTS_LOST
    from grader.exports.phrases import phrases
    from grader.exports.terminal import show_report
    from grader.findings import Outcome

    course = desk.course
    graded = own_work.check(desk, place, items)
    show_report(
        replace(graded.report, student=phrases(lang)("you")),
        course.assignment,
        console,
        lang,
        checks=own_work.how_many(course, items),
        titles=_titles(course, lang),
        hints={one.name: one.hint[lang] for one in course.misconceptions},
    )
    for line in own_work.remarks(graded, desk, lang):
        console.print(line, markup=False, highlight=False, soft_wrap=not console.is_terminal)
    outcomes = {item.outcome for item in graded.report.items}
    if Outcome.UNGRADED in outcomes:
        return OUR_FAULT
    return POINTS_LOST if outcomes & {Outcome.FAILED, Outcome.BLOCKED} else 0


def _watch(desk: Desk, place: Path, items: list[str], console: Console, lang: str) -> int:
    """Check on every save until interrupted; the boxes stay warm."""
    from watchfiles import watch

    from grader.exports.phrases import phrases
    from grader.reading.assigned import stands_for

    say = phrases(lang)
    code = _once(desk, place, items, console, lang)
    folder = place if place.is_dir() else place.parent
    files = desk.course.assignment.files
    console.print(say("watching; Ctrl-C ends"), style="dim")
    for changes in watch(folder, recursive=False, raise_interrupt=False):
        names = [Path(path).name for _, path in changes]
        mine = place.name in names
        if mine or any(stands_for(name, file) for name in names for file in files):
            console.clear()
            code = _once(desk, place, items, console, lang)
            console.print(say("watching; Ctrl-C ends"), style="dim")
    return code


def _titles(course: Course, lang: str) -> dict[str, str]:
    return {
        check.name: (check.title_ru if lang == "ru" else None) or check.title
        for check in course.checks
    }
