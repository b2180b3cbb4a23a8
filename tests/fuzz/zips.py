"""Zips gone wrong: entries that contradict their members, names of every kind, cut and crossed."""

from __future__ import annotations

import io
import random
import re
import struct
import warnings
import zipfile
from functools import cache

from grader.reading.parcel import Parcel
from grader.reading.untrusted import Unreadable
from tests.fuzz.mutations import LENGTHS, Format, mutated
from tests.fuzz.readers import MIB, VALUE, Reader, refused

WANTED = ("work.py", "answers.yaml", "работа.py")
MOST = 64 << 10
MARKS = (b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07", b"PK\x07\x08")
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
OTHER_METHODS = (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, 9, 93, 99)
"""Said of what was packed otherwise: packing like this takes longer than all the rest."""
NAMES = (
    *("work.py", "work.py", "hw/work.py", "hw/answers.yaml", "WORK.PY", "work.py/", "a/b/work.py"),
    *("../work.py", "/work.py", "C:work.py", "..\\work.py", "hw\\work.py", "./work.py", "a//b"),
    *("__MACOSX/._work.py", ".hidden", "работа.py", "hw/работа.py", "work.zip", "work (1).py"),
    *("a\nb", "a\x1b[2J", "a\u202eb", "\u0301", "x" * 300, "", "/", "..", ".", " ", "=1+1", "NUL"),
)
FIELDS = {
    MARKS[0]: ((4, 1), (5, 1), (6, 2), (8, 2), (10, 2), (16, 4), (20, 4), (24, 4), (28, 2)),
    MARKS[1]: ((6, 2), (8, 2), (14, 4), (18, 4), (22, 4), (26, 2), (28, 2)),
    MARKS[2]: ((4, 2), (6, 2), (8, 2), (10, 2), (12, 4), (16, 4), (20, 2)),
}
"""Where the fields of a mark's header lie, and how long they are."""
FORM = Format(
    words=(
        *(*MARKS, b"\x50\x4b", bytes(4), b"\xff" * 4, b"\xff" * 8),
        *(b"work.py", b"../", b"\\", b"\0", b"\x75\x70\x05\0\1", b"\x01\0\x10\0"),
    ),
    brackets=((MARKS[1], MARKS[0]), (MARKS[2], b"")),
)


@cache
def well_formed() -> tuple[bytes, ...]:
    """Zips as systems make them, of one file and of several."""
    return tuple(
        _zipped([(name, text) for name in names], method)
        for method in METHODS
        for text in (b"x = 1\n" * 50, bytes(70_000))
        for names in (("work.py",), ("hw/", "hw/work.py", "hw/answers.yaml"), ("работа.py",))
    )


def make_zip(chance: random.Random) -> bytes:
    way = chance.random()
    if way < 0.4:
        data = chance.choice(well_formed())
    else:
        entries = [(_name(chance), _text(chance)) for _ in range(chance.choice((0, 1, 2, 4, 30)))]
        data = _zipped(entries, chance.choice(METHODS), chance)
    for _ in range(chance.choice((0, 1, 1, 3))):
        data = _contradicted(chance, data)
    return mutated(chance, data, well_formed(), FORM) if chance.random() < 0.35 else data


def _zipped(
    entries: list[tuple[str, bytes]], method: int, chance: random.Random | None = None
) -> bytes:
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a name is there twice
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, text in entries:
                member = zipfile.ZipInfo("placeholder")
                member.filename = name
                if chance is not None:
                    member.create_system = chance.choice((0, 3, 3, 7))
                    member.external_attr = chance.choice((0, 0o100644, 0o120777, 0o40755)) << 16
                archive.writestr(member, text, method)
            if chance is not None and chance.random() < 0.1:
                archive.comment = chance.randbytes(chance.choice((1, 22, 60_000)))
    return buffer.getvalue()


def _name(chance: random.Random) -> str:
    name = chance.choice(NAMES)
    return name if chance.random() < 0.9 else f"{name}{chr(chance.randrange(1, 0xD800))}"


def _text(chance: random.Random) -> bytes:
    length = chance.choice((0, 1, 100, 5000, 66_000))
    return chance.randbytes(length) if chance.random() < 0.3 else b"a = 'b'\n" * (length // 8)


def _contradicted(chance: random.Random, data: bytes) -> bytes:
    """One field of one header says something else."""
    mark = chance.choice(tuple(FIELDS))
    places = [found.start() for found in re.finditer(re.escape(mark), data)]
    if not places:
        return data
    offset, width = chance.choice(FIELDS[mark])
    at = chance.choice(places) + offset
    said = chance.choice((*LENGTHS, *OTHER_METHODS, chance.getrandbits(32), len(data), 1 << 16))
    return data[:at] + struct.pack("<I", said)[:width] + data[at + width :]


def read_zip(data: bytes) -> str:
    try:
        packed = Parcel(data, WANTED)
    except Unreadable as broken:
        return refused(broken)
    assert packed.names == sorted(set(packed.names))
    assert not any(set(name) & {"/", "\\"} or name in ("", ".", "..") for name in packed.names)
    came = ""
    for name in packed.names[:40]:
        try:
            assert len(packed.read(name, MOST)) <= MOST
            came = came or VALUE
        except Unreadable as broken:
            came = refused(broken)
    return came or VALUE


ZIPS = Reader(name="zips", make=make_zip, read=read_zip, per_byte=64, floor=4 * MIB, share=20)
