"""`grader schema`: the JSON Schema of a file, for editors."""

from __future__ import annotations

import argparse
import json
import sys

HELP = "Print the JSON Schema of assignment.yaml or report.yaml, for editors and other programs."
EPILOG = """\
examples:
  grader schema > assignment.schema.json        completion and checks while you write the rubric
  grader schema report > report.schema.json
exit code: 0
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    parser.add_argument(
        "file",
        nargs="?",
        choices=("assignment", "report"),
        default="assignment",
        help="which file is described (assignment)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print it; the exit code."""
    from grader import report, rubric

    schema = report.schema() if arguments.file == "report" else rubric.schema()
    sys.stdout.write(json.dumps(schema, indent=2, ensure_ascii=False) + "\n")
    return 0
