from __future__ import annotations

import io
import json
import random
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import wire
from grader.errors import WireError
from grader.questions import Answer, Arguments, Failure, FailureKind, Question, Ref
from grader.sandbox import talk
from tests.values import arrays, integers, keys, refs, same, steps, values


def kind_of(value: object) -> str:
    """An id that is the same in every process: addresses and the order of sets are not."""
    return type(value).__name__


MIB = 1 << 20
ASKED = Question(id=7, verb="call", target="f")

arguments = st.builds(
    Arguments,
    positional=st.lists(values, max_size=3).map(tuple),
    named=st.dictionaries(st.text(), values, max_size=2),
)
returns = st.recursive(
    st.sampled_from(["value", "array", "held"]), lambda part: st.lists(part, min_size=1).map(tuple)
)
questions = st.builds(
    Question,
    id=integers,
    verb=st.sampled_from(["call", "make", "keep", "read"]),
    target=st.one_of(st.text(), refs),
    calls=st.lists(arguments, max_size=3).map(tuple),
    returns=returns,
)
failures = st.builds(
    Failure,
    kind=st.sampled_from(list(FailureKind)),
    message=st.text(),
    where=st.one_of(st.none(), st.text()),
)


def sent(value):
    body = wire.Body()
    node = wire.encode(value, body)
    return wire.decode_all([json.loads(json.dumps(node))], bytes(body))[0]


def frame(values, body=b"", **also):
    return wire.pack({"id": 7, "values": values, **also}, body)


def answered(raw):
    return wire.answer_from(*wire.unpack(raw))


@given(values)
def test_a_value_comes_back_as_it_was(value):
    assert same(sent(value), value)


@given(questions)
def test_a_question_comes_back_as_it_was(question):
    again = wire.question_from(*wire.unpack(wire.pack_question(question, check="c", seed=3)))

    assert (again.id, again.verb, again.target) == (question.id, question.verb, question.target)
    assert again.returns == question.returns
    assert same(
        [(call.positional, call.named) for call in again.calls],
        [(call.positional, call.named) for call in question.calls],
    )


def test_what_goes_along_with_a_question_stands_in_its_header():
    header, _ = wire.unpack(wire.pack_question(ASKED, check="item/check", seed=5))

    assert (header["check"], header["seed"]) == ("item/check", 5)


@given(integers, st.lists(values, max_size=3), st.one_of(st.none(), failures))
def test_an_answer_comes_back_as_it_was(number, parts, failure):
    answer = Answer(question=number, values=tuple(parts), failure=failure)

    again = answered(wire.pack_answer(answer))

    assert (again.question, again.failure) == (answer.question, answer.failure)
    assert same(again.values, answer.values)


@given(arrays)
def test_a_received_array_can_be_written_to(array):
    assert sent(array).flags.writeable


@pytest.mark.parametrize("order", ["<", ">"])
def test_numbers_keep_their_value_whatever_the_order_of_their_bytes(order):
    assert same(sent(np.arange(3.0).astype(f"{order}f8")), np.arange(3.0))


def test_an_array_that_is_a_view_crosses_in_its_own_order():
    assert same(sent(np.arange(6.0).reshape(2, 3).T[::-1]), np.arange(6.0).reshape(2, 3).T[::-1])


def test_a_byte_that_is_no_bool_becomes_one():
    (value,) = answered(frame([{"a": ["bool", [2]]}], b"\x00\x07")).values

    assert value.tobytes() == b"\x00\x01"


def test_a_lone_surrogate_does_not_come_out():
    text, names = answered(frame(["\ud800", {"s": ["\udfff"]}])).values

    assert (text, names) == ("?", {"?"})


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (object(), "a object"),
        (1j, "a complex"),
        (1 << 63, "64 bits"),
        ({1}, "a set"),
        ({(1, 2): 3}, "a tuple among its keys"),
        (np.zeros(2, np.complex128), "complex128"),
        (np.array([None]), "object"),
        (np.zeros((1,) * 17), "17 dimensions"),
        (np.float64(1.0), "a float64"),
    ],
    ids=kind_of,
)
def test_what_does_not_cross_is_refused_by_name(value, said):
    with pytest.raises(WireError, match=said):
        wire.encode(value, wire.Body())


def test_a_subclass_does_not_pass_for_what_it_is_made_of():
    class Text(str):
        __slots__ = ()

    with pytest.raises(WireError, match="a Text"):
        wire.encode([Text("x")], wire.Body())


