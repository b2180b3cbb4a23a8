"""Whatever strangers send, a value or the documented error comes of it, soon and in bounds.

    GRADER_FUZZ=20000 GRADER_FUZZ_SEED=tuesday pytest tests/fuzz -m "not slow"

reads so many inputs in place of the fast run's, of another seed. A find names reader, seed and
number: `reader.spoiled(seed, number)` is the input again.
"""

from __future__ import annotations

import json
import os
import random
import signal
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from grader import submission, wire
from grader.submission import MAX_SOURCE_BYTES
from tests.fuzz import trees
from tests.fuzz.frames import FRAMES
from tests.fuzz.mutations import tree_mutated
from tests.fuzz.notebooks import NOTEBOOKS
from tests.fuzz.readers import MIB, REFUSED, VALUE, Reader
from tests.fuzz.records import RECORDS
from tests.fuzz.sources import SOURCES
from tests.fuzz.texts import ANSWERS, DOCUMENTS, REPORTS
from tests.fuzz.zips import ZIPS

READERS = (FRAMES, ANSWERS, DOCUMENTS, REPORTS, RECORDS, SOURCES, ZIPS, NOTEBOOKS)
FAST, SLOW = 4_700, 100_000
FAST_TREES, SLOW_TREES = 300, 5_000
SEED = os.environ.get("GRADER_FUZZ_SEED", "the seed of the fuzz tests")
MOST_SECONDS = 10.0
"""CPU seconds after which reading one input counts as never ending; the longest take 0.1."""
WEIGHED = 25
"""One input in so many is read with its memory weighed, which costs more than reading it."""

