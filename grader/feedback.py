"""A site out of a folder of results: a page for each student, each file whole or not at all.

SITE/<assignment>/<student>.html. Links are relative, so that a site may lie anywhere.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from grader import handed_in, store
from grader.checking.source import Course
from grader.errors import UsageError
from grader.exports.pages import frame, student
from grader.report import FILE, Report

BEGINS = b"<!doctype html>"


@dataclass(slots=True, kw_only=True)
class Class:
    """One assignment of a site.

    Attributes:
        course: with titles, hints, checks and misconceptions.
        reports: whole, by student.
        pages: file names beside the class's own page, by student.
        unread: names of students whose report cannot be read; they have no page.
    """

    course: Course
    reports: list[Report] = field(default_factory=list)
    pages: dict[str, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)


def assignments_in(results: Path) -> list[str]:
    """The slugs under a folder of results.

    Raises: UsageError when there is no report in it.
    """
    try:
        folders = sorted(entry.name for entry in os.scandir(results) if entry.is_dir())
    except OSError as broken:
        reason = (broken.strerror or "unknown reason").lower()
        raise UsageError(f"{results} cannot be read ({reason}).") from None
    found = [name for name in folders if any((results / name).glob(f"*/{FILE}"))]
    if not found:
        raise UsageError(
            f"{results} holds no reports, which lie at <assignment>/<student>/{FILE}. "
            "Name the folder that `grader grade` wrote to with -o."
        )
    return found


def write_students(
    results: Path,
    site: Path,
    course: Course,
    lang: str,
    wrote: Callable[[], None] = lambda: None,
) -> Class:
    """Write the page of every student with a readable report.

    Args:
        results, site: what `grade` wrote; where pages go, under the assignment's slug.
        wrote: is told of each page.
    Returns: what the pages were made of.
    Raises: UsageError when the site cannot be written, or something of another kind lies there.
    """
    slug = course.assignment.slug
    written = Class(course=course)
    texts = texts_of(course, lang)
    for name in students_in(results, slug):
        report = store.read_report(results, slug, name)
        if report is None:
            written.unread.append(name)
            continue
        page = student.page(
            report,
            texts,
            lang,
            work=store.read_work(results, slug, name, handed_in.names(course.assignment.files)),
            pictures=store.read_pictures(results, slug, name),
        )
        file = frame.file_name(name)
        store.write_whole(site / slug / file, page.encode(), begins=BEGINS)
        written.reports.append(report)
        written.pages[name] = file
        wrote()
    return written


def students_in(results: Path, slug: str) -> list[str]:
    """Who has a report, readable or not."""
    return sorted(path.parent.name for path in (results / slug).glob(f"*/{FILE}"))


def texts_of(course: Course, lang: str) -> student.CourseTexts:
    """What the pages take from a course."""
    return student.CourseTexts(
        assignment=course.assignment,
        visible=frozenset(check.id for check in course.visible),
        hidden=frozenset(check.id for check in course.hidden),
        titles={
            check.id: (check.title_ru if lang == "ru" else None) or check.title
            for check in course.checks
        },
        hints={one.name: one.hint[lang] for one in course.misconceptions},
        carrying=frozenset(check.id for check in course.checks if check.carries),
    )
