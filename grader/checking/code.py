"""Code: somebody's functions, callable from this side of the wall. Held: what stays over there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal

import numpy as np

from grader.errors import CourseError, Failed
from grader.questions import Answer, Arguments, Failure, FailureKind, Question, Ref, Returns
from grader.respondents import Respondent


class Code:
    """The functions of one submission (or of the reference) as a check sees them.

    `code.name(…)` asks the box to call the function `name`. What comes back is numpy arrays,
    numbers, strings, None and tuples, lists, dicts of these, and a Held where the assignment's
    `returns` says so. A question that gets no usable answer raises Failed.
    """

    def __init__(
        self,
        respondent: Respondent,
        returns_of: Callable[[str], Returns],
        seat: Literal["student", "reference"] = "student",
        *,
        single: bool = False,
    ) -> None:
        """`single` says that floats are in single precision there, as on an accelerator."""
        self._respondent = respondent
        self._returns_of = returns_of
        self._seat = seat
        self._single = single
        self._asked = 0

    def __getattr__(self, name: str) -> Call:
        if name.startswith("__"):
            raise AttributeError(name)
        return Call(self, name)

    def keep(self, value: Any) -> Held:
        """Put a value into the box; the Held names it in later calls.

        Its `kept` is the value as it is there: on an accelerator float64 has become float32.
        """
        kept = _own(value)
        held = self._ask("keep", "", (Arguments(positional=(kept,)),), "held")[0]
        assert isinstance(held, Held)
        held._kept = _in_single_precision(kept) if self._single else kept
        return held

    def read(self, held: Held) -> Any:
        """Bring out what a Held points at."""
        return self._ask("read", held._ref, (Arguments(),), "value")[0]

    def make(self, name: str) -> Held:
        """A Held on anything importable in the box by dotted name: `make("torch.Generator")`."""
        held = self._ask("make", name, (Arguments(),), "held")[0]
        assert isinstance(held, Held)
        return held

    def _ask(
        self, verb: Any, target: str | Ref, calls: tuple[Arguments, ...], returns: Returns
    ) -> list[Any]:
        _refuse_strangers(calls, self)
        calls = tuple(map(_sent, calls))
        question = Question(id=self._asked, verb=verb, target=target, calls=calls, returns=returns)
        self._asked += 1
        answer = self._respondent.ask(question)
        problem = answer.failure or _broken(question, answer)
        if problem is not None:
            raise Failed(problem, self._seat)
        return [_with_holds(value, self) for value in answer.values]


class Call:
    """A function over there; calling it is one round trip, and so is `many`."""

    def __init__(self, code: Code, name: str) -> None:
        self._code = code
        self.name = name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call once; what came back."""
        return self._calls([Arguments(positional=args, named=kwargs)])[0]

    def many(self, calls: Sequence[tuple[Any, ...]]) -> list[Any]:
        """Call once for each tuple of arguments, all in one round trip."""
        return self._calls([Arguments(positional=tuple(args)) for args in calls])

    def _calls(self, calls: list[Arguments]) -> list[Any]:
        returns = self._code._returns_of(self.name)
        return self._code._ask("call", self.name, tuple(calls), returns)


class Held:
    """An object that stays inside its box.

    Attributes, indices and calls lead to further Helds; `code.read(held)` brings a value out.
    Following an attribute or an index costs nothing until it is used.
    """

    def __init__(self, code: Code, ref: Ref) -> None:
        self._code = code
        self._ref = ref
        self._kept: Any = None

    @property
    def kept(self) -> Any:
        """The value that was put into the box by `keep`; None for any other Held."""
        return self._kept

    @property
    def code(self) -> Code:
        """The Code whose box holds the object."""
        return self._code

    def __getattr__(self, name: str) -> Held:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._at(("attribute", name))

    def __getitem__(self, index: int | str) -> Held:
        return self._at(("index", index))

    def __iter__(self) -> Any:
        raise TypeError("a Held cannot be iterated; read it, or index it")

    def __call__(self, *args: Any, **kwargs: Any) -> Held:
        """Call the object; a Held on what it returned."""
        call = Arguments(positional=args, named=kwargs)
        held = self._code._ask("call", self._ref, (call,), "held")[0]
        assert isinstance(held, Held)
        return held

    def _at(self, step: Any) -> Held:
        ref = self._ref
        return Held(self._code, Ref(question=ref.question, part=ref.part, path=(*ref.path, step)))


