"""The course for tests: its folders, copies of it to break, and a desk that grades it."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

from grader import grade, submission
from grader.checking import source
from grader.grade import Desk
from grader.submission import Submission
from tests.boxes import warm

COURSES = Path(__file__).parent / "courses"
FOLDER = COURSES / "assignments" / "vectors"
SUBMISSIONS = COURSES / "submissions"
SECRET = "a secret that only tests know"


def copied(to: Path) -> Path:
    """A copy of both halves under `to`; the assignment's folder in it."""
    for half in ("assignments", "reference"):
        shutil.copytree(COURSES / half, to / half, ignore=shutil.ignore_patterns("__pycache__"))
    return to / "assignments" / "vectors"


def desk(folder: Path = FOLDER) -> Desk:
    """A desk for the course in `folder`, its reference asked."""
    made = Desk(course=source.read(folder), opener=warm(), secret=SECRET, isolation="landlock")
    made.records = grade.prepare(made, made.course.checks)
    return made


@cache
def own_desk() -> Desk:
    """The desk for the course as it is, made once."""
    return desk()


def handed_in(name: str) -> Submission:
    """One of the course's submissions."""
    return submission.read(SUBMISSIONS / name, own_desk().course.assignment)


def written(text: str, to: Path) -> Submission:
    """A submission of `text`, without answers."""
    to.mkdir()
    (to / "vectors.py").write_text(text, encoding="utf-8")
    return submission.read(to, own_desk().course.assignment)
