"""Assignment, Item, Limits: what assignment.yaml says, checked before anything is graded."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal, NamedTuple

from grader.assignment_file import (
    DESCRIPTION,
    AssignmentFile,
    ItemEntry,
    LimitsEntry,
    PolicyEntry,
    TitleEntry,
)
from grader.assignment_file import schema as schema
from grader.course_file import short
from grader.errors import CourseError, UsageError
from grader.inert import inert
from grader.questions import Returns
from grader.schema import did_you_mean, fit
from grader.yamlfile import Document, Place, load

FILE = "assignment.yaml"
ANSWERS = "answers.yaml"

Kind = Literal["code", "answer", "manual"]
Device = Literal["cpu", "accelerator"]
Arrays = Literal["torch", "numpy"]
Feedback = Literal["full", "hints", "outcome"]
Notebooks = Literal["definitions", "execute"]
Action = Literal["flag", "fail"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A course text in the languages of the course; English stands in where one is missing."""

    en: str
    ru: str

    def text(self, lang: str) -> str:
        """The title in `lang`: "ru", or English for every other language."""
        return self.ru if lang == "ru" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a box allows: CPU seconds of one check and of loading, bytes of memory and output."""

    seconds: float = 2.0
    load: float = 5.0
    memory_bytes: int = 1 << 30
    output_bytes: int = 64 << 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What graded functions must not mention, and whether it is shown to a person or costs points.

    `forbid` holds dotted names (`torch.autograd`, with all under it) and attributes of anything
    (`.backward`).
    """

    forbid: tuple[str, ...] = ()
    action: Action = "flag"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of the rubric. `needs` names items above it; `line` is its line in the file."""

    id: str
    title: Title
    points: float
    needs: tuple[str, ...] = ()
    bonus: bool = False
    kind: Kind = "code"
    device: Device = "cpu"
    limits: Limits = Limits()
    policy: Policy = Policy()
    line: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """An assignment.yaml, with the folder it stands in and its secret half where there is one.

    `returns` holds (pattern, shape of the answer) pairs; the first pattern that fits counts.
    """

    slug: str
    schema: int
    title: Title
    arrays: Arrays
    files: tuple[str, ...]
    given: tuple[str, ...]
    returns: tuple[tuple[str, Returns], ...]
    limits: Limits
    feedback: Feedback
    notebook: Notebooks = "definitions"
    items: tuple[Item, ...]
    folder: Path
    secret: Path | None

    def item(self, id: str) -> Item:
        """The item of that id.

        Raises: UsageError if there is none, with the nearest id.
        """
        for item in self.items:
            if item.id == id:
                return item
        ids = [item.id for item in self.items]
        raise UsageError(f'{self.slug} has no item "{inert(id)}".{did_you_mean(id, ids)}')

    def returns_of(self, function_name: str) -> Returns:
        """What a call of that function is asked to return; "value" where no pattern fits."""
        for pattern, returns in self.returns:
            if fnmatchcase(function_name, pattern):
                return returns
        return "value"


class CheckPlace(NamedTuple):
    """Where a check stands: its name, the item that it names, and its place in the source."""

    check: str
    item: str
    file: str
    line: int


def find(argument: str, start: Path) -> Path:
    """The folder of an assignment, from a slug or a path.

    A slug is looked up in the nearest `assignments/` at or above `start`; anything else, or a slug
    that is not there, is a path from `start` to a folder that holds an assignment.yaml.

    Raises: UsageError with the assignments that are known.
    """
    known: list[str] = []
    for parent in (start, *start.absolute().parents):
        shelf = parent / "assignments"
        if shelf.is_dir():
            known = sorted(path.parent.name for path in shelf.glob(f"*/{FILE}"))
            if argument in known:
                return shelf / argument
            break
    path = start / argument
    folder = path.parent if path.name == FILE else path
    if (folder / FILE).is_file():
        return folder
    raise UsageError(
        f'no assignment "{inert(argument)}": neither a name under assignments/ nor a folder with '
        f"{FILE}.{did_you_mean(argument, known)}"
    )


def read(folder: Path) -> Assignment:
    """Read `folder`/assignment.yaml; its secret half is `../../reference/<slug>`, if it is there.

    Raises: CourseError naming file, line and key of the first thing that is wrong.
    """
    folder = Path(os.path.abspath(folder))
    document = load(folder / FILE, name=short(folder / FILE))
    written = fit(document, DESCRIPTION)
    secret = folder.parent.parent / "reference" / folder.name
    assignment = Assignment(
        slug=folder.name,
        schema=written.number,
        title=_title(written.title),
        arrays=written.arrays,
        files=written.files,
        given=written.given,
        returns=tuple(written.returns.items()),
        limits=(limits := _limits(Limits(), written.limits)),
        feedback=written.feedback,
        notebook=written.notebook,
        items=tuple(
            _item(entry, limits, _policy(written.policy), document.line_of(("items", index)))
            for index, entry in enumerate(written.items)
        ),
        folder=folder,
        secret=secret if secret.is_dir() else None,
    )
    _refuse_contradictions(assignment, document)
    _refuse_policies_without_code(written, document)
    _refuse_missing_files(assignment, written, document)
    return assignment


def compare_with_checks(assignment: Assignment, checks: Iterable[CheckPlace]) -> None:
    """Refuse checks without an item, and code items without a check.

    Args:
        checks: all of the assignment's, visible and hidden together.
    Raises: CourseError naming the file and line of the check, or of the item.
    """
    kinds = {item.id: item.kind for item in assignment.items}
    checked = set()
    for place in checks:
        start = f"{place.file}:{place.line}: {place.check} names "
        if place.item not in kinds:
            raise CourseError(
                f'{start}the item "{inert(place.item)}", which {FILE} does not have.'
                f"{did_you_mean(place.item, kinds)}"
            )
        if kinds[place.item] != "code":
            raise CourseError(
                f'{start}"{place.item}", an item of kind {kinds[place.item]}: only items of kind '
                "code have checks."
            )
        checked.add(place.item)
    for item in assignment.items:
        if item.kind == "code" and item.id not in checked:
            raise CourseError(
                f'{short(assignment.folder / FILE)}:{item.line}: no check names "{item.id}". '
                "Write one in a checks.py, or make the item an answer or manual one."
            )


def _title(entry: TitleEntry) -> Title:
    return Title(en=entry.en, ru=entry.ru or entry.en)


def _limits(outer: Limits, entry: LimitsEntry | None) -> Limits:
    if entry is None:
        return outer
    names = {"memory": "memory_bytes", "output": "output_bytes"}
    given = entry.model_dump(exclude_none=True)
    return replace(outer, **{names.get(name, name): value for name, value in given.items()})


def _policy(entry: PolicyEntry | None) -> Policy:
    return Policy() if entry is None else Policy(forbid=entry.forbid, action=entry.action)


def _item(entry: ItemEntry, outer: Limits, policy: Policy, line: int) -> Item:
    return Item(
        id=entry.id,
        title=_title(entry.title),
        points=entry.points,
        needs=entry.needs,
        bonus=entry.bonus,
        kind=entry.kind,
        device=entry.device,
        limits=_limits(outer, entry.limits),
        policy=policy if entry.policy is None else _policy(entry.policy),
        line=line,
    )


def _refuse_contradictions(assignment: Assignment, document: Document) -> None:
    needs = {item.id: item.needs for item in assignment.items}
    lines: dict[str, int] = {}
    for index, item in enumerate(assignment.items):
        place: Place = ("items", index, "needs")
        if item.id in lines:
            raise CourseError(
                f'{document.at(("items", index, "id"))} is "{item.id}", as on line '
                f"{lines[item.id]}. Ids are said once: rename one."
            )
        lines[item.id] = document.line_of(("items", index, "id"))
        for need in item.needs:
            if need not in needs:
                others = [id for id in needs if id != item.id]
                raise CourseError(
                    f'{document.at(place)} names "{inert(need)}"; no such item.'
                    f"{did_you_mean(need, others)}"
                )
        circle = _circle(item.id, needs)
        if circle:
            raise CourseError(
                f"{document.at(place)} runs in a circle: {' -> '.join(circle)}. Drop one of them."
            )
        for need in item.needs:
            if need not in lines:
                raise CourseError(
                    f'{document.at(place)} names "{need}", which stands below. Items are graded '
                    "in order: move it above."
                )


def _refuse_policies_without_code(written: AssignmentFile, document: Document) -> None:
    for index, entry in enumerate(written.items):
        if entry.policy is not None and entry.kind != "code":
            raise CourseError(
                f"{document.at(('items', index, 'policy'))} is for code, and this item is of kind "
                f"{entry.kind}. Take it out."
            )


def _circle(start: str, needs: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The way from `start` back to itself, or nothing."""
    seen: set[str] = set()
    ways = [[start]]
    while ways:
        way = ways.pop()
        for need in needs.get(way[-1], ()):
            if need == start:
                return [*way, need]
            if need not in seen:
                seen.add(need)
                ways.append([*way, need])
    return []


def _refuse_missing_files(
    assignment: Assignment, written: AssignmentFile, document: Document
) -> None:
    if len(set(written.files + written.given)) < len(written.files + written.given):
        raise CourseError(f"{document.at(('files',))} or given names a file twice. Name it once.")
    # A student's own folder may lack the work; that is for the submission to say.
    wanted = [("given", name) for name in written.given]
    if assignment.secret is not None:
        wanted += [("files", name) for name in written.files]
    for key, name in wanted:
        if not (assignment.folder / name).is_file():
            raise CourseError(
                f"{document.at((key,))} names {name}, which is not in {assignment.folder.name}/. "
                "Add the file, or take its name out."
            )
