"""What of a course's secret half is in files that students get; a release holds none of it."""

from __future__ import annotations

import ast
import io
import json
import os
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader import answers
from grader.checking import half
from grader.checking.source import Course
from grader.errors import GraderError
from grader.release import stubs
from grader.rubric import ANSWERS
from grader.secret import FILE, VARIABLE
from grader.yamlfile import load

TELLING = 24
"""A line of code with fewer characters, blanks aside, may be anybody's."""
_HEADERS = re.compile(r"(import|from|for|while|with|if|elif|else|try|def|class|return \w+$|@)\b|@")
_DIGITS = 6
_BODY = 3
"""So many telling lines make a check that is known again; visible ones share single lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """A text that must not be found, and what it is."""

    kind: str
    text: str


def found(course: Course, members: Mapping[str, bytes]) -> list[str]:
    """A sentence for everything secret in `members`; empty where nothing is.

    Archives among them (records) are unpacked and the strings of notebooks are read one by one.

    Args:
        course: with its secret half.
        members: the bytes of each file, by name.
    """
    texts = {name: _searchable(name, data) for name, data in members.items()}
    secrets = list(secrets_of(course))
    bodies, files = list(_hidden_bodies(course)), list(_hidden_files(course))
    told = [
        f"{name} holds {secret.kind}: {_shortened(secret.text)}"
        for name, text in texts.items()
        for secret in secrets
        if secret.text in text
    ]
    told += [
        f"{name} holds the body of the hidden check {check}"
        for name, text in texts.items()
        for check, lines in bodies
        if len(lines) >= _BODY and all(line in text for line in lines)
    ]
    told += [
        f"{name} holds most of the hidden {file}"
        for name, text in texts.items()
        for file, lines in files
        if len(lines) >= _BODY and sum(line in text for line in lines) > len(lines) / 2
    ]
    return list(dict.fromkeys(told + _filled_in(course, members.get(ANSWERS))))


def secrets_of(course: Course) -> Iterator[Secret]:
    """Every text of the secret half that none of a release's files may hold."""
    yield from _solution(course)
    visible = {check.name for check in course.visible}
    for check in course.hidden:
        yield Secret(kind="a hidden check's record", text=check.id)
        if check.name not in visible:
            yield Secret(kind="a hidden check", text=f"def {check.name}(")
    for one in course.misconceptions:
        for text in (*one.diagnosis.values(), *one.hint.values(), *_telling(one.source)):
            yield Secret(kind=f"of the misconception {one.name}", text=text)
    for other in course.alternatives:
        for text in (other.difference, *_telling(other.source)):
            yield Secret(kind=f"of the alternative {other.name}", text=text)
    yield from _key(course)
    yield from _seeds(course)


def _solution(course: Course) -> Iterator[Secret]:
    if course.reference is None:
        return
    marked = stubs.is_marked(course)
    for name, text in course.reference.files.items():
        stub = _lines(stubs.stub(text, name)) if marked else _lines(_public(course, name))
        lines = stubs.marked_lines(text, name) if marked else text.splitlines()
        for line in _telling_of(lines):
            if line not in stub:
                yield Secret(kind=f"of the solution {name}", text=line)


def _public(course: Course, name: str) -> str:
    path = course.assignment.folder / name
    return path.read_text("utf-8-sig") if path.is_file() else ""


def _hidden_bodies(course: Course) -> Iterator[tuple[str, list[str]]]:
    """The telling lines of each hidden check; visible ones may share some of them."""
    names = {check.name for check in course.hidden}
    secret = course.assignment.secret
    for path in () if secret is None else half.files(secret):
        text = path.read_text("utf-8-sig")
        for node in ast.parse(text).body:
            if isinstance(node, ast.FunctionDef) and node.name in names:
                lines = text.splitlines()[node.lineno : node.end_lineno]
                yield node.name, _telling_of(lines)


def _hidden_files(course: Course) -> Iterator[tuple[str, list[str]]]:
    """The telling lines of each file of hidden checks: much of one may stand in no check."""
    secret = course.assignment.secret
    for path in () if secret is None else half.files(secret):
        yield path.name, _telling_of(path.read_text("utf-8-sig").splitlines())


def _key(course: Course) -> Iterator[Secret]:
    secret = course.assignment.secret
    if secret is None or not (secret / ANSWERS).is_file():
        return
    for line in (secret / ANSWERS).read_text("utf-8-sig").splitlines():
        if ":" in line and not line.startswith("#"):
            yield Secret(kind="the key", text=line.strip())
    for key in course.key.values():
        # A short number may stand anywhere; one with many digits is the answer.
        if isinstance(key, answers.NumberKey) and len(_digits(repr(key.value))) >= _DIGITS:
            yield Secret(kind="the key", text=repr(key.value))


def _seeds(course: Course) -> Iterator[Secret]:
    secret = course.assignment.secret
    file = None if secret is None else secret.parent / FILE
    seeds = [file.read_text("utf-8").strip()] if file is not None and file.is_file() else []
    seeds += [os.environ.get(VARIABLE, "")]
    yield from (Secret(kind="the secret seed", text=seed) for seed in seeds if seed)


def _filled_in(course: Course, data: bytes | None) -> list[str]:
    """A key that was filled into the students' own answers.yaml."""
    if data is None:
        return []
    try:
        given = load(data, name=ANSWERS).value
    except GraderError as error:
        return [f"{ANSWERS} cannot be read: {error}"]
    filled = [name for name, value in (given or {}).items() if value is not None]
    return [f"{ANSWERS} holds an answer to {name}; leave it blank" for name in filled]


def _telling(source: str) -> list[str]:
    """The telling lines of a course's Python file, its plain constants and docstrings aside."""
    skipped: set[int] = set()
    for node in ast.parse(source).body:
        if isinstance(node, (ast.Assign, ast.Expr)):
            skipped |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    lines = source.splitlines()
    return _telling_of(line for number, line in enumerate(lines, 1) if number not in skipped)


def _telling_of(lines: Iterable[str]) -> list[str]:
    stripped = dict.fromkeys(line.strip() for line in lines)
    return [
        line
        for line in stripped
        if len(line.replace(" ", "")) >= TELLING and not _HEADERS.match(line)
    ]


def _lines(text: str) -> set[str]:
    return {line.strip() for line in text.splitlines()}


def _searchable(name: str, data: bytes) -> str:
    """All that can be read in a file: what its archive holds, the strings of its JSON."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inner = {one: archive.read(one) for one in archive.namelist()}
        return "\n".join([name, *(_searchable(*member) for member in inner.items())])
    text = data.decode("utf-8", "replace")
    if Path(name).suffix == ".ipynb":
        return "\n".join([name, *_strings(json.loads(text))])
    return f"{name}\n{text}"


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        # A cell's source may be a list of lines.
        yield "".join(part for part in value if isinstance(part, str))
        for part in value:
            yield from _strings(part)


def _digits(number: str) -> str:
    return re.sub(r"[^0-9]", "", number).strip("0")


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
