"""The cells of an .ipynb, from bytes that nobody trusts: code alone, without what it once printed.

Saved outputs, attachments and metadata are passed over without being built: a notebook of 100 MB
of pictures costs its bytes and no more. What is left is read by nbformat, which knows the versions.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from grader.errors import NotebookError

MAX_NOTEBOOK_BYTES = 128 << 20
MAX_CODE_BYTES = 1 << 20
"""Of JSON that holds the sources of code cells, before anything of it is built."""
MAX_CELLS = 10_000
MAX_STEPS = 4_000_000
"""Brackets and keys that are passed over, one by one: a few seconds for as many as these."""

_SPACE = re.compile(rb"[ \t\r\n]*+")
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_SCALAR = re.compile(rb"[^\s,\[\]{}\":]++")
# A file of quotation marks must not make the matcher remember each: so many at a time. Possessive
# repetition of what itself repeats would do, but goes astray before Python 3.11.5 (gh-106052).
_FLAT = re.compile(rb'(?:[^"\[\]{}]++|"(?:[^"\\]++|\\.)*+"){0,1000}', re.DOTALL)
_LONGEST_KEY = 200
_KEY_STEPS = 4
"""A key that is read takes as long as so many brackets that are passed over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeCell:
    """A code cell: its text, and its number among all cells of the notebook, from 1."""

    number: int
    text: str


def code_cells(data: bytes) -> list[CodeCell]:
    """The code cells of a notebook, in order, whatever its version says that Jupyter ever wrote.

    Args:
        data: the file, of at most MAX_NOTEBOOK_BYTES.

    Raises:
        NotebookError: it is no notebook, or holds too much; the text completes "NAME …".
    """
    skimmed = _Skimmed(data.removeprefix(b"\xef\xbb\xbf"))
    try:
        notebook = _as_version_4(skimmed)
        return [
            CodeCell(number=number, text=_lines(cell["source"]))
            for number, cell in enumerate(notebook["cells"], start=1)
            if cell["cell_type"] == "code"
        ]
    except NotebookError:
        raise
    except Exception as error:
        raise NotebookError(f"cannot be read as a notebook ({type(error).__name__}).") from error


def _as_version_4(skimmed: _Skimmed) -> Any:
    import nbformat  # noqa: PLC0415 - only those who hand in notebooks wait for it

    text = json.dumps(skimmed.notebook())
    read = nbformat.reader.reads(text)  # type: ignore[no-untyped-call]
    return nbformat.convert(read, 4)  # type: ignore[no-untyped-call]


def _lines(source: str) -> str:
    """A source with the line ends that Python counts."""
    return source.replace("\r\n", "\n").replace("\r", "\n")


