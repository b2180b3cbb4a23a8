"""A new assignment: both folders from the template, and a seed where there is none."""

from __future__ import annotations

import keyword
import re
import secrets
import shutil
import sys
from pathlib import Path

from grader.course_file import CHECKS
from grader.errors import UsageError
from grader.inert import inert

TEMPLATE = Path(__file__).parent / "template"
ROOMS = ("assignments", "reference")
SEED = Path("reference") / "seed"
SEED_BYTES = 32

_MARK = "__slug__"
_SLUG = re.compile(r"[a-z][a-z0-9_]*")
_LONGEST = 40
# The stub is NAME.py: it must neither hide another module of a box nor be a file of checks.
_TAKEN = {"torch", "numpy", "grader"} | sys.stdlib_module_names


def new(name: str, root: Path) -> list[Path]:
    """Make assignments/`name` and reference/`name`, small and whole: it validates as it stands.

    They are made under the nearest parent of `root` (itself included) that has an `assignments/`,
    else under `root`. A seed for grading is made in reference/seed where that is missing; nothing
    that exists is written to.

    Returns: the files that were made, the seed last where it was made.
    Raises: UsageError for a name that cannot be one, a folder that exists, a place that cannot be
        written to; no half of an assignment is left behind then.
    """
    _refuse_bad(name)
    root = course_above(root)
    folders = [root / room / name for room in ROOMS]
    for folder in folders:
        if folder.exists() or folder.is_symlink():
            shown = folder.relative_to(root).as_posix()
            raise UsageError(f"{shown} exists already; choose another name, or remove it.")
    begun: list[Path] = []
    made: list[Path] = []
    try:
        for room, folder in zip(ROOMS, folders, strict=True):
            folder.parent.mkdir(parents=True, exist_ok=True)
            folder.mkdir()
            begun.append(folder)
            made += _filled(TEMPLATE / room / _MARK, folder, name)
        return made + _seed(root / SEED)
    except OSError as error:
        for folder in begun:
            shutil.rmtree(folder, ignore_errors=True)
        raise UsageError(
            f"nothing was made: {root} cannot be written to ({error.strerror}). Run this where the "
            "course belongs."
        ) from error


def course_above(start: Path) -> Path:
    """The nearest folder, `start` itself included, that has an assignments/; else `start`."""
    start = start.absolute()
    for folder in (start, *start.parents):
        if (folder / ROOMS[0]).is_dir():
            return folder
    return start


def _refuse_bad(name: str) -> None:
    if not _SLUG.fullmatch(name) or len(name) > _LONGEST:
        raise UsageError(
            f'"{inert(name)}" cannot name an assignment: use lower-case Latin letters, digits and '
            f"_, a letter first, at most {_LONGEST} in all."
        )
    taken = name in _TAKEN or CHECKS.fullmatch(f"{name}.py")
    if taken or keyword.iskeyword(name):
        raise UsageError(
            f'"{name}" cannot name an assignment: {name}.py would stand in the way of something '
            "that Python or a box calls so. Choose another name."
        )


def _filled(template: Path, folder: Path, name: str) -> list[Path]:
    """A copy of `template` in the new `folder`, the mark replaced in names and in texts."""
    made = []
    for source in sorted(template.rglob("*")):
        # An installer may have compiled the template's modules.
        if source.is_dir() or "__pycache__" in source.parts:
            continue
        target = folder / source.relative_to(template).as_posix().replace(_MARK, name)
        target.parent.mkdir(exist_ok=True)
        text = source.read_text("utf-8").replace(_MARK, name)
        target.write_text(text, "utf-8", newline="\n")
        made.append(target)
    return made


def _seed(path: Path) -> list[Path]:
    """The file of a new secret seed that its owner alone can read; nothing where there is one."""
    if path.exists():
        return []
    path.touch(mode=0o600, exist_ok=False)
    path.write_text(secrets.token_hex(SEED_BYTES) + "\n", "utf-8")
    return [path]
