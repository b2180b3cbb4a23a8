"""What Jupyter understands in a cell and Python does not: magics, shell lines, questions.

None of it is ever run. A line keeps its number, so that places in a cell stay true.
"""

from __future__ import annotations

import re

RUNS_ITS_BODY = frozenset({"time", "timeit", "capture", "prun", "memit", "mprun", "lprun"})
"""Cell magics round Python that is the student's own."""

_CELL_MAGIC = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*%%(\w*)")
_LINE = re.compile(r"[ \t]*(?:%{1,2}\w|!{1,2}[^=]|\?{1,2}[\w%.])")
_QUESTION = re.compile(r"[ \t]*%{0,2}[\w.*\[\]]+[ \t]*\?{1,2}[ \t;]*(?:#.*)?")
_TIMED = re.compile(r"([ \t]*)%time\s+(.*)")
_PYLAB = re.compile(r"[ \t]*%pylab\b")
_PYLAB_MEANS = (
    "from numpy import *; import numpy, numpy as np; from matplotlib import pyplot as plt"
)
"""The one magic that is nothing but imports."""
_TARGETS = re.compile(r"[\w.,*()\[\] \t]+")
_COMMAND = re.compile(
    r"[ \t]*(?:pip3?|conda|mamba|apt|apt-get|cd|ls|ll|mkdir|rm|cp|mv|cat|wget|curl|git|unzip|tar"
    r"|python3?)[ \t]+[-\w./~$]"
)
"""What a notebook takes for a magic where it has no other meaning."""
_TOKEN = re.compile(
    r"""#.*|'''|\"\"\"|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[\[({]|[\])}]|\\$|[^#'"\[\](){}\\]+|."""
)


def cell_magic(text: str) -> str | None:
    """The name of the magic that a cell begins with, or None."""
    found = _CELL_MAGIC.match(text)
    return found[1] if found else None


def python_of(text: str, *, commands: bool = False) -> str:
    """A cell's Python: a line that only Jupyter understands becomes one that does nothing.

    `x = !ls` and `x = %sx ls` give x what `get_ipython()` is in a box: something inert. `%time` is
    taken off its statement, `%%time` and its like off their cells.

    Args:
        text: the cell; one that is no Python at all, such as `%%bash`, is not for this function.
        commands: take lines such as `pip install x` for magics too.
    """
    lines = _dedented(text.split("\n"))
    place = _Place()
    skipping = False
    for number, line in enumerate(lines):
        starts = place.is_at_a_statement and not skipping
        if skipping or (starts and line.startswith("%%")):
            lines[number], skipping = "", skipping and line.endswith("\\")
        elif starts and _is_magic(line, commands=commands):
            lines[number], skipping = _without(line), line.endswith("\\")
            place.read(lines[number])
        elif starts and (target := _assigned(line)):
            lines[number], skipping = f"{target}= get_ipython()", line.endswith("\\")
        else:
            place.read(line)
    return "\n".join(lines)


def _dedented(lines: list[str]) -> list[str]:
    """A cell may begin indented, as if it were cut out of a function."""
    first = next((line for line in lines if line.strip()), "")
    indent = first[: len(first) - len(first.lstrip())]
    return [line.removeprefix(indent) for line in lines] if indent else lines


def _is_magic(line: str, *, commands: bool) -> bool:
    return bool(
        _LINE.match(line) or _QUESTION.fullmatch(line) or (commands and _COMMAND.match(line))
    )


def _assigned(line: str) -> str | None:
    """What stands left of `= !ls` or `= %pwd`; None where the line is no such thing."""
    left, _, right = line.partition("=")
    magic = right.lstrip().startswith(("!", "%"))
    return left if magic and _TARGETS.fullmatch(left) else None


def _without(line: str) -> str:
    if _PYLAB.match(line):
        return line[: len(line) - len(line.lstrip())] + _PYLAB_MEANS
    if (timed := _TIMED.fullmatch(line)) and not timed[2].startswith("-"):
        return timed[1] + timed[2]
    return line[: len(line) - len(line.lstrip())] + "pass"


class _Place:
    """Where a line begins: in a string, within brackets, after a backslash, or at a statement."""

    def __init__(self) -> None:
        self._quote = ""
        self._depth = 0
        self._continued = False

    @property
    def is_at_a_statement(self) -> bool:
        return not (self._quote or self._depth or self._continued)

    def read(self, line: str) -> None:
        at, self._continued = 0, False
        while at < len(line):
            if self._quote:
                end = re.compile(rf"(?:[^\\{self._quote[0]}]|\\.|(?!{self._quote}).)*").match(
                    line, at
                )
                at = end.end() if end else at
                if line.startswith(self._quote, at):
                    at, self._quote = at + 3, ""
                else:
                    return
                continue
            token = _TOKEN.match(line, at)
            assert token is not None  # the last branch takes any character
            said, at = token[0], token.end()
            if said in ("'''", '"""'):
                self._quote = said
            elif said in ("(", "[", "{"):
                self._depth += 1
            elif said in (")", "]", "}"):
                self._depth = max(0, self._depth - 1)
            elif said in ("'", '"'):
                # A string that does not end on its line: nothing behind it can be told.
                self._continued = line.endswith("\\")
                return
            elif said == "\\" and at == len(line):
                self._continued = True
