"""`grader verify`: grade again and compare with a report, byte for byte."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HELP = "Grade a submission again and compare the result with its report, byte for byte."
EPILOG = """\
examples:
  grader verify results/activations/ann/report.yaml handed-in/ann
exit code: 0 the same bytes; 1 they differ; 2 they cannot be compared (another seed, course, engine
or machine); 3 could not be graded, and it was our side's fault
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    parser.add_argument("report", type=Path, help="the report, a report.yaml")
    parser.add_argument("submission", type=Path, help="the folder or file that it is about")
    parser.add_argument("--assignment", help="its folder, where the report's name is not enough")
    parser.add_argument("--seed", help="the course's secret; else GRADER_SEED, else reference/seed")


def run(arguments: argparse.Namespace) -> int:
    """Compare; the exit code."""
    from grader import rubric, secret, verify
    from grader.cli import POINTS_LOST, language
    from grader.exports.phrases import phrases

    say = phrases(language(arguments))
    written = verify.read(arguments.report)
    folder = rubric.find(arguments.assignment or written.report.assignment, Path.cwd())
    seed = secret.find(arguments.seed, rubric.read(folder).secret)
    difference = verify.difference(written, arguments.submission, folder, seed)
    if difference is None:
        sys.stdout.write(f"{arguments.report}: {say('the same bytes')}\n")
        return 0
    sys.stdout.write(f"{arguments.report}: {say.sentence(difference)}\n")
    return POINTS_LOST
