"""A course's own files: its checks, reference, misconceptions and key, read and compared."""

from __future__ import annotations

import ast
import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from grader import answers, rubric
from grader.checking import half
from grader.checking.check import Check
from grader.course_file import said, short, text
from grader.errors import CourseError
from grader.rubric import Assignment, CheckPlace
from grader.sandbox.talk import Sources

RECORDED = "recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Misconception:
    """A small wrong solution: what runs after the reference, what it loses, what it says.

    `diagnosis` and `hint` are by language, "en" and "ru"; `named` is False where no output can
    tell it from others.
    """

    name: str
    source: str
    loses: frozenset[str]
    diagnosis: dict[str, str]
    hint: dict[str, str]
    named: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """A right solution in other words: what runs after the reference, and what is different."""

    name: str
    source: str
    difference: str


@dataclass(frozen=True)
class Course:
    """An assignment with its checks and, where its secret half is here, all that is in that."""

    assignment: Assignment
    visible: tuple[Check, ...]
    hidden: tuple[Check, ...]

    @property
    def checks(self) -> tuple[Check, ...]:
        """All checks, visible ones first, each half in its file's order."""
        return self.visible + self.hidden

    def of(self, item: str) -> tuple[Check, ...]:
        """The checks of one item."""
        return tuple(check for check in self.checks if check.item == item)

    @cached_property
    def reference(self) -> Sources | None:
        """The reference's own files, or None where there is no secret half."""
        secret = self.assignment.secret
        return None if secret is None else self.sources_in(secret)

    @cached_property
    def misconceptions(self) -> tuple[Misconception, ...]:
        """All misconceptions, by file name.

        Raises:
            CourseError: a file lacks LOSES, DIAGNOSIS or HINT, or one names an unknown item.
        """
        secret = self.assignment.secret
        files = sorted((secret / "misconceptions").glob("*.py")) if secret else []
        return tuple(_misconception(path, self.assignment) for path in files)

    @cached_property
    def alternatives(self) -> tuple[Alternative, ...]:
        """All right solutions in other words, by file name.

        Raises:
            CourseError: a file is no Python, or its docstring does not say what is different.
        """
        secret = self.assignment.secret
        files = sorted((secret / "alternatives").glob("*.py")) if secret else []
        return tuple(map(_alternative, files))

    @cached_property
    def key(self) -> dict[str, Any]:
        """The answers to auto-graded questions; empty without the secret half."""
        return dict(answers.read_keys(self.assignment)) if self.assignment.secret else {}

    @cached_property
    def digest(self) -> str:
        """`sha256:…` of everything that can change a point: rubric, checks, reference, key."""
        total = hashlib.sha256()
        for path in self._graded_files():
            data = path.read_bytes()
            name = short(path)  # of which half it is, too
            total.update(f"{len(name)}:{name}{len(data)}:".encode() + data)
        return f"sha256:{total.hexdigest()}"

    def sources_in(self, folder: Path) -> Sources:
        """The assignment's files as they stand in `folder`.

        Raises:
            CourseError: one of them is not there or is not UTF-8.
        """
        return Sources(
            files={name: text(folder / name) for name in self.assignment.files},
            given=self.given,
            overlays={},
        )

    @cached_property
    def given(self) -> dict[str, str]:
        """The modules that every box gets."""
        folder = self.assignment.folder
        return {name: text(folder / name) for name in self.assignment.given}

    def seat(self, other: Misconception | Alternative) -> Sources:
        """The reference with a misconception, or an alternative, run after it."""
        reference = self.reference
        assert reference is not None
        return Sources(
            files=reference.files,
            given=reference.given,
            overlays={f"{other.name}.py": other.source},
        )

    def _graded_files(self) -> list[Path]:
        assignment = self.assignment
        files = [assignment.folder / name for name in (rubric.FILE, *assignment.given)]
        files += half.files(assignment.folder)
        if assignment.secret is not None:
            files += half.files(assignment.secret)
            files += [assignment.secret / name for name in (rubric.ANSWERS, *assignment.files)]
            files += sorted((assignment.secret / "misconceptions").glob("*.py"))
        return [path for path in files if path.is_file()]


def read(folder: Path) -> Course:
    """Read the assignment in `folder` and both halves of its checks.

    Raises:
        CourseError: naming file, line and key of what is wrong; with the secret half here, also a
            check of no item or an item without a check.
    """
    assignment = rubric.read(folder)
    seen = half.read(assignment.folder)
    secret = assignment.secret
    visible = seen.checks
    hidden = half.read(secret, seen).checks if secret is not None else ()
    for check in hidden:
        if check.id in {other.id for other in visible}:
            file, line = check.origin
            raise CourseError(
                f"{short(file)}:{line}: {check.id} is a visible check's name too; rename one."
            )
    ids = {item.id for item in assignment.items}
    for check in visible + hidden:
        if unknown := [id for id in check.carries if id not in ids]:
            file, line = check.origin
            raise CourseError(
                f"{short(file)}:{line}: {check.id} carries {unknown[0]}, which is no item of "
                f"{rubric.FILE}."
            )
    if secret is not None:
        rubric.compare_with_checks(
            assignment,
            [
                CheckPlace(check=check.name, item=check.item, file=short(file), line=line)
                for check in visible + hidden
                for file, line in [check.origin]
            ],
        )
    return Course(assignment=assignment, visible=visible, hidden=hidden)


def _misconception(path: Path, assignment: Assignment) -> Misconception:
    source = text(path)
    try:
        tree = ast.parse(source, str(path))
        constants = {
            target.id: ast.literal_eval(statement.value)
            for statement in tree.body
            if isinstance(statement, ast.Assign)
            for target in statement.targets
            if isinstance(target, ast.Name) and target.id in ("LOSES", "DIAGNOSIS", "HINT", "NAMED")
        }
    except (SyntaxError, ValueError, TypeError) as error:
        raise CourseError(f"{short(path)}: {said(error)}") from error
    for name in ("LOSES", "DIAGNOSIS", "HINT"):
        if name not in constants:
            raise CourseError(f"{short(path)}: {name} is missing; write it as a plain constant.")
    for name in ("DIAGNOSIS", "HINT"):
        texts = constants[name]
        if type(texts) is not dict or set(texts) != {"en", "ru"}:
            raise CourseError(f'{short(path)}: {name} needs exactly the keys "en" and "ru".')
    if type(constants["LOSES"]) not in (list, tuple):
        raise CourseError(f"{short(path)}: LOSES is no list of item ids; write one.")
    known = {item.id for item in assignment.items}
    for item in constants["LOSES"]:
        if item not in known:
            raise CourseError(f'{short(path)}: LOSES names "{item}", which is no item.')
    return Misconception(
        name=path.stem,
        source=source,
        loses=frozenset(constants["LOSES"]),
        diagnosis=constants["DIAGNOSIS"],
        hint=constants["HINT"],
        named=constants.get("NAMED", True),
    )


def _alternative(path: Path) -> Alternative:
    source = text(path)
    try:
        difference = ast.get_docstring(ast.parse(source, str(path)))
    except (SyntaxError, ValueError) as error:
        raise CourseError(f"{short(path)}: {said(error)}") from error
    if not difference:
        raise CourseError(f"{short(path)}: say in a docstring what this solution does otherwise.")
    return Alternative(name=path.stem, source=source, difference=difference)
