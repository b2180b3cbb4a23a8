"""The header of an attack: what it wants, what must come out, which levels claim to hold it.

It is the docstring of the attack's module: a sentence, a blank line, then one `key: value` a line;
a line that is indented goes on with the one above.

    goal      what the attacker would have won
    out       what must come out: `ITEM OUTCOME [KIND]`, `;` between. ITEM is an item of the target
              or `*`, every code item; OUTCOME one of the report's; KIND the kind of the item's
              first failure, `mismatch` for an answer that is wrong, or `carried`. Where a race
              decides, `a/b` is one of the two; neither may be `passed` then.
              `refused 2` where nothing may be graded at all and the command's exit code is 2.
              An item that is not named may end as it likes, but earns nothing.
    out LEVEL the same, where another level ends it otherwise
    holds     the levels that claim to hold it
    target    the assignment it is handed in for: vectors (default), tensors, activations
    student   the name it is handed in under, where that is part of the attack
    answers   the text of its answers.yaml
    source    where the idea comes from

Values of `student` and `answers` in quotes are Python's literals.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml

from grader.findings import Outcome
from grader.questions import FailureKind
from grader.sandbox.probe import LEVELS

ROOT = Path(__file__).resolve().parents[2]
ATTACKS = Path(__file__).parent / "attacks"
PACKAGES = Path(__file__).parent / "packages"
FAMILIES = ("forge", "find", "escape", "ignorance", "starve", "survive", "poison", "inject")

TARGETS = {
    "vectors": ROOT / "tests" / "courses",
    "tensors": ROOT / "tests" / "courses",
    "activations": ROOT,
}
"""Where the two halves lie; `tensors` is `vectors` with torch's arrays."""

_KINDS = frozenset({*FailureKind, "mismatch", "carried"})
_KEYS = frozenset({"goal", "out", "holds", "target", "student", "answers", "source"})
_KEYS_OF_LEVELS = frozenset(f"out {level}" for level in LEVELS)


class HeaderError(Exception):
    """A header that does not say what it must; the text names the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What must become of one item: one of the outcomes, and of the kinds where there are any."""

    item: str
    outcomes: frozenset[str]
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Nothing is graded, and the command ends with this code."""

    code: int


Out = tuple[Wanted, ...] | Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Attack:
    """One attack: its name is `family/file`, its header, and its text as it is handed in."""

    name: str
    path: Path
    title: str
    goal: str
    outs: Mapping[str, Out] = field(repr=False)
    holds: tuple[str, ...]
    target: str
    student: str
    answers: str | None

    @property
    def family(self) -> str:
        """The folder it lies in."""
        return self.name.partition("/")[0]

    @property
    def is_package(self) -> bool:
        """Whether its module builds what is handed in, instead of being it."""
        return self.family == PACKAGES.name

    def out(self, level: str) -> Out:
        """What must come out at a level."""
        return self.outs.get(level, self.outs[""])

    def __str__(self) -> str:
        return self.name


def read(path: Path) -> Attack:
    """The attack in a file; nothing of it runs.

    Raises: HeaderError at a key, a level, an item, an outcome or a kind that does not exist, and
        where something is missing.
    """
    name = f"{path.parent.name}/{path.stem}"
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"), filename=str(path)))
    if not text:
        raise HeaderError(f"{name}: no docstring")
    title, _, rest = text.partition("\n\n")
    said = _pairs(name, rest)
    for key in ("goal", "out", "holds"):
        if not said.get(key):
            raise HeaderError(f"{name}: no {key}")
    if unknown := said.keys() - _KEYS - _KEYS_OF_LEVELS:
        raise HeaderError(f"{name}: {', '.join(sorted(unknown))} is no key of a header")
    target = said.get("target", "vectors")
    if target not in TARGETS:
        raise HeaderError(f"{name}: there is no target {target}")
    holds = tuple(said["holds"].split())
    if not holds or set(holds) - set(LEVELS):
        raise HeaderError(f"{name}: holds names what is no level")
    outs = {
        key.removeprefix("out").strip(): _out(name, value, target)
        for key, value in said.items()
        if key == "out" or key in _KEYS_OF_LEVELS
    }
    student = _literal(said["student"]) if "student" in said else name.replace("/", "-")
    return Attack(
        name=name,
        path=path,
        title=" ".join(title.split()),
        goal=said["goal"],
        outs=outs,
        holds=holds,
        target=target,
        student=student,
        answers=_literal(said["answers"]) if "answers" in said else None,
    )


def everything() -> list[Attack]:
    """Every attack and every package, by family and name."""
    files = [path for family in FAMILIES for path in sorted((ATTACKS / family).glob("*.py"))]
    files += [path for path in sorted(PACKAGES.glob("*.py")) if path.stem != "__init__"]
    return [read(path) for path in files]


@cache
def code_items(target: str) -> tuple[str, ...]:
    """The ids of a target's items that code answers."""
    slug = "vectors" if target == "tensors" else target
    path = TARGETS[target] / "assignments" / slug / "assignment.yaml"
    items = yaml.safe_load(path.read_text(encoding="utf-8"))["items"]
    return tuple(item["id"] for item in items if item.get("kind", "code") == "code")


