"""The class's pages: one for each assignment, and one over all assignments.

For the people who teach: they name every student, so they lie beside the students' folders of a
site, never in them.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from grader import __version__, policy
from grader.classroom import Cell, Classroom, OpenItem, Row, Trouble
from grader.exports.pages import frame, numbers
from grader.exports.pages.distribution import distribution
from grader.exports.phrases import phrases
from grader.findings import Outcome
from grader.numeric.discrimination import Undefined
from grader.questions import FailureKind

OVERVIEW = "index.html"

_STYLES = ("page.css", "class.css")
_SCRIPT = "class.js"
_OUTCOMES = {
    Outcome.PASSED: "passed",
    Outcome.FAILED: "failed",
    Outcome.BLOCKED: "not asked",
    Outcome.UNGRADED: "not graded",
    Outcome.PENDING: "waits for a person",
}
_FAILURES = {
    FailureKind.MISSING: "function missing",
    FailureKind.RAISED: "exception",
    FailureKind.TIMED_OUT: "timed out",
    FailureKind.OUT_OF_MEMORY: "out of memory",
    FailureKind.CRASHED: "crashed",
    FailureKind.UNREADABLE: "unreadable answer",
    FailureKind.FLOODED: "too much output",
}
_UNDEFINED = {
    Undefined.FEW: "too few students",
    Undefined.ALIKE: "all alike",
    Undefined.REST_ALIKE: "all alike elsewhere",
    Undefined.ALONE: "no other item",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Believing:
    """A misconception in words, in the page's language."""

    diagnosis: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What a course says, in the page's language; what is missing is called by its id.

    Attributes:
        title: of the assignment.
        items: titles by item id.
        misconceptions: by name.
    """

    title: str
    items: Mapping[str, str] = field(default_factory=dict)
    misconceptions: Mapping[str, Believing] = field(default_factory=dict)


def class_file(assignment: str) -> str:
    """The file of an assignment's class page, beside the folder of its students' pages."""
    return frame.file_name(assignment)


def class_page(
    figures: Classroom, wording: Wording, lang: str, *, unread: Sequence[str] = ()
) -> str:
    """An assignment's class as a page: figures, what to look at, and a table of students.

    It needs no script; with one, the tables sort and can be searched.

    Args:
        unread: students whose report cannot be read; the figures are without them.
    """
    say = phrases(lang)
    return frame.page(
        "class.html",
        lang,
        script=frame.text_of(_SCRIPT),
        styles=_STYLES,
        version=__version__,
        figures=figures,
        unread=unread,
        wording=wording,
        titles={item.id: wording.items.get(item.id, item.title) for item in figures.items},
        rows=sorted(figures.rows, key=lambda row: natural(row.student)),
        edges=_family_edges([item.id for item in figures.items]),
        picture=distribution(figures.spread, say) if figures.spread else None,
        full=sum(row.out_of > 0 and row.points >= row.out_of for row in figures.rows),
        troubles=[
            (say(_FAILURES[kind]), group, _distinct(group))
            for kind, found in itertools.groupby(figures.troubles, key=lambda one: one.kind)
            for group in [list(found)]
        ],
        open_rows=sum(not row.complete for row in figures.rows),
        flagged_students=len({flag.student for flag in figures.flags}),
        legend={str(outcome): say(word) for outcome, word in _OUTCOMES.items()}
        | {"carried": say("passed, an error carried forward")},
        overview=OVERVIEW,
        link=lambda student: student_link(figures.assignment, student),
        kind_of=kind_of,
        cell_words=lambda cell: cell_words(cell, say),
        flag_words=lambda flag: (
            policy.sentence(flag.evidence, say) if flag.evidence else say.sentence(flag.text)
        ),
        remarks=lambda row: remarks(row, say),
        why_not=lambda value: say(_UNDEFINED[value.undefined]),
        lost=lambda item: (
            item.outcomes.get(Outcome.FAILED, 0) + item.outcomes.get(Outcome.BLOCKED, 0)
        ),
        signed=lambda value: f"{value:.2f}".replace("-", "\N{MINUS SIGN}"),
        rounded=_rounded,
    )


def overview_page(classes: Sequence[tuple[Classroom, Wording]], lang: str) -> str:
    """All assignments of a course on a page: their figures, and each student's points in each."""
    points: dict[str, dict[str, Row]] = {}
    for figures, _ in classes:
        for row in figures.rows:
            points.setdefault(row.student, {})[figures.assignment] = row
    return frame.page(
        "overview.html",
        lang,
        script=frame.text_of(_SCRIPT),
        styles=_STYLES,
        version=__version__,
        classes=classes,
        students=[(student, points[student]) for student in sorted(points, key=natural)],
        ungraded={figures.assignment: _distinct(figures.ungraded) for figures, _ in classes},
        pending={figures.assignment: _distinct(figures.pending) for figures, _ in classes},
        class_link=lambda slug: quote(class_file(slug)),
        link=student_link,
        rounded=_rounded,
    )


def student_link(assignment: str, student: str) -> str:
    """Where a student's page lies, seen from a class page."""
    return f"{quote(assignment, safe='')}/{quote(frame.file_name(student), safe='')}"


def natural(text: str) -> tuple[list[tuple[int, int, str]], str]:
    """A key that puts `s2` before `s10`, and small letters beside large ones."""
    parts = re.findall(r"[0-9]+|[^0-9]+", text.casefold())
    # Beyond some digits a number is a text: nobody counts that far.
    return [
        (0, int(part), "") if part[0] in "0123456789" and len(part) < 20 else (1, 0, part)
        for part in parts
    ], text


def kind_of(cell: Cell) -> str:
    """The class of a cell: its outcome, or `carried` where an error was carried forward."""
    return "carried" if cell.carried is not None else str(cell.outcome)


def cell_words(cell: Cell, say: Callable[[str], str]) -> str:
    """What a cell's sign means, in words."""
    word = say(_OUTCOMES[cell.outcome])
    if cell.carried is not None:
        return say("{outcome}, the error of {item} is carried forward").format(
            outcome=word, item=cell.carried
        )
    return f"{word}: {say(_FAILURES[cell.failure])}" if cell.failure else word


def remarks(row: Row, say: Callable[[str], str]) -> list[str]:
    """What the last column says of a student, in words that can be searched for."""
    words = [say("flagged")] if row.flagged else []
    if Outcome.UNGRADED in row.outcomes:
        words.append(say("not graded"))
    if Outcome.PENDING in row.outcomes:
        words.append(say("waits for a person"))
    if row.contradicted:
        words.append(say("mark to look at again"))
    if row.edited:
        words.append(say("marked by a person"))
    return words + [say(_FAILURES[kind]) for kind in FailureKind if kind in row.failures]


def _rounded(value: float) -> str:
    return numbers.points(round(value, 1))


def _distinct(groups: Iterable[OpenItem | Trouble]) -> int:
    return len({student for group in groups for student in group.students})


def _family_edges(items: Sequence[str]) -> list[str]:
    """` edge` where a new family begins: `scale.forward` and `scale.backward` are one."""
    families = [item.partition(".")[0] for item in items]
    return [
        "" if place and families[place - 1] == name else " edge"
        for place, name in enumerate(families)
    ]
