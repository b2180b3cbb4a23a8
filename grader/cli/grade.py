"""`grader grade`: a class in, a report for each student out."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.batch import Done

HELP = "Grade submissions and write one report per student."
EPILOG = """\
examples:
  grader grade activations handed-in -o results          a folder with a folder for each student
  grader grade activations handed-in -o results -j 4     four processes; run again to resume
  grader grade activations ann/ bob.py -o results --isolation namespaces
exit code: 0 every submission graded; 1 --fail-under was not reached; 2 wrong use, a submission that
belongs to nobody (the others are graded), or isolation too weak (nothing is graded); 3 something
could not be graded, and it was our side's fault
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    parser.add_argument("assignment", help="its name under assignments/, or a path to its folder")
    parser.add_argument(
        "submissions", nargs="+", type=Path, help="files, folders, or folders of folders"
    )
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="DIR", help="for reports")
    parser.add_argument(
        "-j", "--jobs", type=_positive, default=max(1, (os.cpu_count() or 2) // 2), metavar="N"
    )
    parser.add_argument("--seed", help="the course's secret; else GRADER_SEED, else reference/seed")
    parser.add_argument(
        "--isolation",
        default="auto",
        choices=("auto", "namespaces", "landlock", "seccomp", "process"),
        help="how strongly submissions must be held (auto: the strongest this machine has)",
    )
    parser.add_argument(
        "--trust-submissions",
        action="store_true",
        help="accept isolation that holds accidents only, for work that you trust",
    )
    parser.add_argument(
        "--device",
        default="auto",
        choices=("auto", "cpu", "cuda", "mps", "xpu"),
        help="where items run that ask for an accelerator (auto: one that is here, else the CPU)",
    )
    parser.add_argument(
        "--again", action="store_true", help="grade even where a report of the same work lies"
    )
    parser.add_argument(
        "--fail-under", type=float, metavar="POINTS", help="exit 1 if anyone has fewer points"
    )


def run(arguments: argparse.Namespace) -> int:
    """Grade, show progress and the class table; the exit code."""
    from rich.console import Console

    from grader import batch, rubric, secret, submission
    from grader.cli import OUR_FAULT, POINTS_LOST, WRONG_USE, language
    from grader.exports.terminal import show_class
    from grader.inert import inert
    from grader.report import outline
    from grader.sandbox import device, probe

    assignment = rubric.read(rubric.find(arguments.assignment, Path.cwd()))
    seed = secret.find(arguments.seed, assignment.secret)
    strong = probe.LEVELS if arguments.trust_submissions else probe.STRONG
    confinement = probe.choose(arguments.isolation, at_least=strong)
    submissions, refusals = submission.collect(arguments.submissions, assignment)
    for refusal in refusals:
        sys.stderr.write(f"grader: {inert(refusal.name)} not graded: {refusal.reason}\n")
    job = batch.Job(
        folder=assignment.folder,
        out=arguments.out.absolute(),
        secret=seed,
        confinement=confinement,
        device=device.choose(arguments.device, assignment),
    )
    graded = batch.run(job, submissions, jobs=arguments.jobs, again=arguments.again)
    reports, resumed, problems = [], 0, 0
    for one in _with_progress(graded, len(submissions)):
        if one.problem:
            sys.stderr.write(f"grader: {inert(one.report.student)}: {one.problem}\n")
        reports.append(outline(one.report))
        resumed += one.resumed
        problems += one.problem is not None
    console = Console()
    show_class(reports, console, language(arguments))
    text = f"{len(reports)} graded" + (f", {resumed} of them before" if resumed else "")
    place = arguments.out / assignment.slug
    console.print(
        f"{text}; isolation {job.isolation}; reports: {place}/<student>/report.yaml, "
        f"table: {place}/summary.csv",
        soft_wrap=True,
        highlight=False,
        markup=False,
    )
    if problems:
        return OUR_FAULT
    if refusals or not submissions:
        return WRONG_USE
    least = arguments.fail_under
    if least is not None and any(report.points < least for report in reports):
        return POINTS_LOST
    return 0


def _with_progress(graded: Iterable[Done], total: int) -> Iterator[Done]:
    """Pass everything on, with a bar on a terminal and a line at a time elsewhere."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    console = Console(stderr=True)
    if not console.is_terminal:
        yield from graded
        return
    columns = (
        SpinnerColumn(),
        TextColumn("grading"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=total, rate="")
        for one in graded:
            speed = progress.tasks[0].speed
            progress.update(task, advance=1, rate=f"{speed:.1f}/s" if speed else "")
            yield one


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number
