"""`grader schema`: the JSON Schema of a file, for editors."""

from __future__ import annotations

import argparse
import json
import sys

HELP = "Print the JSON Schema of a file that people or programs write: for editors, and for both."
EPILOG = """\
examples:
  grader schema > assignment.schema.json        completion and checks while you write the rubric
  grader schema report > report.schema.json
  grader schema marks > marks.schema.json
exit code: 0
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    parser.add_argument(
        "file",
        nargs="?",
        choices=("assignment", "report", "marks"),
        default="assignment",
        help="which file is described (assignment)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print it; the exit code."""
    from grader import marks, report, rubric

    schemas = {"assignment": rubric.schema, "report": report.schema, "marks": marks.schema}
    schema = schemas[arguments.file]()
    sys.stdout.write(json.dumps(schema, indent=2, ensure_ascii=False) + "\n")
    return 0
