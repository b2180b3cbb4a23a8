"""Strict YAML in, fixed YAML out: no tags, no surprises, one sentence for whatever is wrong.

Reading follows the core schema of YAML 1.2: `no` is a text, `4.54e-5` a number, `010` is ten.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from grader.errors import CourseError, GraderError
from grader.inert import escaped, inert

Place = tuple[str | int, ...]
"""The way to a value: keys and indices from the top."""

MAX_DEPTH = 32
MAX_NODES = 200_000
MAX_DIGITS = 400
WIDTH = 140
"""Where a mapping stops standing on one line: evidence, as long as it usually is, still does."""

_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_INTEGER = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), math.inf),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), -math.inf),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), math.nan),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a file says, and where: `value` is made of dict, list, str, int, float, bool, None."""

    name: str
    value: Any
    lines: Mapping[Place, int]

    def line_of(self, place: Place) -> int:
        """The line (from 1) of the value at `place`, or of the nearest one round it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def at(self, place: Place) -> str:
        """`file:line: key[index].key`, the opening of an error message about `place`."""
        return f"{self.name}:{self.line_of(place)}: {written(place)}".rstrip(": ")


def written(place: Place) -> str:
    """A place as people write it: `items[2].needs`."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{inert(part)}" for part in place)
    return "".join(parts).removeprefix(".")


def load(
    source: Path | bytes,
    *,
    name: str | None = None,
    max_bytes: int = 1 << 20,
    aliases: bool = False,
    error: type[GraderError] = CourseError,
) -> Document:
    """Read one YAML document without trusting it.

    Args:
        source: a file, or the bytes of one (then `name` says how to call it in messages).
        max_bytes: a longer source is refused, and of a file no more than this is read.
        aliases: whether `&name` and `*name` are allowed.
        error: the class of what is raised.
    Raises:
        error: `file:line:column:` and a sentence, for anything that is not plain YAML: wrong
            syntax or encoding, a key written twice, tags, aliases, too deep, too long.
    """
    shown = inert(name if name is not None else str(source) if isinstance(source, Path) else "YAML")
    data = _read(source, shown, max_bytes, error) if isinstance(source, Path) else source
    if len(data) > max_bytes:
        raise error(f"{shown}: longer than the {max_bytes} bytes that are read. Shorten it.")
    text = _decode(data, shown, error)
    builder = _Builder(name=shown, error=error, aliases=aliases)
    try:
        builder.build(yaml.parse(text, Loader=_PARSER))
    except yaml.MarkedYAMLError as broken:
        raise error(_explain(broken, shown)) from None
    except (yaml.YAMLError, ValueError, OverflowError) as broken:
        # Some escapes make the pure Python scanner raise these instead of its own error.
        raise error(f"{shown}: not readable as YAML: {inert(str(broken))}.") from None
    return Document(name=shown, value=builder.value, lines=builder.lines)


def _read(path: Path, shown: str, max_bytes: int, error: type[GraderError]) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(max_bytes + 1)
    except FileNotFoundError:
        raise error(f"{shown}: there is no such file. Check the path, or add it.") from None
    except OSError as broken:
        raise error(f"{shown}: cannot be read ({broken.strerror}).") from None


def _decode(data: bytes, shown: str, error: type[GraderError]) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        line = data[: broken.start].count(b"\n") + 1
        raise error(
            f"{shown}:{line}: byte 0x{data[broken.start]:02x} is not UTF-8. Save it as UTF-8."
        ) from None
    bad = _FORBIDDEN.search(text)
    if bad:
        line = text[: bad.start()].count("\n") + 1
        raise error(
            f"{shown}:{line}: the character U+{ord(bad[0]):04X} has no place in YAML. Delete it."
        )
    return text


def _explain(broken: yaml.MarkedYAMLError, shown: str) -> str:
    mark: Any = broken.problem_mark or broken.context_mark
    where = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
    problem = inert(broken.problem or broken.context or "wrong syntax")
    advice = "Look at this line and the one above it."
    if "cannot start any token" in problem or "\\t" in problem:
        advice = "Indent with spaces, not with tabs."
    elif "mapping values" in problem:
        advice = "A text that holds a colon needs quotes."
    return f"{shown}{where}: not readable as YAML: {problem}. {advice}"