SIZES = [
    pytest.param(int(os.environ.get("GRADER_FUZZ", FAST)), id="fast"),
    pytest.param(SLOW, id="slow", marks=pytest.mark.slow),
]
NUMBERS_OF_TREES = [
    pytest.param(int(os.environ.get("GRADER_FUZZ", 10 * FAST_TREES)) // 10, id="fast"),
    pytest.param(SLOW_TREES, id="slow", marks=pytest.mark.slow),
]
on_posix = pytest.mark.skipif(os.name != "posix", reason="links, pipes and names of any bytes")


class NeverEnds(BaseException):
    """Not an Exception: nothing that is being tested may take it for its own."""


@contextmanager
def ending() -> Iterator[None]:
    """Stop whatever computes for longer than MOST_SECONDS; no clock of the wall is asked."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(*_: object) -> None:
        raise NeverEnds

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, MOST_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@contextmanager
def weighing() -> Iterator[list[int]]:
    """The most bytes that were allocated at once, in the list's only place."""
    weight = [0]
    tracemalloc.start()
    try:
        yield weight
    finally:
        weight[0] = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()


def too_much(reader: Reader, size: int, weight: int) -> bool:
    return weight > reader.per_byte * size + reader.floor


@pytest.mark.parametrize("count", SIZES)
@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_of_any_input_a_value_or_the_documented_error_comes(reader, count):
    came: Counter[str] = Counter()
    for number in range(count * reader.share // 100):
        data = reader.spoiled(SEED, number)
        place = f"{reader.name}, seed {SEED!r}, number {number}, {len(data)} bytes: {data[:80]!r}"
        try:
            with ending():
                came[reader.read(data)] += 1
        except (Exception, NeverEnds) as error:
            pytest.fail(f"{type(error).__name__}: {error} ({place})")

    assert min(came[VALUE], came[REFUSED]) > count * reader.share // 100 // 50


@pytest.mark.parametrize("count", SIZES)
@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_no_input_makes_its_reader_take_more_than_its_multiple(reader, count):
    reader.read(reader.spoiled(SEED, 0))  # what is made once is not the input's
    heavy = []
    for number in range(0, count * reader.share // 100, WEIGHED):
        data = reader.spoiled(SEED, number)
        with weighing() as weight:
            reader.read(data)
        if too_much(reader, len(data), weight[0]):
            heavy.append((number, len(data), weight[0]))

    assert heavy == []


def filled(opening: bytes, piece: bytes, closing: bytes, size: int) -> bytes:
    return opening + piece * ((size - len(opening) - len(closing)) // len(piece)) + closing


def framed(opening: bytes, piece: bytes, closing: bytes) -> bytes:
    text = filled(b'{"id":7,"values":[' + opening, piece, closing + b"]}", wire.MAX_HEADER // 16)
    return wire.PREFIX.pack(len(text), 0) + text


def celled(opening: str, piece: str, closing: str = "") -> bytes:
    """A notebook of one cell, as long as is read."""
    text = filled(opening.encode(), piece.encode(), closing.encode(), MAX_SOURCE_BYTES - 1)
    cells = [{"cell_type": "code", "source": text.decode()}]
    return json.dumps({"cells": cells}).encode()


LONGEST = submission.MAX_ANSWERS_BYTES
DEEP = b"[" * 31
WORST = [
    ("frames", framed(b"", b"0,", b"0")),
    ("frames", framed(b'{"d":[', b'[0,{"t":[]}],', b"[0,0]]}")),
    ("frames", framed(b'{"s":[', b'"a",', b'"a"]}')),
    ("frames", framed(b"", b'{"a":["bool",[0]]},', b"0")),
    ("frames", framed(b"", b'{"t":[{"t":[{"t":[]}]}]},', b"0")),
    ("frames", framed(b'{"l":[' * 20, b'{"l":[]},', b"0" + b"]}" * 20)),
    ("answers", filled(b"a: [", b"1,", b"1]", LONGEST)),
    ("answers", filled(b"a: " + DEEP, b"1,", b"1" + b"]" * 31, LONGEST)),
    ("answers", filled(b"a: " + DEEP, b"{},", b"1" + b"]" * 31, LONGEST)),
    ("answers", filled(b"a: " + DEEP, b",", b"1" + b"]" * 31, LONGEST)),
    ("answers", filled(b"", b"- ", b"a", LONGEST)),
    ("answers", filled(b"", b"? ", b"a", LONGEST)),
    ("answers", filled(b"", b"\xe2\x80\xae", b"", LONGEST)),
    ("answers", filled(b"a: '", b"\xe2\x80\xae", b"'", LONGEST)),
    ("answers", filled(b"slope: [", "😀,".encode(), b"1]", LONGEST)),
    ("answers", filled(b"slope: '", b"/", b"'", LONGEST)),
    ("answers", filled(b"slope: '", b"::add", b"'", LONGEST)),
    ("answers", b"".join(b"%x:\n" % number for number in range(LONGEST // 7))),
    ("answers", filled(b"slope: >\n", b" a\n\n", b"", LONGEST)),
    ("answers", filled(b"", b"# c\n", b"", LONGEST)),
    ("answers", filled(b"a: !", b"%41", b" b", LONGEST)),
    ("documents", filled(b"a: &a [1]\nb: [", b"*a,", b"1]", LONGEST)),
    (
        "documents",
        b"a0: &a0 [1]\n"
        + b"".join(b"a%d: &a%d [*a%d,*a%d]\n" % (n, n, n - 1, n - 1) for n in range(1, 30)),
    ),
    ("sources", filled(b"x=[1", b" for a in a", b"]", LONGEST)),
    ("sources", filled(b"f=", b"(a if b else c)+", b"1", LONGEST)),
    ("sources", filled(b"f(", b"a:=b,", b"1)", LONGEST)),
    ("sources", filled(b"", b"a=", b"b\n", LONGEST)),
    ("sources", filled(b"import numpy\n", b"numpy=numpy.a\n", b"f=numpy", LONGEST)),
    ("sources", b"".join(b"a%d=a%d.b\n" % (n + 1, n) for n in range(4500))),
    ("sources", b"".join(b"b=numpy.a%d\n" % n for n in range(90)) + b"c=b.x\n" * 10_000),
    ("sources", b"".join(b"from m%d import *\n" % n for n in range(90)) + b"q\n" * 30_000),
    ("sources", filled(b"import operator\nf=operator.attrgetter('", b"a.", b"a')(work)", LONGEST)),
    ("notebooks", celled("x = ", "'\\'")),
    ("notebooks", celled("x = ", '"', "(")),
    ("notebooks", celled("", " ", "!")),
    ("notebooks", celled("", "\n", "(")),
    ("notebooks", celled("", "# a\n", "(")),
    ("notebooks", celled("", "x=")),
    ("notebooks", celled("", "a?\n", "(")),
    ("notebooks", celled("(", "%a\n")),
    ("notebooks", celled("", '"""\n', "(")),
    ("notebooks", celled("x = ", "-")),
    ("notebooks", celled("x = ", "f(")),
    ("notebooks", celled("", "a\n")),
    ("notebooks", celled("", "\\\n")),
    ("notebooks", filled(b'{"cells": [', b"0,", b"0]}", 1 << 16)),
    ("notebooks", filled(b'{"a": ', b'["', b"", 1 << 20)),
    ("notebooks", filled(b'{"a": "', b"\\\\", b'"}', 1 << 20)),
    ("notebooks", filled(b'{"a": [', b'"",', b'0], "cells": []}', 1 << 20)),
    ("notebooks", filled(b"{", b'"cells":[],', b'"cells":[]}', 1 << 20)),
    ("reports", filled(b"schema: grader.report/1\nitems: [", b"{},", b"{}]", LONGEST // 8)),
]


SMALL_OBJECTS = ("sources", "notebooks")
CASES = [
    # Weighing so many small objects takes its time.
    pytest.param(
        *one, id=f"{number}-{one[0]}", marks=[pytest.mark.slow] * (one[0] in SMALL_OBJECTS)
    )
    for number, one in enumerate(WORST)
]


@pytest.mark.parametrize(("name", "data"), CASES)
def test_the_worst_that_we_can_think_of_ends_and_stays_within_its_multiple(name, data):
    (reader,) = [one for one in READERS if one.name == name]
    reader.read(reader.spoiled(SEED, 0))
    with ending(), weighing() as weight:
        reader.read(data)

    assert not too_much(reader, len(data), weight[0]), f"{weight[0] / len(data):.0f} a byte"


@on_posix
@pytest.mark.parametrize("count", NUMBERS_OF_TREES)
def test_of_anything_that_is_handed_in_submissions_and_refusals_come(count, tmp_path):
    came: Counter[str] = Counter()
    for number in range(count):
        chance = random.Random(f"{SEED}/trees/{number}")
        try:
            with ending():
                given = trees.hand_in(chance, tmp_path)
                found, refused = trees.read(given, chance.choice(trees.FILES))
        except (Exception, NeverEnds) as error:
            listed = sorted(map(ascii, tmp_path.rglob("*")))
            pytest.fail(f"{type(error).__name__}: {error} (tree {number}: {listed})")
        came.update(submissions=found, refusals=refused)
        trees.clear(tmp_path)

    assert min(came["submissions"], came["refusals"]) > count // 4


@on_posix
def test_whatever_is_handed_in_takes_no_more_memory_than_what_may_be_read(tmp_path):
    heavy = []
    trees.read([tmp_path], trees.FILES[1])
    for number in range(60):
        chance = random.Random(f"{SEED}/trees/{number}")
        given = trees.hand_in(chance, tmp_path)
        students = 1 + sum(1 for path in tmp_path.rglob("*") if not path.is_symlink())
        with weighing() as weight:
            trees.read(given, trees.FILES[1])
        # Two sources and the answers of each, once more while they are read.
        if weight[0] > 6 * students * submission.MAX_SOURCE_BYTES + MIB:
            heavy.append((number, weight[0]))
        trees.clear(tmp_path)

    assert heavy == []


def test_the_same_seed_and_number_are_the_same_input():
    one, again = (READERS[0].spoiled("seed", 3) for _ in range(2))

    assert one == again
    assert one != READERS[0].spoiled("seed", 4)


def test_a_mutation_leaves_what_it_was_given():
    tree = {"id": 7, "values": [{"t": [1, {"l": []}]}]}
    for number in range(300):
        tree_mutated(random.Random(number), tree, (1, []))

    assert tree == {"id": 7, "values": [{"t": [1, {"l": []}]}]}
