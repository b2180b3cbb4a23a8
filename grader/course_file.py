"""A file of a course: its text, and its name in messages."""

from __future__ import annotations

import re
from pathlib import Path

from grader.errors import CourseError

CHECKS = re.compile(r"checks(_[A-Za-z0-9_]*)?\.py")
"""What files of checks are called."""


def text(path: Path) -> str:
    """What stands in `path`.

    Raises: CourseError where it cannot be read or is not UTF-8.
    """
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise CourseError(f"{short(path)} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CourseError(f"{short(path)} is not UTF-8; save it as UTF-8.") from error


def short(path: Path) -> str:
    """A path as messages show it: from the folder above `assignments/`, as people know it."""
    return "/".join(path.parts[-3:])


def said(error: Exception) -> str:
    """What Python says of a file that it could not read or run."""
    if isinstance(error, SyntaxError):
        return f"line {error.lineno}: {error.msg}"
    return f"{type(error).__name__}: {error}"