class _Skimmed:
    """What a walk over the bytes keeps: the version, and of each cell its kind and its source."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._steps = 0
        self._kept = 0
        self._versions: dict[str, Any] = {}
        self._cells: dict[str, list[dict[str, Any]]] = {}
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise NotebookError("is UTF-16 text. Save it as UTF-8.")
        start = self._space(0)
        if data[start : start + 1] != b"{":
            raise NotebookError(f"is not a notebook{_looks_like(data[start : start + 200])}.")
        end = self._space(self._object(start, self._top))
        if end != len(data):
            raise NotebookError(f"is not a notebook: more follows after its end at byte {end}.")

    def notebook(self) -> dict[str, Any]:
        """A small notebook of the same version and the same cells, without outputs.

        Raises:
            NotebookError: there are no cells.
        """
        major, minor = (self._versions.get(key) for key in ("nbformat", "nbformat_minor"))
        # Whatever a broken or a future file calls itself: its cells say how they are to be read.
        if "cells" in self._cells:
            cells = [_cell(one, "source") for one in self._cells["cells"]]
            minor = minor if type(minor) is int and 0 <= minor <= 5 and major == 4 else 5
            return {"nbformat": 4, "nbformat_minor": minor, "metadata": {}, "cells": cells}
        if "worksheets" in self._cells:
            cells = [_cell(one, "input") for one in self._cells["worksheets"]]
            sheet = {"metadata": {}, "cells": cells}
            start = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}}
            return {**start, "worksheets": [sheet]}
        raise NotebookError('is not a notebook: it is JSON without "cells".')

    def _top(self, key: str, at: int) -> int:
        if key in ("nbformat", "nbformat_minor"):
            end = self._skip(at)
            self._versions[key] = self._value(at, end)
            return end
        if key in ("cells", "worksheets") and self._data[at : at + 1] == b"[":
            # Of a key that is there twice the last counts, as it does for Jupyter.
            self._cells[key] = []
            take = self._sheet if key == "worksheets" else self._cell_of("cells")
            return self._array(at, take)
        return self._skip(at)

    def _sheet(self, at: int) -> int:
        if self._data[at : at + 1] != b"{":
            return self._skip(at)

        def take(key: str, at: int) -> int:
            if key == "cells" and self._data[at : at + 1] == b"[":
                return self._array(at, self._cell_of("worksheets"))
            return self._skip(at)

        return self._object(at, take)

    def _cell_of(self, shelf: str) -> Callable[[int], int]:
        def cell(at: int) -> int:
            found: dict[str, tuple[int, int]] = {}

            def take(key: str, at: int) -> int:
                end = self._skip(at)
                if key in ("cell_type", "source", "input"):
                    found[key] = at, end
                return end

            if len(self._cells[shelf]) >= MAX_CELLS:
                raise NotebookError(f"holds more than {MAX_CELLS} cells.")
            end = self._object(at, take) if self._data[at : at + 1] == b"{" else self._skip(at)
            kind = self._value(*found["cell_type"]) if "cell_type" in found else None
            one: dict[str, Any] = {"cell_type": "code" if kind == "code" else "markdown"}
            for key in ("source", "input"):
                if key in found and kind == "code":
                    one["text"] = self._value(*found[key])
            self._cells[shelf].append(one)
            return end

        return cell

    def _value(self, start: int, end: int) -> Any:
        """The value between two places, built.

        Raises:
            NotebookError: it is no JSON, not UTF-8, or too long together with the others.
        """
        self._kept += end - start
        if self._kept > MAX_CODE_BYTES:
            raise NotebookError(
                f"holds more than {MAX_CODE_BYTES >> 20} MiB in its code cells. Take data out of "
                "the code."
            )
        try:
            return json.loads(self._data[start:end].decode())
        except UnicodeDecodeError as broken:
            byte = self._data[start + broken.start]
            raise NotebookError(
                f"is not UTF-8 text: byte 0x{byte:02x} at {start + broken.start}. Save it as UTF-8."
            ) from None
        except (ValueError, RecursionError):
            raise self._broken(start) from None

    def _object(self, at: int, take: Callable[[str, int], int]) -> int:
        """Walk over the object at `at`, handing each key and the place of its value on."""
        at = self._space(at + 1)
        if self._data[at : at + 1] == b"}":
            return at + 1
        while True:
            self._step(_KEY_STEPS)
            key = _STRING.match(self._data, at)
            if key is None:
                raise self._broken(at)
            at = self._space(key.end())
            if self._data[at : at + 1] != b":":
                raise self._broken(at)
            short = key.end() - key.start() <= _LONGEST_KEY
            at = self._space(take(self._key(key.group()) if short else "", self._space(at + 1)))
            if self._data[at : at + 1] == b"}":
                return at + 1
            if self._data[at : at + 1] != b",":
                raise self._broken(at)
            at = self._space(at + 1)

    def _array(self, at: int, take: Callable[[int], int]) -> int:
        """Walk over the array at `at`, handing the place of each element on."""
        at = self._space(at + 1)
        if self._data[at : at + 1] == b"]":
            return at + 1
        while True:
            self._step()
            at = self._space(take(at))
            if self._data[at : at + 1] == b"]":
                return at + 1
            if self._data[at : at + 1] != b",":
                raise self._broken(at)
            at = self._space(at + 1)

    def _skip(self, at: int) -> int:
        """The end of the value at `at`; of what is in it only brackets and strings are looked at.

        Depth is a number here: a million brackets are no deeper for us than one.
        """
        first = self._data[at : at + 1]
        if first not in (b"[", b"{"):
            found = (_STRING if first == b'"' else _SCALAR).match(self._data, at)
            if found is None:
                raise self._broken(at)
            return found.end()
        depth = 0
        while True:
            bracket = self._data[at : at + 1]
            if bracket in (b"[", b"{"):
                depth += 1
            elif bracket in (b"]", b"}"):
                depth -= 1
            else:
                raise self._broken(at)
            at += 1
            if depth == 0:
                return at
            self._step()
            while (flat := _FLAT.match(self._data, at)) and flat.end() > at:
                at = flat.end()

    def _step(self, count: int = 1) -> None:
        self._steps += count
        if self._steps > MAX_STEPS:
            raise NotebookError(
                "holds too much beside its code. Clear all outputs, save it and hand it in once "
                "more."
            )

    def _space(self, at: int) -> int:
        found = _SPACE.match(self._data, at)
        return found.end() if found else at

    @staticmethod
    def _key(raw: bytes) -> str:
        try:
            return str(json.loads(raw.decode()))
        except ValueError:
            return ""

    def _broken(self, at: int) -> NotebookError:
        unended = self._data[at : at + 1] == b'"' and _STRING.match(self._data, at) is None
        if unended or at >= len(self._data):
            return NotebookError(
                "breaks off: its end is missing. Save it and hand it in once more."
            )
        line = self._data.count(b"\n", 0, at) + 1
        return NotebookError(f"is not a notebook: its JSON is broken at line {line}.")


def _cell(one: dict[str, Any], key: str) -> dict[str, Any]:
    """A whole cell of the version whose sources are called `key`."""
    text = one.get("text", "")
    if isinstance(text, list) and all(isinstance(line, str) for line in text):
        text = "".join(text)
    if not isinstance(text, str):
        raise NotebookError("holds a code cell whose source is not text.")
    cell = {"cell_type": one["cell_type"], "metadata": {}, key: text}
    if one["cell_type"] != "code":
        return {"cell_type": "markdown", "metadata": {}, "source": ""}
    if key == "input":
        return {**cell, "language": "python", "outputs": [], "collapsed": False}
    return {**cell, "outputs": [], "execution_count": None}


def _looks_like(start: bytes) -> str:
    """What it is instead, where the first bytes tell."""
    if not start.strip(b"\0 \t\r\n"):
        return ": it is empty"
    if start.startswith((b"version https://git-lfs", b"PK\x03\x04")):
        return ", but what stands for a large file" if start[:1] == b"v" else ", but a zip archive"
    if start[:1] == b"<":
        return ", but a web page. Download the notebook itself"
    if re.match(rb"(#|from |import |def |%|\"\"\")", start):
        return ", but a Python file. Give it the ending .py"
    return ": it is not JSON"