def test_a_value_nested_too_deeply_is_refused():
    value = []
    for _ in range(wire.MAX_DEPTH + 1):
        value = [value]

    with pytest.raises(WireError, match="deeply"):
        wire.encode(value, wire.Body())


def test_an_array_that_is_larger_than_a_frame_is_refused_before_it_is_copied():
    huge = np.broadcast_to(np.zeros(1), (1 << 40,))

    with pytest.raises(WireError, match="more than 32 MiB"):
        wire.encode(huge, wire.Body())


MANY = {
    "a list": [0] * wire.MAX_VALUES,
    "lists": [[0] * (wire.MAX_VALUES // 4)] * 4,
    "a dict": dict.fromkeys(range(wire.MAX_VALUES // 2)),
    "texts": {str(number) for number in range(wire.MAX_VALUES)},
}


@pytest.mark.parametrize("value", MANY.values(), ids=MANY)
def test_more_values_than_a_frame_holds_are_not_packed(value):
    with pytest.raises(WireError, match="more than 65536 values"):
        wire.encode(value, wire.Body())


@pytest.mark.parametrize(
    "node",
    [
        {"l": [0] * wire.MAX_VALUES},
        {"l": [{"l": []}] * wire.MAX_VALUES},
        {"s": ["a"] * wire.MAX_VALUES},
        {"d": [[0, 0]] * (wire.MAX_VALUES // 2)},
    ],
)
def test_more_values_than_a_frame_holds_are_not_read(node):
    with pytest.raises(WireError, match="more than 65536 values"):
        wire.decode_all([node], b"")


def test_as_many_values_as_a_frame_holds_cross():
    assert sent([0] * (wire.MAX_VALUES - 1)) == [0] * (wire.MAX_VALUES - 1)


def test_a_header_over_its_cap_is_not_packed():
    with pytest.raises(WireError, match="over the cap"):
        wire.pack({"text": "x" * wire.MAX_HEADER})


@pytest.mark.parametrize(
    "node",
    [
        1.5,
        [1],
        {},
        {"f": "1", "a": []},
        {"f": 1},
        {"f": "zz"},
        {"f": "0x1p99999"},
        {"x": []},
        {"t": "ab"},
        {"s": [1]},
        {"d": [[1]]},
        {"d": [[{"t": []}, 1]]},
        {"a": ["float64"]},
        {"a": ["float64", [-1]]},
        {"a": ["float64", [True]]},
        {"a": ["float64", [1]]},
        {"a": ["object", [0]]},
        {"a": ["float64", [0, 10**30]]},
        {"a": ["float64", [0] * 17]},
        {"h": [1, 2]},
        {"h": [1, 2, [["step", "x"]]]},
        {"h": [1, 2, [["index", None]]]},
        {"h": [1, 2, "path"]},
        1 << 63,
    ],
    ids=kind_of,
)
def test_what_is_no_value_is_refused(node):
    with pytest.raises(WireError):
        answered(frame([node]))


@pytest.mark.parametrize(
    "header",
    [
        {},
        {"id": "7", "values": []},
        {"id": True, "values": []},
        {"id": 7, "values": {}},
        {"id": 7, "values": [], "failure": ["raised", "text"]},
        {"id": 7, "values": [], "failure": ["passed", "text", None]},
        {"id": 7, "values": [], "failure": [{}, "text", None]},
        {"id": 7, "values": [], "failure": ["raised", None, None]},
        {"id": 7, "values": [], "failure": ["raised", "text", 3]},
        {"id": 7, "values": [], "failure": "raised"},
    ],
    ids=kind_of,
)
def test_a_header_that_is_no_answers_is_refused(header):
    with pytest.raises(WireError):
        answered(wire.pack(header))


def test_bytes_behind_the_last_array_are_refused():
    with pytest.raises(WireError, match="longer than its arrays"):
        answered(frame([], b"more"))


def test_a_frame_with_bytes_behind_it_is_refused():
    with pytest.raises(WireError, match="as long as it says"):
        wire.unpack(frame([]) + b"x")


def test_a_stream_that_ended_before_a_frame_is_no_error():
    with pytest.raises(EOFError):
        wire.read(io.BytesIO(b"").read)


@pytest.mark.parametrize("kept", [1, 7, 8, 12, -1])
def test_a_stream_that_ends_within_a_frame_is_an_error(kept):
    with pytest.raises(WireError):
        wire.read(io.BytesIO(frame([{"a": ["uint8", [4]]}], b"abcd")[:kept]).read)


def test_frames_are_read_one_after_the_other():
    stream = io.BytesIO(frame([1]) + frame([2]))

    assert [wire.read(stream.read)[0]["values"] for _ in range(2)] == [[1], [2]]


def test_a_length_costs_no_memory_before_its_bytes_come():
    stream = io.BytesIO(wire.PREFIX.pack(wire.MAX_HEADER, wire.MAX_BODY) + b"{}")
    tracemalloc.start()
    with pytest.raises(WireError, match="within a frame"):
        wire.read(stream.read)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 4 * MIB


@pytest.mark.parametrize("lengths", [(wire.MAX_HEADER + 1, 0), (2, wire.MAX_BODY + 1)])
def test_a_length_over_its_cap_is_refused(lengths):
    with pytest.raises(WireError, match="over the cap"):
        wire.read(io.BytesIO(wire.PREFIX.pack(*lengths)).read)


def test_a_header_nested_without_end_is_refused():
    text = b"[" * 200_000

    with pytest.raises(WireError, match="not JSON"):
        wire.unpack(wire.PREFIX.pack(len(text), 0) + text)


FUZZED = 12_000


def seeds(chance):
    """Well-formed answers of every kind, to be spoiled."""
    nodes = [None, True, 3, "text", {"f": "0x1p0"}, {"t": [1, 2]}, {"l": [{"l": []}]}]
    nodes += [{"d": [["k", {"f": "nan"}]]}, {"s": ["a", "b"]}, {"h": [7, 0, [["index", 1]]]}]
    for name, dtype in wire.DTYPES.items():
        shape = [chance.randrange(4) for _ in range(chance.randrange(4))]
        size = int(np.prod(shape)) * dtype.itemsize
        yield frame([{"a": [name, shape]}], chance.randbytes(size))
    yield from (frame([node]) for node in nodes)
    yield frame(nodes)
    for kind in [*FailureKind, "passed"]:
        yield frame([], failure=[kind, "text", "file.py:3"])


def spoiled(chance, raw):
    """The frame with something wrong: bytes, lengths, JSON, or its end."""
    way = chance.randrange(6)
    if way == 0:
        return chance.randbytes(chance.randrange(64))
    if way == 1:
        return raw[: chance.randrange(len(raw))]
    if way == 2:
        return wire.PREFIX.pack(*(chance.getrandbits(32) for _ in range(2))) + raw[8:]
    if way == 3:
        header, _ = wire.lengths(raw[:8])
        text = bytearray(raw[8 : 8 + header])
        for _ in range(chance.randint(1, 3)):
            piece = chance.choice([b"[", b"]", b'"', b"{", b"9" * 25, b"-1", b"1e999", b"NaN"])
            place = chance.randrange(len(text))
            text[place : place + chance.randrange(3)] = piece
        body = raw[8 + header :]
        return wire.PREFIX.pack(len(text), len(body)) + text + body
    changed = bytearray(raw)
    for _ in range(chance.randint(1, 4)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def read_as_the_judge_does(raw):
    """What the judge makes of a frame, by each of its two ways in."""
    try:
        streamed = wire.answer_from(*wire.read(io.BytesIO(raw).read))
    except (WireError, EOFError):
        streamed = None
    return streamed, talk.answer_in(raw, ASKED)


def test_no_frame_does_more_than_be_an_answer_or_an_error():
    chance = random.Random(20)
    tracemalloc.start()
    read = 0
    while read < FUZZED:
        for raw in seeds(chance):
            for answer in read_as_the_judge_does(spoiled(chance, raw)):
                assert answer is None or isinstance(answer, Answer)
            read += 1
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 64 * MIB


@pytest.mark.parametrize("piece", ['{"h":[1,2,[]]},', "[],"])
def test_a_header_grows_to_less_than_64_times_its_length_in_memory(piece):
    length = wire.MAX_HEADER // 8
    text = b'{"id":7,"values":[' + piece.encode() * (length // len(piece)) + b"1]}"
    raw = wire.PREFIX.pack(len(text), 0) + text
    tracemalloc.start()
    read_as_the_judge_does(raw)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 64 * length


@given(st.recursive(st.one_of(keys, st.just([])), lambda part: st.lists(part, max_size=3)))
def test_a_header_of_any_json_is_an_answer_or_an_error(node):
    text = json.dumps({"id": 7, "values": node, "failure": node}).encode()

    answers = read_as_the_judge_does(wire.PREFIX.pack(len(text), 0) + text)

    assert all(answer is None or isinstance(answer, Answer) for answer in answers)


@given(st.lists(steps, max_size=3).map(tuple))
def test_the_way_into_a_held_object_comes_back_as_it_was(path):
    ref = Ref(question=1, part=2, path=path)

    assert sent(ref) == ref
