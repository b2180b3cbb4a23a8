"""Frames: what an item sends, as the judge reads it from a box and from a plain process, and as a
check then compares it.
"""

from __future__ import annotations

import io
import json
import random
from functools import cache
from typing import Any

import numpy as np

from grader import wire
from grader.checking import expect
from grader.checking.code import Code
from grader.errors import Failed, Mismatch, WireError
from grader.inert import is_inert
from grader.questions import Answer, Arguments, Failure, FailureKind, Question, Ref, Returns
from grader.sandbox import talk
from tests.fuzz.mutations import Format, mutated, tree_mutated
from tests.fuzz.readers import MIB, REFUSED, VALUE, Reader, refused
from tests.values import same

ASKED = Question(id=7, verb="call", target="f", calls=(Arguments(),))
FORMS: tuple[Returns, ...] = ("value", "array", "held", ("array", "held"), ("array", ("value",)))
NUMBERS = (
    *(np.arange(6.0).reshape(2, 3), np.zeros((0, 2)), np.array([True, False]), 0.5, 3),
    *((np.ones(2), 1.0), {"a": np.ones(2)}, [1.0, None]),
)
WORDS = ("text", None, {"x"})


class Claimant:
    """Answers whatever is asked with the one answer that it has."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def ask(self, question: Question) -> Answer:
        number = self._answer.question
        return Answer(question=number, values=self._answer.values, failure=self._answer.failure)


@cache
def frames() -> tuple[tuple[Any, bytes], ...]:
    """Headers with their bodies, of every kind of answer."""
    values = (
        *(None, True, 3, -(1 << 63), 0.1, float("nan"), "text", "текст", (), [], {}, {"a", "b"}),
        *((np.arange(6.0), Ref(question=0, part=0)), [np.zeros((2, 0)), (1.5, {"k": [None]})]),
        *({None: 1, 2: "b", 0.5: True}, Ref(question=0, part=1, path=(("index", 1),))),
        *(np.zeros((2, 3), dtype) for dtype in wire.DTYPES.values()),
        np.full(20_000, 0.25),
    )
    made = [Answer(question=7, values=(value,)) for value in values]
    made.append(Answer(question=7, values=values))
    made += [
        Answer(question=7, failure=Failure(kind=kind, message="text", where="work.py:3"))
        for kind in FailureKind
    ]
    packed = map(wire.pack_answer, made)
    return tuple(wire.unpack(one) for one in packed)


@cache
def whole_frames() -> tuple[bytes, ...]:
    return tuple(wire.pack(header, body) for header, body in frames())


FRAME = Format(
    words=(
        *(b'{"f":"', b'{"a":["float64",[', b'{"h":[7,0,[]]}', b'"id":7,', b'"values":[', b"null"),
        *(b'"failure":["raised","', b"\\ud800", b"\\u0000", b"1e999", b"NaN", b"\x00", b"{}", b","),
    ),
    brackets=((b"[", b"]"), (b'{"t":[', b"]}"), (b'{"d":[["k",', b"]]}"), (b'{"l":[', b"]}")),
)


def make_frame(chance: random.Random) -> bytes:
    header, body = chance.choice(frames())
    way = chance.random()
    if way < 0.1:
        return mutated(chance, chance.choice(whole_frames()), whole_frames(), FRAME)
    if way < 0.25:
        text = mutated(chance, json.dumps(header).encode(), _header_texts(), FRAME)
    else:
        parts = nodes()
        for _ in range(chance.choice((1, 1, 2, 5))):
            if chance.random() < 0.1 or type(header) is not dict or len(header) < 2:
                header = tree_mutated(chance, header, parts)
            else:
                # Another id, and nothing else of the frame is read.
                part = chance.choice([name for name in header if name != "id"])
                header = {**header, part: tree_mutated(chance, header[part], parts)}
        text = json.dumps(header).encode()
    if chance.random() < 0.2:
        body = mutated(chance, body, _bodies(), FRAME)
    return wire.PREFIX.pack(len(text), len(body)) + text + body


@cache
def _header_texts() -> tuple[bytes, ...]:
    return tuple(json.dumps(header).encode() for header, _ in frames())


@cache
def _bodies() -> tuple[bytes, ...]:
    return tuple(body for _, body in frames())


@cache
def nodes() -> tuple[Any, ...]:
    """Values that need no bytes of a body."""
    return tuple(node for header, body in frames() if not body for node in header["values"])


def read_frame(raw: bytes) -> str:
    """As a box's and a process's answer, then as what a check makes of it."""
    answer = talk.answer_in(raw, ASKED)
    try:
        streamed = wire.answer_from(*wire.read(io.BytesIO(raw).read))
    except (WireError, EOFError):
        streamed = None
    if answer is None:
        return REFUSED
    assert isinstance(answer, Answer)
    assert streamed is not None
    # A failure's values are dropped.
    assert same(answer.values, () if answer.failure else streamed.values)
    assert wire_keeps(answer)
    for value in answer.values:
        assert is_plain(value)
    if answer.failure is not None:
        assert is_inert(answer.failure.message + (answer.failure.where or ""))
        assert len(answer.failure.message) <= talk.LONGEST_MESSAGE
    _judge(answer, len(raw))
    return VALUE


def wire_keeps(answer: Answer) -> bool:
    again = wire.answer_from(*wire.unpack(wire.pack_answer(answer)))
    return same(again.values, answer.values)


def is_plain(value: Any, depth: int = 0) -> bool:
    """Whether a value is of a kind that crosses, and no subclass; its arrays can be written to."""
    kind = type(value)
    if kind is np.ndarray:
        return value.dtype in wire.DTYPES.values() and value.flags.writeable and value.flags.aligned
    if kind in (tuple, list, set):
        return depth <= wire.MAX_DEPTH and all(is_plain(part, depth + 1) for part in value)
    if kind is dict:
        return depth <= wire.MAX_DEPTH and all(
            is_plain(part, depth + 1) for pair in value.items() for part in pair
        )
    if kind is str:
        return bool(value.encode() or True)
    return kind in (int, float, bool, type(None), Ref)


def _judge(answer: Answer, number: int) -> None:
    """A check that asks, and compares what it got."""
    code = Code(Claimant(answer), lambda _: FORMS[number % len(FORMS)])
    code._asked = ASKED.id
    try:
        given = code.f()
    except Failed:
        return
    pairs = [(expect.close, number) for number in NUMBERS]
    pairs += [(expect.equal, wanted) for wanted in (*NUMBERS, *WORDS)]
    for compare, wanted in pairs:
        try:
            compare(given, wanted, what="dx")
        except Mismatch as ours:
            refused(ours)


FRAMES = Reader(
    name="frames", make=make_frame, read=read_frame, per_byte=64, floor=4 * MIB, share=30
)
