"""A site of a folder of results: pages for students and the class, each whole or not at all.

SITE/<assignment>/<student>.html; for those who teach, SITE/<assignment>.html about the class and
SITE/index.html over all assignments: beside the students' folders, so that a folder can be given
out as it is. Links are relative, so that a site may lie anywhere.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grader import handed_in, store
from grader.checking.source import Course
from grader.classroom import Classroom, classroom
from grader.errors import UsageError
from grader.exports.pages import dashboard, frame, student
from grader.report import FILE, Report

BEGINS = b"<!doctype html>"


@dataclass(slots=True, kw_only=True)
class Class:
    """One assignment of a site.

    Attributes:
        course: with titles, hints, checks and misconceptions.
        figures: of all readable reports.
        pages: file names in the assignment's folder, by student.
        unread: names of students whose report cannot be read; they have no page.
    """

    course: Course
    figures: Classroom
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
    written = Class(course=course, figures=classroom(slug, ()))
    written.figures = classroom(slug, _written(results, site, written, lang, wrote))
    return written


def _written(
    results: Path, site: Path, written: Class, lang: str, wrote: Callable[[], None]
) -> Iterator[Report]:
    """The reports of which pages are written, one at a time: a class of them fills the memory."""
    course = written.course
    slug = course.assignment.slug
    texts = texts_of(course, lang)
    for name in store.students(results, slug):
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
        written.pages[name] = file
        wrote()
        yield report


def write_classes(site: Path, classes: Sequence[Class], lang: str) -> Path:
    """Write the class's page of each assignment and the overview; the first page to open.

    Raises: UsageError when the site cannot be written, or something of another kind lies there.
    """
    told = [(one.figures, wording_of(one.course, lang)) for one in classes]
    for one, (figures, wording) in zip(classes, told, strict=True):
        page = dashboard.class_page(figures, wording, lang, unread=one.unread)
        path = site / dashboard.class_file(figures.assignment)
        store.write_whole(path, page.encode(), begins=BEGINS)
    overview = site / dashboard.OVERVIEW
    store.write_whole(overview, dashboard.overview_page(told, lang).encode(), begins=BEGINS)
    return overview


def wording_of(course: Course, lang: str) -> dashboard.Wording:
    """What the class's page takes from a course."""
    return dashboard.Wording(
        title=course.assignment.title.text(lang),
        items={item.id: item.title.text(lang) for item in course.assignment.items},
        misconceptions={
            one.name: dashboard.Believing(diagnosis=one.diagnosis[lang], hint=one.hint[lang])
            for one in course.misconceptions
        },
    )


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
