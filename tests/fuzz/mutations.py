"""Spoiling what was well-formed: bytes and JSON, by a generator of random numbers that is given.

Nothing here knows a format; a reader brings its own words, brackets and seeds.
"""

from __future__ import annotations

import random
import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

NUMBERS = (
    *("0", "-0", "1", "-1", "00", "1.5", "1e308", "1e309", "-1e999", "1e-400", "NaN", ".nan"),
    *("-.inf", "Infinity", "0x10", "1_000", "1,5", "٣", "½", "true", "9" * 40, "9" * 401),
    *(
        str(sign * (1 << bits) + step)
        for bits in (7, 31, 53, 63)
        for sign, step in ((1, -1), (1, 0))
    ),
    *(str(-(1 << bits)) for bits in (31, 63)),
    *("9" * 4301, "1" + "0" * 300),
)
LENGTHS = (0, 1, 7, 8, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
DEPTHS = (2, 9, 30, 40, 200, 2000, 20_000)
_NUMBER = re.compile(rb"-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """What a mutation may use.

    Attributes:
        words: tokens that mean something to the reader.
        brackets: pairs that nest.
        most: no mutation makes the bytes longer.
    """

    words: Sequence[bytes]
    brackets: Sequence[tuple[bytes, bytes]]
    most: int = 1 << 17


def mutated(chance: random.Random, data: bytes, others: Sequence[bytes], form: Format) -> bytes:
    """`data` with one to four things wrong; parts of `others` may get into it."""
    for _ in range(chance.choice((1, 1, 2, 4))):
        data = chance.choice(_WAYS)(chance, data, others, form)[: form.most]
    return data


def _flipped(chance: random.Random, data: bytes, others: Sequence[bytes], form: Format) -> bytes:
    changed = bytearray(data or b"\0")
    for _ in range(chance.choice((1, 1, 3, 8))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _overwritten(
    chance: random.Random, data: bytes, others: Sequence[bytes], form: Format
) -> bytes:
    start, end = _span(chance, data)
    return data[:start] + chance.randbytes(min(end - start, 16)) + data[end:]


def _cut(chance: random.Random, data: bytes, others: Sequence[bytes], form: Format) -> bytes:
    start, end = _span(chance, data)
    return chance.choice((data[:start], data[end:], data[:start] + data[end:]))


def _repeated(chance: random.Random, data: bytes, others: Sequence[bytes], form: Format) -> bytes:
    start, end = _span(chance, data)
    times = min(chance.choice((2, 3, 10, 1000)), form.most // max(1, end - start) + 1)
    return data[:end] + data[start:end] * times + data[end:]


def _spliced(chance: random.Random, data: bytes, others: Sequence[bytes], form: Format) -> bytes:
    other = chance.choice(others)
    return data[: _place(chance, data)] + other[_place(chance, other) :]


def _worded(chance: random.Random, data: bytes, others: Sequence[bytes], form: Format) -> bytes:
    place = _place(chance, data)
    return data[:place] + chance.choice(form.words) + data[place + chance.choice((0, 0, 1, 3)) :]


def _numbered(chance: random.Random, data: bytes, others: Sequence[bytes], form: Format) -> bytes:
    found = list(_NUMBER.finditer(data))
    if not found:
        return _worded(chance, data, others, form)
    one = chance.choice(found)
    return data[: one.start()] + chance.choice(NUMBERS).encode() + data[one.end() :]


def _measured(chance: random.Random, data: bytes, others: Sequence[bytes], form: Format) -> bytes:
    """A length written over four bytes, more often than not near the front."""
    place = min(_place(chance, data), chance.choice((4, 64, len(data))))
    length = struct.pack(chance.choice("<>") + "I", chance.choice(LENGTHS))
    return data[:place] + length + data[place + 4 :]


def _nested(chance: random.Random, data: bytes, others: Sequence[bytes], form: Format) -> bytes:
    opening, closing = chance.choice(form.brackets)
    depth = min(chance.choice(DEPTHS), form.most // (len(opening) + len(closing) + 1))
    start, end = _span(chance, data)
    middle = opening * depth + data[start:end] + closing * chance.choice((depth, depth, depth - 1))
    return data[:start] + middle + data[end:]


_WAYS = (
    *(_flipped, _overwritten, _cut, _repeated, _spliced),
    *(_worded, _worded, _numbered, _numbered, _measured, _nested),
)


def _place(chance: random.Random, data: bytes) -> int:
    return chance.randrange(len(data) + 1)


def _span(chance: random.Random, data: bytes) -> tuple[int, int]:
    start = _place(chance, data)
    return start, min(len(data), start + chance.choice((1, 2, 8, 64, len(data))))


def tree_mutated(chance: random.Random, tree: Any, others: Sequence[Any]) -> Any:
    """A tree of JSON with one node replaced, removed, repeated, wrapped or exchanged.

    The given tree is left as it is.
    """
    if isinstance(tree, dict) and tree and chance.random() < 0.8:
        key = chance.choice(list(tree))
        new = tree_mutated(chance, tree[key], others)
        rest = {other: value for other, value in tree.items() if other != key}
        way = chance.random()
        if way < 0.05:
            return rest
        if way < 0.1:
            return {**tree, chance.choice("afthlsdx"): new}
        return {other: new if other == key else value for other, value in tree.items()}
    if isinstance(tree, list) and tree and chance.random() < 0.8:
        place = chance.randrange(len(tree))
        new = tree_mutated(chance, tree[place], others)
        way = chance.random()
        if way < 0.05:
            return tree[:place] + tree[place + 1 :]
        if way < 0.1:
            return tree[:place] + [tree[place]] * chance.choice((2, 30)) + tree[place + 1 :]
        return [*tree[:place], new, *tree[place + 1 :]]
    return _leaf(chance, tree, others)


def _leaf(chance: random.Random, leaf: Any, others: Sequence[Any]) -> Any:
    way = chance.randrange(9)
    if way == 1:
        return chance.choice((None, True, False, "", "\ud800", "x" * 300, [], {}, 1.5, [[]]))
    if way == 2:
        return chance.choice((0, -1, 1 << 31, (1 << 63) - 1, 1 << 63, -(1 << 63), 10**30, 10**400))
    if way == 3:
        wrapped = leaf
        for _ in range(chance.choice((1, 5, 30, 100))):
            wrapped = {chance.choice("tl"): [wrapped]}
        return wrapped
    if way == 4 and isinstance(leaf, int):
        return leaf + chance.choice((-1, 1, 2))
    if isinstance(leaf, str):
        return leaf[: chance.randrange(len(leaf) + 1)] + chance.choice(("", "0", "\x00", "é", "-"))
    return chance.choice(others)
