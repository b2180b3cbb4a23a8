"""Questions that need no code: the student's answers.yaml against the course's key.

Judged without a check function, and without a box: an answer is a number or a few letters.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from grader.errors import CourseError, SubmissionError
from grader.findings import Evidence, Finding, Outcome, Shown, rounded, shown
from grader.inert import inert
from grader.questions import Failure, FailureKind
from grader.rubric import ANSWERS, Assignment
from grader.schema import did_you_mean
from grader.submission import MAX_ANSWERS_BYTES, Submission
from grader.yamlfile import Document, Place, load

CHECK = "answer"
"""The name under which a report lists the judgement of an answer."""

Scalar = str | int | float | bool | None

# Letters of a Russian keyboard that cannot be told from Latin ones on paper or on a screen.
_LOOKS_LATIN = str.maketrans("АВЕКМНОРСТХаеорсух", "ABEKMHOPCTXaeopcyx")
_NUMBER = re.compile(r"[-+]?([0-9]+([.,][0-9]*)?|[.,][0-9]+)([eE][-+]?[0-9]+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a student's answers.yaml says: scalars and flat lists, by question."""

    values: Mapping[str, Scalar | list[Scalar]]
    lines: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberKey:
    """A number is right within `relative` times its size, or within `absolute`."""

    value: float
    relative: float = 0.0
    absolute: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceKey:
    """One option is right."""

    choice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoicesKey:
    """Exactly these options are right, in any order."""

    choices: frozenset[str]


Key = NumberKey | ChoiceKey | ChoicesKey


def question_of(item_id: str) -> str:
    """The name of an item's question in both answers.yaml files: `questions.` is left out."""
    return item_id.removeprefix("questions.")


def read_keys(assignment: Assignment) -> dict[str, Key]:
    """The key of every item of kind `answer`, by item id, from the course's secret half.

    Raises: CourseError naming file, line and key: a key without item, an item without key, a
        key of another form than `{value:, relative:}`, `{choice:}`, `{choices: []}`.
    """
    asked = {question_of(item.id): item.id for item in assignment.items if item.kind == "answer"}
    if not asked:
        return {}
    if assignment.secret is None:
        raise CourseError(f"{assignment.slug} has questions, and no reference/ with their key.")
    path = assignment.secret / ANSWERS
    document = load(path, name="/".join(path.parts[-3:]))
    written = document.value if isinstance(document.value, dict) else {}
    for name in written:
        if name not in asked:
            line = document.line_of((name,))
            raise CourseError(
                f'{document.name}:{line}: no item asks "{inert(name)}".{did_you_mean(name, asked)}'
            )
    for name, item_id in asked.items():
        if name not in written:
            raise CourseError(f'{document.name}:1: no key for the item "{item_id}". Add {name}.')
    return {item_id: _key(document, name) for name, item_id in asked.items()}


def read_answers(submission: Submission) -> Answers | Failure:
    """The student's answers, or why they cannot be read; a missing file answers nothing."""
    if submission.answers_problem is not None:
        return _unreadable(submission.answers_problem, None)
    if submission.answers is None:
        return Answers(values={}, lines={})
    try:
        document = load(
            submission.answers, name=ANSWERS, max_bytes=MAX_ANSWERS_BYTES, error=SubmissionError
        )
    except SubmissionError as broken:
        line = re.match(rf"{re.escape(ANSWERS)}:\d+", str(broken))
        return _unreadable(str(broken), line[0] if line else None)
    values = {} if document.value is None else document.value
    if not isinstance(values, dict):
        return _unreadable(f"{ANSWERS}: write one `question: answer` on a line.", f"{ANSWERS}:1")
    for name, value in values.items():
        parts = value if isinstance(value, list) else [value]
        if any(isinstance(part, (dict, list)) for part in parts):
            where = f"{ANSWERS}:{document.line_of((name,))}"
            return _unreadable(
                f"{where}: {inert(name)} is nested. Write a number, a letter, or a list of these.",
                where,
            )
    return Answers(values=values, lines={name: document.line_of((name,)) for name in values})


def judge(item_id: str, answers: Answers | Failure, key: Key) -> Finding:
    """Whether the answer to an item is right. The message never tells what would be.

    Only the evidence holds the expected value, for whoever may see it.
    """
    if isinstance(answers, Failure):
        return _failed(answers)
    name = question_of(item_id)
    given = answers.values.get(name, answers.values.get(item_id))
    if isinstance(given, list) and len(given) == 1 and not isinstance(key, ChoicesKey):
        given = given[0]
    if given is None or given == [] or (isinstance(given, str) and not given.strip()):
        where = f"{ANSWERS}:{answers.lines[name]}" if name in answers.lines else ANSWERS
        return _failed(Failure(kind=FailureKind.MISSING, message="no answer given", where=where))
    where = f"{ANSWERS}:{answers.lines.get(name, answers.lines.get(item_id, 1))}"
    if isinstance(key, NumberKey):
        return _judge_number(name, given, key, where)
    return _judge_choice(name, given, key, where)


