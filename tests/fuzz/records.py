"""Records: the reference's answers, as a release brings them along and a store keeps them."""

from __future__ import annotations

import io
import json
import random
import zipfile
from functools import cache

import numpy as np

from grader import wire
from grader.checking import record
from grader.errors import CourseError
from grader.questions import Answer, Arguments, Question, Ref
from tests.fuzz.frames import nodes
from tests.fuzz.mutations import Format, mutated, tree_mutated
from tests.fuzz.readers import MIB, VALUE, Reader, refused


@cache
def record_frames() -> tuple[bytes, ...]:
    asked = Question(id=0, verb="call", target="f", calls=(Arguments(positional=(1.5,)),))
    held = Question(id=1, verb="read", target=Ref(question=0, part=0), calls=(Arguments(),))
    told = Answer(question=0, values=(np.arange(4.0), "text"))
    one = record.Record(
        check="mean.forward/values",
        draws=[("normal", np.arange(4.0)), ("choice", "b"), ("integers", 3)],
        student=[(asked, told), (held, Answer(question=1, values=(None,)))],
        reference=[(asked, told)],
    )
    with np.load(io.BytesIO(record.to_bytes(one)), allow_pickle=False) as archive:
        stream = io.BytesIO(archive["frames"].tobytes())
    parts = []
    while prefix := stream.read(wire.PREFIX.size):
        parts.append(prefix + stream.read(sum(wire.lengths(prefix))))
    return tuple(parts)


ARCHIVE = Format(
    words=(
        b"PK\x03\x04",
        b"PK\x01\x02",
        b"PK\x05\x06",
        b"\x93NUMPY",
        b"frames.npy",
        b"|u1",
        b"|O",
        b"(3,)",
    ),
    brackets=((b"(", b")"), (b"[", b"]")),
)
HEADER = "{'descr': '|u1', 'fortran_order': False, 'shape': (%d,), }"
HEADERS = Format(
    words=(
        b"'|O'",
        b"'<f8'",
        b"'|S9999999999'",
        b"True",
        b"(",
        b",",
        b"-1",
        b"9" * 12,
        b"'<M8[s]'",
        b"()",
    ),
    brackets=((b"(", b")"), (b"[", b"]"), (b"{1:", b"}")),
)
FLAGS, METHOD = 8, 10
"""Where an entry of a zip's index says that it is encrypted, and how it is packed."""


def make_record(chance: random.Random) -> bytes:
    way = chance.random()
    parts = list(record_frames())
    if way < 0.5:
        place = chance.randrange(len(parts))
        parts[place] = _spoiled_frame(chance, parts[place])
        if chance.random() < 0.3:
            chance.shuffle(parts)
    data = b"".join(parts)
    text = (HEADER % len(data)).encode()
    if 0.5 <= way < 0.75:
        text = mutated(chance, text, (text,), HEADERS)[:60_000]
    array = b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text + data
    if 0.75 <= way < 0.8:
        array = mutated(chance, array, (array,), ARCHIVE)
    packed = _zipped(array, chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)))
    if 0.8 <= way < 0.9:
        at = packed.rindex(b"PK\x01\x02") + chance.choice((FLAGS, METHOD, 20, 24, 42))
        return packed[:at] + chance.randbytes(1) + packed[at + 1 :]
    return mutated(chance, packed, (packed,), ARCHIVE) if way >= 0.9 else packed


def _spoiled_frame(chance: random.Random, frame: bytes) -> bytes:
    header, body = wire.unpack(frame)
    for _ in range(chance.choice((1, 1, 3))):
        header = tree_mutated(chance, header, (*nodes(), "student", 10**9, {"f": "0x1p0"}))
    text = json.dumps(header).encode()
    return wire.PREFIX.pack(len(text), len(body)) + text + body


def _zipped(array: bytes, method: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr(zipfile.ZipInfo("frames.npy"), array, method)
    return buffer.getvalue()


def read_record(data: bytes) -> str:
    try:
        one = record.from_bytes(data, "check.npz")
    except CourseError as broken:
        return refused(broken, "check.npz")
    assert isinstance(one, record.Record)
    return VALUE


RECORDS = Reader(
    name="records", make=make_record, read=read_record, per_byte=64, floor=4 * MIB, share=10
)
