from __future__ import annotations

import io
import random
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import wire
from grader.checking import record
from grader.checking.record import Record
from grader.errors import CourseError
from grader.questions import Answer, Arguments, Failure, FailureKind, Question, Ref
from tests.values import same, values

calls = st.lists(
    st.builds(Arguments, positional=st.lists(values, max_size=2).map(tuple)), max_size=2
).map(tuple)
questions = st.builds(
    Question,
    id=st.integers(0, 9),
    verb=st.just("call"),
    target=st.text(),
    calls=calls,
    returns=st.sampled_from(["value", ("array", "held")]),
)
answers = st.builds(
    Answer, question=st.integers(0, 9), values=st.lists(values, max_size=2).map(tuple)
)
dialogues = st.lists(st.tuples(questions, answers), max_size=2)
records = st.builds(
    Record,
    check=st.text(),
    draws=st.lists(st.tuples(st.text(), values), max_size=2),
    student=dialogues,
    reference=dialogues,
    problem=st.one_of(st.none(), st.text()),
)


def plain(one: Record):
    """All that is in a record, as values."""
    halves = [
        (
            question.id,
            question.verb,
            question.target,
            question.returns,
            [(call.positional, call.named) for call in question.calls],
            answer.question,
            answer.values,
        )
        for half in (one.student, one.reference)
        for question, answer in half
    ]
    return [one.check, list(one.draws), len(one.student), halves, one.problem]


SMALL = Record(
    check="mean.forward/values",
    draws=[("normal", np.arange(4.0)), ("choice", "b")],
    student=[
        (
            Question(id=0, verb="read", target=Ref(question=0, part=0)),
            Answer(
                question=0, failure=Failure(kind=FailureKind.RAISED, message="no", where="a.py:1")
            ),
        )
    ],
    reference=[],
)


@given(records)
def test_a_record_comes_back_as_it_was(one):
    assert same(plain(record.from_bytes(record.to_bytes(one), "r.npz")), plain(one))


def test_a_failure_comes_back_as_it_was():
    again = record.from_bytes(record.to_bytes(SMALL), "r.npz")

    assert again.student[0][1].failure == SMALL.student[0][1].failure


@given(records)
def test_a_record_that_was_read_is_written_as_the_same_bytes(one):
    data = record.to_bytes(one)

    assert record.to_bytes(record.from_bytes(data, "r.npz")) == data


def test_the_same_record_is_the_same_bytes_at_any_time(monkeypatch):
    data = record.to_bytes(SMALL)
    monkeypatch.setattr("time.time", lambda: 2e9)

    assert record.to_bytes(SMALL) == data


def test_nothing_in_a_record_is_pickled():
    with np.load(io.BytesIO(record.to_bytes(SMALL)), allow_pickle=False) as archive:
        assert {name: array.dtype for name, array in archive.items()} == {"frames": np.uint8}


def saved(**arrays):
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)
    return buffer.getvalue()


def frames(*parts):
    return saved(frames=np.frombuffer(b"".join(parts), np.uint8))


HEADER = {"check": "c", "draws": [], "student": 0, "reference": 0, "problem": None}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no archive",
        b"PK\x03\x04 nearly one",
        saved(other=np.zeros(3, np.uint8)),
        saved(frames=np.array([None, "x"], dtype=object)),
        frames(b""),
        frames(b"\0" * 20),
        frames(wire.pack({})),
        frames(wire.pack({**HEADER, "student": 1})),
        frames(wire.pack({**HEADER, "draws": [["normal"]]})),
        frames(wire.pack({**HEADER, "draws": 3})),
        frames(wire.pack({**HEADER, "student": "x"})),
        frames(wire.pack({**HEADER, "student": 1}), wire.pack({"calls": [[1, 2]]})),
    ],
    ids=lambda data: str(data[:12]) + str(len(data)),
)
def test_what_is_no_record_is_refused_by_name(data):
    with pytest.raises(CourseError, match=r"r\.npz is not a record of this version"):
        record.from_bytes(data, "r.npz")


def test_a_record_that_was_cut_or_changed_is_refused_or_read():
    chance, whole = random.Random(3), record.to_bytes(SMALL)
    refused = 0
    for _ in range(600):
        data = bytearray(whole[: chance.randrange(len(whole))] if chance.random() < 0.3 else whole)
        for _ in range(chance.randrange(1, 4)):
            if data:
                data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            record.from_bytes(bytes(data), "r.npz")
        except CourseError:
            refused += 1

    assert refused > 300


def test_a_draw_that_does_not_cross_cannot_be_recorded():
    with pytest.raises(CourseError, match="c cannot be recorded: it holds a object"):
        record.to_bytes(Record(check="c", draws=[("choice", object())], student=[], reference=[]))


def test_draws_may_be_larger_together_than_one_question():
    draws = [("normal", np.zeros(wire.MAX_BODY // 16)) for _ in range(3)]

    read = record.from_bytes(
        record.to_bytes(Record(check="c", draws=draws, student=[], reference=[])), "c.npz"
    )

    assert [len(value) for _, value in read.draws] == [wire.MAX_BODY // 16] * 3


@pytest.mark.parametrize(
    ("draws", "sentence"),
    [
        ([np.zeros(wire.MAX_BODY // 8 + 1)], "it holds more than 32 MiB of arrays. Draw and ask"),
        ([np.zeros(wire.MAX_BODY // 8)] * 9, "it holds more than 256 MiB in all. Draw and ask"),
    ],
)
def test_what_is_too_large_for_a_record_is_said_with_its_check(draws, sentence):
    one = Record(
        check="item/c", draws=[("normal", draw) for draw in draws], student=[], reference=[]
    )

    with pytest.raises(CourseError, match=f"item/c cannot be recorded: {re.escape(sentence)}"):
        record.to_bytes(one)