@cache
def all_items(target: str) -> tuple[str, ...]:
    """The ids of all items of a target."""
    slug = "vectors" if target == "tensors" else target
    path = TARGETS[target] / "assignments" / slug / "assignment.yaml"
    return tuple(item["id"] for item in yaml.safe_load(path.read_text(encoding="utf-8"))["items"])


def _pairs(name: str, text: str) -> dict[str, str]:
    said: dict[str, str] = {}
    key = ""
    for line in text.splitlines():
        if not line.strip():
            continue
        if line[0].isspace():
            if not key:
                raise HeaderError(f"{name}: an indented line follows none")
            said[key] += f" {line.strip()}"
            continue
        found = re.fullmatch(r"([a-z]+(?: [a-z]+)?):(?: (.*))?", line)
        if found is None:
            raise HeaderError(f"{name}: {line!r} is no `key: value`")
        key = found[1]
        if key in said:
            raise HeaderError(f"{name}: {key} stands there twice")
        said[key] = (found[2] or "").strip()
    return said


def _out(name: str, text: str, target: str) -> Out:
    words = text.split()
    if words[:1] == ["refused"]:
        if len(words) != 2 or not words[1].isdigit():
            raise HeaderError(f"{name}: `refused` takes an exit code")
        return Refused(code=int(words[1]))
    wanted: dict[str, Wanted] = {}
    for part in text.split(";"):
        item, *more = part.split()
        items = code_items(target) if item == "*" else (item,)
        if not 1 <= len(more) <= 2:
            raise HeaderError(f"{name}: {part.strip()!r} is not `ITEM OUTCOME [KIND]`")
        if not set(items) <= set(all_items(target)):
            raise HeaderError(f"{name}: {target} has no item {item}")
        outcomes = frozenset(more[0].split("/"))
        if outcomes - {*Outcome} or (len(outcomes) > 1 and Outcome.PASSED in outcomes):
            raise HeaderError(f"{name}: {more[0]} is no outcome, or leaves open whether it won")
        kinds = frozenset("/".join(more[1:]).split("/")) - {""}
        if kinds - _KINDS:
            raise HeaderError(f"{name}: {'/'.join(sorted(kinds))} is no kind")
        for one in items:
            wanted[one] = Wanted(item=one, outcomes=outcomes, kinds=kinds)
    return tuple(wanted.values())


def _literal(text: str) -> str:
    if text[:1] not in ("'", '"'):
        return text
    try:
        return str(ast.literal_eval(text))
    except (SyntaxError, ValueError) as error:
        raise HeaderError(f"{text} is no literal") from error
