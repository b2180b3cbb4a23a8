"""How answers are compared, and what is asked of every function."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader import Code, expect

from .checks_inputs import Arguments


def agree(
    student: Code,
    reference: Code,
    function: str,
    cases: list[Arguments],
    what: str,
    scale: Any = "element",
) -> None:
    """The function's value is the reference's for each tuple of arguments."""
    given, wanted = (getattr(code, function).many(cases) for code in (student, reference))
    for mine, theirs in zip(given, wanted, strict=True):
        expect.close(mine, theirs, what=what, scale=scale)


def polite(
    student: Code, reference: Code, function: str, arguments: dict[str, Any], what: str
) -> None:
    """The function changes no argument, and its result for float32 is right and float32."""
    held = {name: student.keep(value) for name, value in arguments.items()}
    getattr(student, function)(*held.values())
    for name, value in held.items():
        expect.unchanged(value, what=f"{name} after the call")
    single = [
        value.astype(np.float32) if isinstance(value, np.ndarray) else value
        for value in arguments.values()
    ]
    given, wanted = (getattr(code, function)(*single) for code in (student, reference))
    expect.close(given, wanted, what=f"{what} for float32", tolerance=5e-3, scale="array")


def are_near(given: np.ndarray, wanted: np.ndarray) -> bool:
    """Whether a wrong result is near enough to the right one to be built on."""
    lengths = float(np.linalg.norm(given) * np.linalg.norm(wanted))
    # With a length of 0, an infinity or NaN this is no.
    return lengths > 0 and bool(np.sum(given * wanted) >= 0.9 * lengths)