class _Builder:
    """Turns parse events into plain values; events cost no recursion, so depth is seen in time."""

    def __init__(self, *, name: str, error: type[GraderError], aliases: bool) -> None:
        self.name, self.error, self.aliases = name, error, aliases
        self.value: Any = None
        self.lines: dict[Place, int] = {}
        self.anchors: dict[str, Any] = {}
        self.nodes = 0

    def build(self, events: Iterator[Any]) -> None:
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._refuse(event, "a second document starts. Keep one in a file.")
                self.value = self._node(next(events), events, ())

    def _refuse(self, event: Any, sentence: str) -> GraderError:
        mark = event.start_mark
        return self.error(f"{self.name}:{mark.line + 1}:{mark.column + 1}: {sentence}")

    def _node(self, event: Any, events: Iterator[Any], place: Place) -> Any:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise self._refuse(event, f"more than {MAX_NODES} values. Shorten it.")
        if len(place) > MAX_DEPTH:
            raise self._refuse(event, f"nested deeper than {MAX_DEPTH} levels. Make it flatter.")
        self.lines.setdefault(place, _line(event))
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        if event.anchor is not None and not self.aliases:
            raise self._refuse(event, "anchors (&name) are not allowed. Write the value out.")
        if event.tag not in (None, "!", "tag:yaml.org,2002:str"):
            raise self._refuse(event, f"tags are not allowed; delete {inert(event.tag)}.")
        value: Any
        if isinstance(event, yaml.ScalarEvent):
            value = _scalar_value(event)
        elif isinstance(event, yaml.SequenceStartEvent):
            value = self._sequence(events, place)
        else:
            value = self._mapping(events, place)
        if event.anchor is not None:
            self.anchors[event.anchor] = value
        return value

    def _alias(self, event: Any) -> Any:
        if not self.aliases:
            raise self._refuse(event, "aliases (*name) are not allowed. Write the value out.")
        if event.anchor not in self.anchors:
            raise self._refuse(event, f"*{inert(event.anchor)} names nothing above it.")
        return self.anchors[event.anchor]

    def _sequence(self, events: Iterator[Any], place: Place) -> list[Any]:
        values: list[Any] = []
        for index in itertools.count():
            event = next(events)
            if isinstance(event, yaml.SequenceEndEvent):
                break
            values.append(self._node(event, events, (*place, index)))
        return values

    def _mapping(self, events: Iterator[Any], place: Place) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for event in iter(events.__next__, None):
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                raise self._refuse(event, "a key must be a plain text. Rename it.")
            key = event.value
            if key in values:
                first = self.lines[(*place, key)]
                raise self._refuse(
                    event, f'the key "{inert(key)}" stands here and on line {first}. Keep one.'
                )
            self.lines[(*place, key)] = _line(event)
            values[key] = self._node(next(events), events, (*place, key))
        return values


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _scalar_value(event: Any) -> Any:
    text = event.value
    if event.style or event.tag is not None:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if len(text) <= MAX_DIGITS and _INTEGER.fullmatch(text):
        return int(text)
    if len(text) <= MAX_DIGITS and _FLOAT.fullmatch(text):
        return float(text)
    return text


_PLAIN = re.compile(r"[^\W\d_][\w./()+ -]*(?<! )")
_RESERVED = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_SHORT = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def dump(value: Any) -> str:
    """Write plain values as YAML: the same value gives the same text, on every machine.

    Keys keep their order; a mapping or list that fits on one line stands on one line, the rest in
    blocks; floats are the shortest text that reads back as the same float; strings never wrap,
    and what is not a visible character in them is written as an escape.

    Raises:
        TypeError: a value that is not made of mappings, lists, str, int, float, bool and None.
    """
    return "\n".join(_block(value, 0)) + "\n"


def _block(value: Any, indent: int) -> Iterator[str]:
    pad = " " * indent
    if isinstance(value, Mapping) and value:
        for key, part in value.items():
            head = f"{pad}{_scalar(str(key))}:"
            line = _one_line(part)
            # A list of mappings is a list of records: each gets its lines, however short.
            if line is not None and (_is_scalar(part) or len(head) + len(line) < WIDTH):
                yield f"{head} {line}"
            else:
                yield head
                yield from _block(part, indent + 2)
    elif isinstance(value, Sequence) and not isinstance(value, str) and value:
        for part in value:
            first, *rest = _block(part, indent + 2)
            yield f"{pad}- {first.lstrip(' ')}"
            yield from rest
    else:
        yield f"{pad}{_one_line(value)}"


def _one_line(value: Any) -> str | None:
    """`value` in flow style, or None where it holds more than scalars and flat lists."""
    if isinstance(value, Mapping):
        parts = [_flat(part) for part in value.values()]
        if any(part is None for part in parts):
            return None
        pairs = zip(value, parts, strict=True)
        return "{" + ", ".join(f"{_scalar(str(key))}: {part}" for key, part in pairs) + "}"
    return _flat(value)


def _flat(value: Any) -> str | None:
    if isinstance(value, Sequence) and not isinstance(value, str):
        if not all(_is_scalar(part) for part in value):
            return None
        return "[" + ", ".join(_scalar(part) for part in value) + "]"
    return None if isinstance(value, Mapping) and value else _scalar(value)


def _is_scalar(value: Any) -> bool:
    return value is None or isinstance(value, (str, int, float))


def _scalar(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{}"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return int.__repr__(value)
    if isinstance(value, float):
        return _float(value)
    if isinstance(value, str):
        return _text(value)
    raise TypeError(f"{type(value).__name__} has no form in YAML")


def _float(value: float) -> str:
    if not math.isfinite(value):
        return ".nan" if math.isnan(value) else ".inf" if value > 0 else "-.inf"
    # YAML 1.1 readers take a number with an exponent for a text unless it has a point.
    digits, mark, exponent = float.__repr__(value).partition("e")
    return f"{digits if '.' in digits else digits + '.0'}{mark}{exponent}"


def _text(value: str) -> str:
    if _PLAIN.fullmatch(value) and value.lower() not in _RESERVED:
        return value
    if value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    return '"' + "".join(_quoted(character) for character in value) + '"'


def _quoted(character: str) -> str:
    if character in _SHORT:
        return _SHORT[character]
    if "\ud800" <= character <= "\udfff":
        return "\\ufffd"  # half a character: no UTF-8 file can hold it
    return character if character.isprintable() else escaped(character)
