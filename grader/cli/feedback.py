"""`grader feedback`: pages for a browser out of the reports of a class."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HELP = "Make a page for each student and pages of the class, out of what `grader grade` wrote."
EPILOG = """\
examples:
  grader feedback results -o site                 open site/index.html
  grader feedback results -o site --lang ru       the same in Russian
  grader feedback results -o site --assignments course/assignments
site/<assignment>/ holds a page for each student and can be given out. site/index.html and
site/<assignment>.html are for those who teach: the class's points, items, misconceptions, failures.
A page is one file that needs nothing else: send it, or put the folder on a server. What it shows of
hidden checks is what `feedback:` in assignment.yaml says.
exit code: 0 every report has its page; 2 wrong use; 3 a report could not be read (the others have
their pages)
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    parser.add_argument("results", type=Path, metavar="DIR", help="the folder of results")
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="SITE", help="for pages")
    parser.add_argument(
        "--assignments",
        type=Path,
        metavar="FOLDER",
        help="where the assignments are (default: assignments/ here or above)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the pages and say where they are; the exit code."""
    from rich.console import Console

    from grader import feedback
    from grader.checking import source
    from grader.cli import OUR_FAULT, language
    from grader.inert import inert

    lang = language(arguments)
    # All courses are read before a page is written: a mistake in one of them shows at once.
    courses = [
        source.read(_folder(slug, arguments.assignments))
        for slug in feedback.assignments_in(arguments.results)
    ]
    classes = [
        feedback.write_students(arguments.results, arguments.out, course, lang)
        for course in courses
    ]
    unread = [
        f"{one.course.assignment.slug}/{name}/report.yaml" for one in classes for name in one.unread
    ]
    for name in unread:
        sys.stderr.write(f"grader: {inert(name)} cannot be read; no page for it. Grade it again.\n")
    overview = feedback.write_classes(arguments.out, classes, lang)
    Console().print(
        f"{sum(len(one.pages) for one in classes)} pages: {arguments.out}/<assignment>/"
        f"<student>.html; the class: {overview}",
        soft_wrap=True,
        highlight=False,
        markup=False,
    )
    return OUR_FAULT if unread else 0


def _folder(slug: str, assignments: Path | None) -> Path:
    """The folder of an assignment whose reports are there."""
    from grader import rubric
    from grader.errors import UsageError

    try:
        return rubric.find(str(assignments / slug) if assignments else slug, Path.cwd())
    except UsageError as error:
        raise UsageError(
            f"{error} The pages need the titles and hints of the assignment: start where "
            "assignments/ is, or name it with --assignments."
        ) from None
