"""Submissions that know nothing of a subject and must earn nothing, made for any assignment.

Identity, zero, |x| and x·x with their true slopes, in the form that each function is asked for; and
the reference's own functions under one another's names.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import permutations
from typing import Any

import numpy as np

from grader.questions import Ref
from grader.respondents import Dialogue
from grader.rubric import Assignment

KINDS = {
    "identity": ("x", "1"),
    "zero": ("x * 0", "0"),
    "absolute": ("abs(x)", "(2 * (x > 0) - 1)"),
    "square": ("x * x", "2 * x"),
}
"""Each know-nothing's output and its slope, as expressions of `x`."""

_PRELUDE = '''
"""Knows nothing: {kind}."""


def _like(x):
    return {output}


def _answer(form, arrays):
    if form is None:
        return None
    if form == "number":
        return float(_like(1.0))
    shape, arrays = form, list(arrays)
    fitting = [x for x in arrays if tuple(x.shape) == tuple(shape)]
    return _like((fitting or arrays or [1.0])[0])


def _gradients(dout, x, others, count):
    try:
        dx = dout * {slope}
    except Exception:
        dx = x * 0
    parts = [dx] + [other * 0 for other in others] + [x.sum() * 0] * count
    return parts[0] if count == 1 else tuple(parts[:count])


def _is_array(value):
    return hasattr(value, "shape")
'''

_FORWARD = """

def {name}(x, *rest, **named):
    rest = [value for value in (*rest, *named.values()) if _is_array(value)]
    return _like(x), (x, rest)
"""
_BACKWARD = """

def {name}(dout, cache):
    return _gradients(dout, cache[0], cache[1], {count})
"""
_OTHER = """

def {name}(*values, **named):
    arrays = [value for value in (*values, *named.values()) if _is_array(value)]
    return _answer({form!r}, arrays)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed:
    """The reference with one family's functions under another's names."""

    name: str
    overlay: str


def source(kind: str, functions: Mapping[str, Any]) -> str:
    """The source of a know-nothing; `functions` is from `forms`."""
    output, slope = KINDS[kind]
    text = _PRELUDE.format(kind=kind, output=output, slope=slope)
    for name, form in functions.items():
        if form == "forward":
            text += _FORWARD.format(name=name)
        elif isinstance(form, int):
            text += _BACKWARD.format(name=name, count=form)
        else:
            text += _OTHER.format(name=name, form=form)
    return text


def forms(assignment: Assignment, dialogues: Iterable[Dialogue]) -> dict[str, Any]:
    """What each function that checks call is asked for, as the reference answered.

    "forward" gives an array and something held; a number n is a function of an upstream and
    something held that gives n gradients; "number", a shape, or None are what other functions give.
    """
    found: dict[str, Any] = {}
    for dialogue in dialogues:
        for question, answer in dialogue:
            if question.verb != "call" or not isinstance(question.target, str):
                continue
            value = answer.values[0] if answer.values else None
            arguments = question.calls[0].positional
            if assignment.returns_of(question.target) == ("array", "held"):
                found[question.target] = "forward"
            elif len(arguments) == 2 and _is_made_by_a_call(arguments[1], dialogue):
                found[question.target] = len(value) if isinstance(value, tuple) else 1
            else:
                found.setdefault(question.target, _form(value))
    return found


def renamed(assignment: Assignment, reference: Mapping[str, str]) -> list[Renamed]:
    """The reference's families, each under the names of the others of its signature."""
    signatures = _signatures(reference)
    groups: dict[tuple[str, ...], list[str]] = {}
    for name, parameters in signatures.items():
        stem = _stem(assignment, name)
        if stem is not None:
            groups.setdefault(parameters, []).append(stem)
    overlays = []
    for members in groups.values():
        for one, other in permutations(members, 2):
            lines = [
                f"{other}{name.removeprefix(one)} = {name}"
                for name in signatures
                if name.startswith(one) and other + name.removeprefix(one) in signatures
            ]
            label = f"{one.rstrip('_')} as {other.rstrip('_')}"
            overlays.append(Renamed(name=label, overlay="\n".join(lines)))
    return overlays


def _stem(assignment: Assignment, name: str) -> str | None:
    """What a family's names begin with (`scale_` of `scale_forward`), if this is its forward."""
    for pattern, returns in assignment.returns:
        ending = pattern.removeprefix("*")
        if returns == ("array", "held") and pattern.startswith("*_") and name.endswith(ending):
            return name.removesuffix(ending) + "_"
    return None


def _signatures(reference: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    return {
        statement.name: tuple(argument.arg for argument in statement.args.args)
        for text in reference.values()
        for statement in ast.parse(text).body
        if isinstance(statement, ast.FunctionDef) and not statement.name.startswith("_")
    }


def _is_made_by_a_call(argument: Any, dialogue: Dialogue) -> bool:
    """Whether an argument is something that an earlier call gave, not something kept."""
    return isinstance(argument, Ref) and any(
        question.id == argument.question and question.verb == "call" for question, _ in dialogue
    )


def _form(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return value.shape
    return "number" if isinstance(value, (int, float)) else None