def free_text(item_id: str, answers: Answers | Failure) -> Finding:
    """An answer that a person reads: in the evidence, line by line and harmless to show."""
    if isinstance(answers, Failure):
        return _waiting(answers.message, None)
    name = question_of(item_id)
    given = answers.values.get(name, answers.values.get(item_id))
    parts = given if isinstance(given, list) else [given]
    text = "\n".join(str(part) for part in parts if part is not None)
    lines = [inert(line) for line in text.strip().splitlines()]
    if not lines:
        return _waiting("no answer given", None)
    return _waiting(None, Evidence(what=name, given="\n".join(lines)))


def _waiting(message: str | None, evidence: Evidence | None) -> Finding:
    return Finding(check=CHECK, outcome=Outcome.PENDING, message=message, evidence=evidence)


def _judge_number(name: str, given: Scalar | list[Scalar], key: NumberKey, where: str) -> Finding:
    number = _number(given)
    if number is None:
        return _failed(
            _unreadable(f"{name}: {_brief(given)}; write one number, such as 0.25 or 4e-5.", where)
        )
    error = abs(number - key.value)
    allowed = max(key.absolute, key.relative * abs(key.value))
    # `not <=` instead of `>`: NaN is a wrong answer.
    if not error <= allowed:
        return _wrong(
            Evidence(
                what=name,
                given=rounded(number),
                expected=rounded(key.value),
                error=rounded(error, 2),
                tolerance=rounded(allowed, 2),
            )
        )
    return Finding(check=CHECK, outcome=Outcome.PASSED)


def _judge_choice(
    name: str, given: Scalar | list[Scalar], key: ChoiceKey | ChoicesKey, where: str
) -> Finding:
    options = given if isinstance(given, list) else str(given).split(",")
    known = {key.choice} if isinstance(key, ChoiceKey) else key.choices
    for option in options if all(map(str.isascii, known)) else []:
        if not _letter(option).isascii():
            text = f'{name}: "{_listed(option)}" is not in Latin letters; write one, such as b.'
            return _failed(_unreadable(text, where))
    if isinstance(key, ChoiceKey):
        if isinstance(given, list):
            return _failed(
                _unreadable(f"{name}: {_brief(given)}; write one option, such as b.", where)
            )
        right, expected = _letter(given) == key.choice, key.choice
    else:
        right = {_letter(option) for option in options} - {""} == key.choices
        expected = ", ".join(sorted(key.choices))
    if right:
        return Finding(check=CHECK, outcome=Outcome.PASSED)
    return _wrong(Evidence(what=name, given=_listed(given), expected=expected))


def _wrong(evidence: Evidence) -> Finding:
    message = f"{evidence.what}: {shown(evidence.given)} is not right"
    return Finding(check=CHECK, outcome=Outcome.FAILED, message=message, evidence=evidence)


def _failed(failure: Failure) -> Finding:
    return Finding(check=CHECK, outcome=Outcome.FAILED, message=failure.message, failure=failure)


def _unreadable(message: str, where: str | None) -> Failure:
    return Failure(kind=FailureKind.UNREADABLE, message=message, where=where)


def _number(given: Scalar | list[Scalar]) -> float | None:
    """A number as people write it: also in quotes, also with a decimal comma."""
    if isinstance(given, bool):
        return None
    if isinstance(given, (int, float)):
        return _finite(given)
    if isinstance(given, str) and len(given) < 100 and _NUMBER.fullmatch(given.strip()):
        return float(given.strip().replace(",", "."))
    return None


def _finite(given: int | float) -> float:
    try:
        return float(given)
    except OverflowError:
        return math.inf if given > 0 else -math.inf


def _letter(given: Any) -> str:
    """An option as people write it: in either case, `b)` and `(b)`, on a Russian keyboard too."""
    text = str(given).strip(" \t().")
    latin = text.translate(_LOOKS_LATIN)
    return (latin if latin.isascii() else text).casefold()


def _listed(given: Scalar | list[Scalar]) -> Shown:
    text = ", ".join(str(part) for part in given) if isinstance(given, list) else str(given)
    return inert(text if len(text) <= 100 else f"{text[:97]}...")


def _brief(given: Scalar | list[Scalar]) -> str:
    return "this is a list" if isinstance(given, list) else f'"{_listed(given)}" is not a number'


def _key(document: Document, name: str) -> Key:
    place: Place = (name,)
    entry = document.value[name]
    keys = set(entry) if isinstance(entry, dict) else set()
    if keys == {"choice"} and isinstance(entry["choice"], (str, int)):
        return ChoiceKey(choice=_letter(entry["choice"]))
    if keys == {"choices"} and isinstance(entry["choices"], list) and entry["choices"]:
        return ChoicesKey(choices=frozenset(_letter(option) for option in entry["choices"]))
    if "value" in keys and keys <= {"value", "relative", "absolute"}:
        numbers = {part: _number(entry[part]) for part in keys}
        found = {part: number for part, number in numbers.items() if number is not None}
        if len(found) == len(numbers) and all(map(math.isfinite, found.values())):
            return NumberKey(**found)
    raise CourseError(
        f"{document.at(place)} is not a key. Write {{value: 0.25, relative: 0.01}}, {{choice: b}} "
        "or {choices: [a, c]}."
    )
