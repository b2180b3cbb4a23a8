"""`grader new`: both folders of a new assignment."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "Make both folders of a new assignment, from a template that validates as it stands."
EPILOG = """\
examples:
  grader new my_assignment          assignments/my_assignment and reference/my_assignment
exit code: 0 made; 2 a bad name, a folder that exists, or a place that cannot be written to
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    parser.add_argument("name", help="lower-case letters, digits and _, such as my_assignment")


def run(arguments: argparse.Namespace) -> int:
    """Make it, list the files and the next commands; the exit code."""
    from rich.console import Console

    from grader.new import SEED, course_above, new

    made = new(arguments.name, Path.cwd())
    root = course_above(Path.cwd())
    console = Console()

    def say(line: str = "", style: str = "") -> None:
        console.print(
            line, style=style, markup=False, highlight=False, soft_wrap=not console.is_terminal
        )

    say(f"made in {root}:")
    for path in made:
        say(f"  {path.relative_to(root).as_posix()}")
    if root / SEED in made:
        say("")
        say(f"{SEED.as_posix()} is the new secret seed of this course, for `grader grade`: keep it")
        say("out of git and out of students' hands. `new` and `validate` use a fixed public seed.")
    say("")
    say("next:", "bold")
    name = arguments.name
    for command, purpose in (
        (f"grader validate {name}", "is it sound? again after every change"),
        (f"grader check assignments/{name}", "what a student sees of the untouched stub"),
        (f"grader release {name} -o out", "the students' folder and its zip"),
        (f"grader grade {name} SUBMISSIONS -o results", "a class"),
    ):
        say(f"  {command:<{len(name) + 38}}  {purpose}")
    return 0
