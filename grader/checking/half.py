"""One half of a course's checks: checks.py, and beside it checks_*.py where one file is not enough.

The files are read in the order of their names, `checks.py` first. Each may import from the others,
as `from .checks_inputs import columns`; hidden ones from the visible ones too, where no file of
their own has that name. Nothing else that lies beside them can be imported: the judge runs these
files, and must never run a solution.
"""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from types import ModuleType

from grader.checking.check import Check
from grader.course_file import CHECKS, said, short, text
from grader.errors import CourseError, GraderError

_UNREADABLE = (SyntaxError, ValueError, MemoryError, RecursionError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Half:
    """The checks of one half, in order, and the modules that hold them, by their files' stems."""

    checks: tuple[Check, ...] = ()
    modules: Mapping[str, ModuleType] = field(default_factory=dict)


def files(folder: Path) -> tuple[Path, ...]:
    """The files in `folder` that hold checks, in the order in which they are read."""
    found = folder.glob("checks*.py")
    ours = (path for path in found if CHECKS.fullmatch(path.name) and path.is_file())
    return tuple(sorted(ours, key=lambda path: path.name))


def read(folder: Path, visible: Half | None = None) -> Half:
    """The checks that the files in `folder` define; none where there is no file.

    Args:
        folder: of one half.
        visible: for the hidden half the visible one, to import from.

    Raises:
        CourseError: a file does not load, two functions share a name, two checks of an item share
            one, or a file imports what is no file of checks, or two import each other.
    """
    visible = visible or Half()
    paths = {path.stem: path for path in files(folder)}
    imported = {}
    for stem, path in paths.items():
        tree = _parsed(path)
        _refuse_twins(path, tree)
        imported[stem] = _imports_of(path, tree)
    # Both halves have a folder of the same name.
    package = re.sub(r"\W", "_", f"course_{folder.parent.name}_{folder.name}")
    for name in [name for name in sys.modules if name.partition(".")[0] == package]:
        del sys.modules[name]
    room = ModuleType(package)
    room.__path__ = []  # so that only what is put into sys.modules here can be imported
    sys.modules[package] = room
    for stem, module in visible.modules.items():
        sys.modules[f"{package}.{stem}"] = module
    modules = {
        stem: _loaded(f"{package}.{stem}", paths[stem], tuple(paths.values()))
        for stem in _in_order(imported, paths)
    }
    return Half(checks=_checks_of([modules[stem] for stem in paths], visible), modules=modules)


def _checks_of(modules: Sequence[ModuleType], visible: Half) -> tuple[Check, ...]:
    """The checks in `modules` that are not the visible half's, each once."""
    first: dict[str, Check] = {}
    for module in modules:
        for value in vars(module).values():
            if not isinstance(value, Check) or value in visible.checks:
                continue
            other = first.setdefault(value.id, value)
            if other is not value:
                (file, line), (earlier, earlier_line) = value.origin, other.origin
                raise CourseError(
                    f"{short(file)}:{line}: {value.id} is defined in {earlier.name}, line "
                    f"{earlier_line}, already; rename one."
                )
    return tuple(first.values())


def _in_order(imported: Mapping[str, Sequence[str]], paths: Mapping[str, Path]) -> list[str]:
    """The stems, each after those that it imports."""
    own = {stem: [name for name in names if name in paths] for stem, names in imported.items()}
    try:
        return [*TopologicalSorter(own).static_order()]
    except CycleError as error:
        circle = error.args[1][::-1]  # it goes from what is imported to what imports
        told = " imports ".join(circle)
        raise CourseError(
            f"{short(paths[circle[0]])}: {told}; move what both need into a third file."
        ) from error


def _loaded(name: str, path: Path, ours: Sequence[Path]) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # where others, and a dataclass's fields, look for it
    try:
        spec.loader.exec_module(module)
    except GraderError:
        raise
    except Exception as error:
        raise CourseError(f"{_place(error, path, ours)}: {said(error)}") from error
    return module


def _parsed(path: Path) -> ast.Module:
    source = text(path)
    try:
        compile(source, str(path), "exec")  # finds what a tree may hold, such as a stray return
        return ast.parse(source, str(path))
    except _UNREADABLE as error:
        raise CourseError(f"{short(path)}: {said(error)}") from error


def _refuse_twins(path: Path, tree: ast.Module) -> None:
    """Of two functions of one name the first is lost, and nobody would notice."""
    lines: dict[str, int] = {}
    for function in tree.body:
        if isinstance(function, ast.FunctionDef):
            if function.name in lines:
                raise CourseError(
                    f"{short(path)}:{function.lineno}: {function.name} is defined on line "
                    f"{lines[function.name]} already; rename one."
                )
            lines[function.name] = function.lineno


def _imports_of(path: Path, tree: ast.Module) -> list[str]:
    """The stems of the files of checks that `path` imports; anything else beside it is refused."""
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            if node not in tree.body or not _names_checks(node):
                raise CourseError(
                    f"{short(path)}:{node.lineno}: of what lies beside them, checks import nothing "
                    "but other checks_*.py, at their top, as `from .checks_inputs import columns`."
                )
            names.append(node.module or "")
    return names


def _names_checks(node: ast.ImportFrom) -> bool:
    return node.level == 1 and CHECKS.fullmatch(f"{node.module}.py") is not None


def _place(error: Exception, path: Path, ours: Sequence[Path]) -> str:
    """The last line of the half's own files that the error came through."""
    named = {str(one): one for one in ours}
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename in named:
            return f"{short(named[frame.filename])}:{frame.lineno}"
    return short(path)
