"""Notebooks: JSON gone wrong, cells of magics and of broken Python, what must be passed over."""

from __future__ import annotations

import json
import random
from functools import cache

from grader.errors import NotebookError
from grader.inert import is_inert
from grader.reading import cells
from grader.reading.cells import Notebook
from grader.submission import MAX_SOURCE_BYTES
from tests.fuzz.mutations import Format, mutated, tree_mutated
from tests.fuzz.readers import MIB, VALUE, Reader, refused
from tests.notebooks.written import WRITTEN

HEAVY = frozenset({"hundred_megabytes", "too_many_brackets", "too_much_code", "deeply_nested"})
JSON = Format(
    words=(
        *(b'"cells": [', b'"cell_type": "code", ', b'"source": "', b'"source": [', b'"outputs": ['),
        *(b'"worksheets": [{"cells": [', b'"input": "', b'"nbformat": 3, ', b'"nbformat": 99, '),
        *(
            b"\\n",
            b"\\",
            b'\\"',
            b"\\ud800",
            b"\\u0000",
            b"\xff",
            b"\xef\xbb\xbf",
            b"NaN",
            b"1e999",
        ),
        *(
            b"%%time\\n",
            b"%%bash\\n",
            b"%cd x\\n",
            b"!ls \\\\\\n",
            b"x = !ls\\n",
            b"f?\\n",
            b"    ",
        ),
        *(b"'''", b'\\"\\"\\"', b"def f(x):\\n", b"(", b")", b"pip install x\\n", b"\\r", b"\\f"),
        *(b"from __future__ import annotations\\n", b"await x\\n", b"print x\\n", b"%pylab\\n"),
    ),
    brackets=(
        (b"[", b"]"),
        (b'{"a": ', b"}"),
        (b'"', b'"'),
        (b"(", b")"),
        (b'{"source": [', b"]}"),
    ),
)


@cache
def files() -> tuple[bytes, ...]:
    """The notebooks of tests/notebooks, but the largest."""
    return tuple(one.data() for one in WRITTEN if one.name not in HEAVY)


@cache
def trees() -> tuple[object, ...]:
    """Those of them that are JSON."""
    read = []
    for data in files():
        try:
            read.append(json.loads(data.decode("utf-8-sig")))
        except ValueError:
            continue
    return tuple(read)


def make_notebook(chance: random.Random) -> bytes:
    if chance.random() < 0.3:
        tree = chance.choice(trees())
        for _ in range(chance.choice((1, 2, 5))):
            tree = tree_mutated(chance, tree, (*trees(), "%%time\n1", ["a\n", "b"], 3, None))
        return json.dumps(tree).encode()[: JSON.most]
    return mutated(chance, chance.choice(files()), files(), JSON)


def read_notebook(data: bytes) -> str:
    """Read a notebook; what comes of it is whole Python, and its places are those of its cells."""
    try:
        one = cells.read(data, "work.ipynb", MAX_SOURCE_BYTES)
    except NotebookError as error:
        return refused(error)
    assert isinstance(one, Notebook)
    assert one.source.encode().decode() == one.source
    lines = one.source.count("\n")
    for line in (1, lines, 10**6):
        assert is_inert(one.place(line))
    for note in one.notes:
        assert is_inert(note.sentence())
        assert len(note.sentence()) < 1000
    assert len(one.notes) <= cells.MAX_NOTES + 1
    numbers = [cell.number for cell in one.cells]
    assert numbers == sorted(set(numbers))
    assert [cell.first for cell in one.cells] == sorted(cell.first for cell in one.cells)
    assert all(cell.first <= lines for cell in one.cells)
    assert one.outline
    return VALUE


NOTEBOOKS = Reader(
    name="notebooks", make=make_notebook, read=read_notebook, per_byte=1000, floor=4 * MIB, share=10
)
