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

    from grader.cli import language
    from grader.exports.phrases import phrases
    from grader.new import SEED, course_above, new

    say = phrases(language(arguments))
    made = new(arguments.name, Path.cwd())
    root = course_above(Path.cwd())
    console = Console()

    def put(line: str = "", style: str = "") -> None:
        console.print(
            line, style=style, markup=False, highlight=False, soft_wrap=not console.is_terminal
        )

    put(say("made in {folder}:").format(folder=root))
    for path in made:
        put(f"  {path.relative_to(root).as_posix()}")
    if root / SEED in made:
        put("")
        put(
            say(
                "{file} is the new secret seed of this course, for `grader grade`: keep it\n"
                "out of git and out of students' hands. `new` and `validate` use a fixed public "
                "seed."
            ).format(file=SEED.as_posix())
        )
    put("")
    put(say("next:"), "bold")
    name = arguments.name
    for command, purpose in (
        (f"grader validate {name}", say("is it sound? again after every change")),
        (f"grader check assignments/{name}", say("what a student sees of the untouched stub")),
        (f"grader release {name} -o out", say("the students' folder and its zip")),
        (f"grader grade {name} SUBMISSIONS -o results", say("a class")),
    ):
        put(f"  {command:<{len(name) + 38}}  {purpose}")
    return 0
