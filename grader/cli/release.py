"""`grader release`: what students get, or the stubs alone."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = (
    "Make the students' folder and its zip, from assignments/ alone: handouts, stubs, visible "
    "checks with the reference's recorded answers, a notebook edition. Nothing secret is in it."
)
EPILOG = """\
examples:
  grader release activations --stubs            write the stubs anew from the marked solutions
  grader release activations -o out             out/activations and out/activations.zip
  grader release activations -o out --edition ru       notebook and START.md in Russian
  grader release activations -o out --package dist/nabla_grader-0.1.0-py3-none-any.whl
                                                 the wheel in the zip, for a class without an index
A solution marks what students write with `# BEGIN SOLUTION` and `# END SOLUTION`.
exit code: 0 made; 2 a stub has drifted, something secret would be given away, or a bad course;
3 the reference could not be asked (our fault)
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    parser.add_argument("assignment", help="its name or folder")
    parser.add_argument("-o", "--output", type=Path, metavar="DIR", help="where to write")
    parser.add_argument("--stubs", action="store_true", help="write the stubs into assignments/")
    parser.add_argument(
        "--edition",
        default="en",
        choices=("en", "ru"),
        help="language of the notebook and of START.md; the handouts come in all they have",
    )
    parser.add_argument(
        "--package",
        metavar="SPEC",
        help="what students give to pip: a name, an address, or a wheel that goes into the zip",
    )
    parser.add_argument(
        "--seed-of-records",
        metavar="TEXT",
        help="a seed, known to all, of the draws in the records (default: the public one)",
    )
    parser.add_argument(
        "--isolation",
        default="auto",
        choices=("auto", "namespaces", "landlock", "seccomp", "process"),
        help="how the reference is held while it answers",
    )


def run(arguments: argparse.Namespace) -> int:
    """Write stubs, or a release, or both; the exit code."""
    from rich.console import Console

    from grader import rubric, secret
    from grader.checking import source
    from grader.errors import UsageError
    from grader.release import bundle, stubs
    from grader.sandbox import probe

    if not arguments.stubs and arguments.output is None:
        raise UsageError("say where to write the release with -o DIR, or --stubs for stubs alone.")
    course = source.read(rubric.find(arguments.assignment, Path.cwd()))
    console = Console()

    def say(line: str) -> None:
        console.print(line, markup=False, highlight=False, soft_wrap=not console.is_terminal)

    if arguments.stubs:
        changed = stubs.write(course)
        for path in changed:
            say(f"wrote {path.parent.parent.name}/{path.parent.name}/{path.name}")
        if not changed:
            say("all stubs are as the solutions make them")
    if arguments.output is None:
        return 0
    seed = arguments.seed_of_records or secret.PUBLIC
    answered = bundle.records(course, probe.choose(arguments.isolation), seed)
    made = bundle.assemble(
        course,
        answered,
        lang=arguments.edition,
        package=arguments.package or bundle.PACKAGE,
    )
    folder, packed = bundle.write(made, arguments.output, lang=arguments.edition)
    size = packed.stat().st_size
    say(f"{folder}: {len(made.members)} files, {len(answered)} recorded checks")
    say(f"{packed}: {size / 1024:.0f} KiB")
    for name in made.left_out:
        say(f"left out: {name} (not one of the files that an assignment is made of)")
    return 0
