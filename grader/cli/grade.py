"""`grader grade`: a class in, a report for each student out."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.batch import Job
    from grader.report import Report
    from grader.rubric import Assignment
    from grader.submission import Submission

HELP = "Grade submissions and write one report per student."
EPILOG = """\
examples:
  grader grade activations handed-in -o results          a folder with a folder for each student
  grader grade activations handed-in -o results -j 4     four processes; run again to resume
  grader grade activations ann/ bob.zip -o results --isolation namespaces
  grader grade assignments handed-in -o results          all: handed-in/<assignment>/<student>
exit code: 0 every submission graded; 1 --fail-under was not reached; 2 wrong use, a submission that
belongs to nobody or a person's mark on work that has changed (the others are graded), or isolation
too weak (nothing is graded); 3 something could not be graded, and it was our side's fault
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    parser.add_argument(
        "assignment",
        help="its name under assignments/, a path to its folder, or a folder of assignments",
    )
    parser.add_argument(
        "submissions", nargs="+", type=Path, help="files, zips, folders, or folders of them"
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

    from grader import rubric
    from grader.cli import OUR_FAULT, POINTS_LOST, WRONG_USE, language
    from grader.exports.phrases import phrases
    from grader.exports.terminal import show_class

    say = phrases(language(arguments))
    several = _assignments_in(Path(arguments.assignment))
    ended = _Ended()
    if several:
        in_each = [
            (folder, [path / folder.name for path in arguments.submissions]) for folder in several
        ]
        handed_in = [(folder, [p for p in places if p.is_dir()]) for folder, places in in_each]
    else:
        folder = rubric.find(arguments.assignment, Path.cwd())
        handed_in = [(folder, arguments.submissions)]
    classes = [
        _collect(rubric.read(folder), places, arguments, ended)
        for folder, places in handed_in
        if places
    ]
    _grade(classes, arguments, ended)
    console = Console()
    show_class(ended.reports, console, language(arguments))
    again = say(", {count} of them before").format(count=ended.resumed) if ended.resumed else ""
    graded = say.plural("{count} graded", "{count} graded", len(ended.reports))
    place = arguments.out / (f"<{say('assignment')}>" if several else folder.name)
    console.print(
        graded.format(count=len(ended.reports))
        + again
        + say("; isolation {level}; reports: {reports}, table: {table}").format(
            level=ended.isolation,
            reports=f"{place}/<{say('student')}>/report.yaml",
            table=f"{place}/summary.csv",
        ),
        soft_wrap=True,
        highlight=False,
        markup=False,
    )
    if ended.problems:
        return OUR_FAULT
    # A mark that was made on something else stands, and waits for a person to look at it.
    conflicts = any(edit.conflict for report in ended.reports for edit in report.edits)
    if ended.refused or conflicts or not ended.reports:
        return WRONG_USE
    least = arguments.fail_under
    if least is not None and any(report.points < least for report in ended.reports):
        return POINTS_LOST
    return 0


@dataclass(slots=True)
class _Ended:
    """What came of all gradings of one command."""

    reports: list[Report] = field(default_factory=list)
    resumed: int = 0
    problems: int = 0
    refused: int = 0
    isolation: str = ""


def _assignments_in(folder: Path) -> list[Path]:
    """The assignments under a folder of assignments; none where it is one itself, or a name."""
    if not folder.is_dir() or (folder / "assignment.yaml").is_file():
        return []
    return sorted(path.parent for path in folder.glob("*/assignment.yaml"))


def _collect(
    assignment: Assignment, places: Sequence[Path], arguments: argparse.Namespace, ended: _Ended
) -> tuple[Job, list[Submission]]:
    """What there is to grade of one assignment; what is refused is said and counted in `ended`."""
    from grader import batch, secret, submission
    from grader.cli import language
    from grader.exports.phrases import phrases
    from grader.inert import inert
    from grader.sandbox import device, probe

    say = phrases(language(arguments))
    seed = secret.find(arguments.seed, assignment.secret)
    strong = probe.LEVELS if arguments.trust_submissions else probe.STRONG
    confinement = probe.choose(arguments.isolation, at_least=strong)
    submissions, refusals = submission.collect(places, assignment)
    for refusal in refusals:
        sentence = say("{student} not graded: {reason}").format(
            student=inert(refusal.name), reason=say.sentence(refusal.reason)
        )
        sys.stderr.write(f"grader: {sentence}\n")
    ended.refused += len(refusals)
    job = batch.Job(
        folder=assignment.folder,
        out=arguments.out.absolute(),
        secret=seed,
        confinement=confinement,
        device=device.choose(arguments.device, assignment, confinement.level),
    )
    ended.isolation = job.isolation
    return job, submissions


def _grade(
    classes: Sequence[tuple[Job, list[Submission]]], arguments: argparse.Namespace, ended: _Ended
) -> None:
    """Grade the submissions of all assignments; what came of it is added to `ended`."""
    from grader import batch
    from grader.cli import language
    from grader.cli.progress import with_progress
    from grader.exports.phrases import phrases
    from grader.inert import inert
    from grader.report import outline

    say = phrases(language(arguments))
    graded = batch.run_all(classes, jobs=arguments.jobs, again=arguments.again)
    total = sum(len(submissions) for _, submissions in classes)
    for one in with_progress(graded, total, say("grading")):
        if one.problem:
            problem = say.sentence(one.problem)
            sys.stderr.write(f"grader: {inert(one.report.student)}: {problem}\n")
        ended.reports.append(outline(one.report))
        ended.resumed += one.resumed
        ended.problems += one.problem is not None


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number