def described(value: Any) -> str:
    """A value in a few words, for messages: `one array (3, 4)`, `a tuple of 2`."""
    if isinstance(value, np.ndarray):
        return f"one array {value.shape}"
    if isinstance(value, (tuple, list, dict, set)):
        return f"a {type(value).__name__} of {len(value)}"
    return "None" if value is None else f"one {type(value).__name__}"


def _refuse_strangers(calls: tuple[Arguments, ...], code: Code) -> None:
    """A Held means nothing in another box than its own."""
    for call in calls:
        for value in (*call.positional, *call.named.values()):
            if any(held._code is not code for held in _holds_in(value)):
                raise CourseError("a check hands a Held of one code to the other; read it first")


def _holds_in(value: Any) -> Iterator[Held]:
    if isinstance(value, Held):
        yield value
    elif isinstance(value, (tuple, list, dict)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _holds_in(part)


def _sent(call: Arguments) -> Arguments:
    return Arguments(
        positional=tuple(map(_as_sent, call.positional)),
        named={name: _as_sent(value) for name, value in call.named.items()},
    )


def _as_sent(value: Any) -> Any:
    if isinstance(value, Held):
        return value._ref
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, (tuple, list)):
        return type(value)(map(_as_sent, value))
    if isinstance(value, dict):
        return {key: _as_sent(entry) for key, entry in value.items()}
    return value


def _own(value: Any) -> Any:
    """A value whose arrays are nobody else's: a check may write into its own, and a record of what
    was said must not change with them."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, (tuple, list)):
        return type(value)(map(_own, value))
    if isinstance(value, dict):
        return {key: _own(entry) for key, entry in value.items()}
    return set(value) if isinstance(value, set) else value


def _in_single_precision(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return value.astype(np.float32) if value.dtype.kind == "f" else value
    if isinstance(value, (tuple, list)):
        return type(value)(map(_in_single_precision, value))
    if isinstance(value, dict):
        return {key: _in_single_precision(entry) for key, entry in value.items()}
    return value


def _with_holds(value: Any, code: Code) -> Any:
    if isinstance(value, Ref):
        return Held(code, value)
    if isinstance(value, (tuple, list)):
        return type(value)(_with_holds(part, code) for part in value)
    return _own(value)


def _broken(question: Question, answer: Answer) -> Failure | None:
    """An answer is a claim: it must have the form that was asked, whatever the worker says."""
    if len(answer.values) == len(question.calls) and all(
        _has_form(value, question.returns, question.id) for value in answer.values
    ):
        return None
    message = f"the answer to {question.target} does not have the form that was asked"
    return Failure(kind=FailureKind.UNREADABLE, message=message)


def _has_form(value: Any, returns: Returns, question: int) -> bool:
    if isinstance(returns, tuple):
        return (
            isinstance(value, tuple)
            and len(value) == len(returns)
            and all(_has_form(*pair, question) for pair in zip(value, returns, strict=True))
        )
    if returns == "held":
        return isinstance(value, Ref) and value.question == question and not value.path
    if returns == "array":
        return isinstance(value, np.ndarray)
    return not _holds_a_ref(value)


def _holds_a_ref(value: Any) -> bool:
    if isinstance(value, Ref):
        return True
    if isinstance(value, dict):
        return any(map(_holds_a_ref, value.values()))
    return isinstance(value, (tuple, list)) and any(map(_holds_a_ref, value))
