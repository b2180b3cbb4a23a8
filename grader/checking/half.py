"""One half of a course's checks: checks.py, and beside it checks_*.py where one file is not enough.

The files are read in the order of their names, `checks.py` first. Each may import from the others,
as `from .checks_inputs import columns`; hidden ones from the visible ones too, where no file of
their own has that name. They import nothing else that lies beside them: the judge runs these files,
and must never run a solution.
"""

from __future__ import annotations

import ast
import importlib
import re
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from grader.checking.check import Check
from grader.course_file import CHECKS, said, short, text
from grader.errors import CourseError, GraderError


def files(folder: Path) -> tuple[Path, ...]:
    """The files in `folder` that hold checks, in the order in which they are read."""
    found = folder.glob("checks*.py")
    ours = (path for path in found if CHECKS.fullmatch(path.name) and path.is_file())
    return tuple(sorted(ours, key=lambda path: path.name))


def checks(folder: Path, visible: Path | None = None) -> tuple[Check, ...]:
    """The checks that the files in `folder` define, in their order; none where there is no file.

    Args:
        folder: of one half.
        visible: for the hidden half the folder of the visible one, to import from.

    Raises:
        CourseError: a file does not load, two functions share a name, two checks of an item share
            one, or a file imports what is no file of checks.
    """
    paths = files(folder)
    for path in paths:
        _refuse_twins_and_strangers(path)
    modules = _imported(folder, paths, visible)
    found = dict.fromkeys(
        value for module in modules for value in vars(module).values() if isinstance(value, Check)
    )
    ours = [check for check in found if check.origin[0] in paths]
    _refuse_one_id_twice(ours)
    return tuple(ours)


def _imported(folder: Path, paths: Sequence[Path], visible: Path | None) -> list[ModuleType]:
    """The files as modules of a package of their own, none of them kept from an earlier course."""
    # Both halves have a folder of the same name.
    package = re.sub(r"\W", "_", f"course_{folder.parent.name}_{folder.name}")
    for name in [name for name in sys.modules if name.partition(".")[0] == package]:
        del sys.modules[name]
    importlib.invalidate_caches()
    room = ModuleType(package)
    room.__path__ = [str(folder), *([str(visible)] if visible else [])]
    sys.modules[package] = room
    modules = []
    for path in paths:
        try:
            modules.append(importlib.import_module(f"{package}.{path.stem}"))
        except GraderError:
            raise
        except Exception as error:
            ours = (*paths, *(files(visible) if visible else ()))
            raise CourseError(f"{_place(error, path, ours)}: {said(error)}") from error
    return modules


def _refuse_twins_and_strangers(path: Path) -> None:
    """Of two functions of one name the first is lost, and nobody would notice."""
    try:
        tree = ast.parse(text(path), str(path))
    except SyntaxError as error:
        raise CourseError(f"{short(path)}: {said(error)}") from error
    lines: dict[str, int] = {}
    for function in tree.body:
        if isinstance(function, ast.FunctionDef):
            if function.name in lines:
                raise CourseError(
                    f"{short(path)}:{function.lineno}: {function.name} is defined on line "
                    f"{lines[function.name]} already; rename one."
                )
            lines[function.name] = function.lineno
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level and not _names_checks(node):
            raise CourseError(
                f"{short(path)}:{node.lineno}: of what lies beside them, checks import nothing but "
                "other checks_*.py, as `from .checks_inputs import columns`."
            )


def _names_checks(node: ast.ImportFrom) -> bool:
    return node.level == 1 and CHECKS.fullmatch(f"{node.module}.py") is not None


def _refuse_one_id_twice(found: Sequence[Check]) -> None:
    first: dict[str, Check] = {}
    for check in found:
        other = first.setdefault(check.id, check)
        if other is not check:
            (file, line), (earlier, earlier_line) = check.origin, other.origin
            raise CourseError(
                f"{short(file)}:{line}: {check.id} is defined in {earlier.name}, line "
                f"{earlier_line}, already; rename one."
            )


def _place(error: Exception, path: Path, paths: Sequence[Path]) -> str:
    """The last line of the course's own files that the error came through."""
    ours = {str(one): one for one in paths}
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename in ours:
            return f"{short(ours[frame.filename])}:{frame.lineno}"
    return short(path)
