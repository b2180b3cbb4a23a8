"""A document against the type it should have: the value, or one sentence for what is wrong."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from grader.errors import CourseError, GraderError
from grader.inert import inert
from grader.yamlfile import Document, Place, written

T = TypeVar("T")

_MISSING = ("missing", "missing_argument")


def fit(
    document: Document, adapter: TypeAdapter[T], *, error: type[GraderError] = CourseError
) -> T:
    """The document's value as the adapter's type.

    Raises:
        error: names file, line and key of the topmost thing that does not fit, and what would.
    """
    try:
        return adapter.validate_python(document.value)
    except ValidationError as broken:
        # Missing keys come last: a misspelt one explains them.
        first = min(
            broken.errors(include_url=False),
            key=lambda found: (found["type"] in _MISSING, document.line_of(found["loc"])),
        )
        raise error(_sentence(document, first, adapter.json_schema())) from None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """` Did you mean "x"?`, or a list of what is known, or nothing where nothing is."""
    names = list(known)
    near = difflib.get_close_matches(word, names, n=1)
    if near:
        return f' Did you mean "{inert(near[0])}"?'
    return f" Known: {', '.join(map(inert, names[:12]))}." if names else ""


def _sentence(document: Document, found: Any, schema: dict[str, Any]) -> str:
    place: Place = found["loc"]
    if not place:
        return f"{document.name}:1: a mapping of keys to values is asked."
    key = str(place[-1])
    parent = written(place[:-1])
    if found["type"] in ("extra_forbidden", "unexpected_keyword_argument"):
        keys = _properties(schema, place[:-1])
        inside = f" in {parent}" if parent else ""
        line = document.line_of(place)
        return (
            f'{document.name}:{line}: unknown key "{inert(key)}"{inside}.{did_you_mean(key, keys)}'
        )
    if found["type"] in _MISSING:
        line = document.line_of(place[:-1])
        return f'{document.name}:{line}: {parent or "the file"} needs the key "{key}". Add it.'
    reason = str(found["msg"]).removeprefix("Value error, ").rstrip(".")
    return f"{document.at(place)} is {_brief(found['input'])}: {reason[:1].lower()}{reason[1:]}."


def _brief(value: Any) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, (list, tuple)):
        return "a list"
    text = inert(repr(value)) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _properties(schema: dict[str, Any], place: Place) -> list[str]:
    """The keys that `schema` allows at `place`; none where the schema branches."""
    node = _resolved(schema, schema)
    for part in place:
        if isinstance(part, int):
            step = node.get("items", {})
        else:
            step = node.get("properties", {}).get(part, node.get("additionalProperties") or {})
        node = _resolved(step, schema) if isinstance(step, dict) else {}
    return list(node.get("properties", {}))


def _resolved(node: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    for option in node.get("anyOf", ()):
        if option.get("type") != "null":
            return _resolved(option, schema)
    if "$ref" in node:
        return _resolved(schema["$defs"][node["$ref"].rsplit("/", 1)[-1]], schema)
    return node
