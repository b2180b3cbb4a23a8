"""A course's own files: its checks, reference, misconceptions and key, read and compared."""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import sys
import traceback
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from grader import answers, rubric
from grader.checking.check import Check
from grader.errors import CourseError, GraderError
from grader.rubric import Assignment, CheckPlace
from grader.sandbox.talk import Sources

CHECKS = "checks.py"
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
            name = f"{path.parent.name}/{path.name}"
            total.update(f"{len(name)}:{name}{len(data)}:".encode() + data)
        return f"sha256:{total.hexdigest()}"

    def sources_in(self, folder: Path) -> Sources:
        """The assignment's files as they stand in `folder`.

        Raises:
            CourseError: one of them is not there or is not UTF-8.
        """
        return Sources(
            files={name: _text(folder / name) for name in self.assignment.files},
            given=self.given,
            overlays={},
        )

    @cached_property
    def given(self) -> dict[str, str]:
        """The modules that every box gets."""
        folder = self.assignment.folder
        return {name: _text(folder / name) for name in self.assignment.given}

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
        names = [rubric.FILE, CHECKS, *assignment.given]
        files = [assignment.folder / name for name in names]
        if assignment.secret is not None:
            files += [assignment.secret / name for name in (CHECKS, rubric.ANSWERS)]
            files += [assignment.secret / name for name in assignment.files]
            files += sorted((assignment.secret / "misconceptions").glob("*.py"))
        return [path for path in files if path.is_file()]


def read(folder: Path) -> Course:
    """Read the assignment in `folder` and both halves of its checks.

    Raises:
        CourseError: naming file, line and key of what is wrong; with the secret half here, also a
            check of no item or an item without a check.
    """
    assignment = rubric.read(folder)
    visible = checks_in(assignment.folder / CHECKS)
    secret = assignment.secret
    hidden = checks_in(secret / CHECKS) if secret is not None else ()
    for check in hidden:
        if check.id in {other.id for other in visible}:
            file, line = check.origin
            raise CourseError(
                f"{_short(file)}:{line}: {check.id} is a visible check's name too; rename one."
            )
    ids = {item.id for item in assignment.items}
    for check in visible + hidden:
        if unknown := [id for id in check.carries if id not in ids]:
            file, line = check.origin
            raise CourseError(
                f"{_short(file)}:{line}: {check.id} carries {unknown[0]}, which is no item of "
                f"{rubric.FILE}."
            )
    if secret is not None:
        rubric.compare_with_checks(
            assignment,
            [
                CheckPlace(check=check.name, item=check.item, file=_short(file), line=line)
                for check in visible + hidden
                for file, line in [check.origin]
            ],
        )
    return Course(assignment=assignment, visible=visible, hidden=hidden)


def checks_in(path: Path) -> tuple[Check, ...]:
    """The checks that a file defines, in its order; none where there is no file.

    Raises:
        CourseError: the file does not load, or two checks of an item share a name.
    """
    if not path.is_file():
        return ()
    # Both halves have a folder of the same name.
    name = f"course_{path.parent.parent.name}_{path.parent.name}_checks"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # where a dataclass looks for the names of its fields' types
    try:
        spec.loader.exec_module(module)
    except GraderError:
        raise
    except Exception as error:
        raise CourseError(f"{_short(path)}{_line(error, path)}: {_said(error)}") from error
    _refuse_twins(path)
    checks = [value for value in vars(module).values() if isinstance(value, Check)]
    return tuple(check for check in dict.fromkeys(checks) if check.origin[0] == path)


def _refuse_twins(path: Path) -> None:
    """Of two functions of one name the first is lost, and nobody would notice."""
    lines: dict[str, int] = {}
    for node in ast.parse(_text(path)).body:
        if isinstance(node, ast.FunctionDef):
            if node.name in lines:
                raise CourseError(
                    f"{_short(path)}:{node.lineno}: {node.name} is defined on line "
                    f"{lines[node.name]} already; rename one."
                )
            lines[node.name] = node.lineno


def _misconception(path: Path, assignment: Assignment) -> Misconception:
    source = _text(path)
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
        raise CourseError(f"{_short(path)}: {_said(error)}") from error
    for name in ("LOSES", "DIAGNOSIS", "HINT"):
        if name not in constants:
            raise CourseError(f"{_short(path)}: {name} is missing; write it as a plain constant.")
    for name in ("DIAGNOSIS", "HINT"):
        texts = constants[name]
        if type(texts) is not dict or set(texts) != {"en", "ru"}:
            raise CourseError(f'{_short(path)}: {name} needs exactly the keys "en" and "ru".')
    if type(constants["LOSES"]) not in (list, tuple):
        raise CourseError(f"{_short(path)}: LOSES is no list of item ids; write one.")
    known = {item.id for item in assignment.items}
    for item in constants["LOSES"]:
        if item not in known:
            raise CourseError(f'{_short(path)}: LOSES names "{item}", which is no item.')
    return Misconception(
        name=path.stem,
        source=source,
        loses=frozenset(constants["LOSES"]),
        diagnosis=constants["DIAGNOSIS"],
        hint=constants["HINT"],
        named=constants.get("NAMED", True),
    )


def _alternative(path: Path) -> Alternative:
    source = _text(path)
    try:
        difference = ast.get_docstring(ast.parse(source, str(path)))
    except (SyntaxError, ValueError) as error:
        raise CourseError(f"{_short(path)}: {_said(error)}") from error
    if not difference:
        raise CourseError(f"{_short(path)}: say in a docstring what this solution does otherwise.")
    return Alternative(name=path.stem, source=source, difference=difference)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise CourseError(f"{_short(path)} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CourseError(f"{_short(path)} is not UTF-8; save it as UTF-8.") from error


def _short(path: Path) -> str:
    return "/".join(path.parts[-3:])


def _said(error: Exception) -> str:
    if isinstance(error, SyntaxError):
        return f"line {error.lineno}: {error.msg}"
    return f"{type(error).__name__}: {error}"


def _line(error: Exception, path: Path) -> str:
    lines = [
        frame.lineno
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename == str(path)
    ]
    return f":{lines[-1]}" if lines else ""
