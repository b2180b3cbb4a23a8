"""Grade deep-learning homework from answers that come out of locked boxes.

Public names are what a course author may import; they load on first use, so that the worker and
`grader --help` pay for none of them.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.checking import expect
    from grader.checking.check import check
    from grader.checking.code import Code, Held
    from grader.errors import Failed, Mismatch
    from grader.numeric.draw import Draw

__all__ = ["Code", "Draw", "Failed", "Held", "Mismatch", "check", "expect"]
__version__ = "0.1.0"

_HOME = {
    "Code": "grader.checking.code",
    "Draw": "grader.numeric.draw",
    "Failed": "grader.errors",
    "Held": "grader.checking.code",
    "Mismatch": "grader.errors",
    "check": "grader.checking.check",
}


def __getattr__(name: str) -> Any:
    if name == "expect":
        return importlib.import_module("grader.checking.expect")
    if name in _HOME:
        return getattr(importlib.import_module(_HOME[name]), name)
    raise AttributeError(f"module 'grader' has no attribute {name!r}")
