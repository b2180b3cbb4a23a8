from __future__ import annotations

import json
import math

import pytest

from grader.pictures import MAX_BYTES, Picture, from_bytes, rounded, to_bytes

CURVE = Picture(kind="curve", what="out", x=(0.0, 1.5), yours=(1.0, math.nan), expected=(1.0, 2.0))
MAP = Picture(
    kind="errors", what="dx", yours=(0.0, 1e300, math.inf, 0.5), columns=2, frame=(0, 1),
    shape=(2, 2), wrong=3, total=4,
)  # fmt: skip
BARS = Picture(kind="histogram", what="w", x=(0.0, 1.0), yours=(1.0,), expected=(0.5,), total=9)
RUNS = Picture(kind="runs", what="loss", x=(1.0,), yours=(2.0,), expected=(1.0,), threshold=1.5)


@pytest.mark.parametrize("picture", [CURVE, MAP, BARS, RUNS], ids=lambda one: one.kind)
def test_a_picture_comes_back_as_it_was(picture):
    # repr, since NaN is not equal to itself
    assert repr(from_bytes(to_bytes({"i/c": [picture]}))) == repr({"i/c": (picture,)})


def test_bytes_are_the_same_each_time():
    assert to_bytes({"i/c": [MAP, CURVE]}) == to_bytes({"i/c": [MAP, CURVE]})


def test_what_does_not_fit_is_left_out_from_the_end():
    large = Picture(
        kind="curve", what="x", **dict.fromkeys(("x", "yours", "expected"), (0.12,) * 200)
    )
    data = to_bytes({f"item/{number}": [large] * 4 for number in range(99)})

    assert len(data) <= MAX_BYTES
    assert list(from_bytes(data)) == [f"item/{number}" for number in range(len(from_bytes(data)))]


def test_numbers_keep_four_digits():
    assert rounded([1.23456, math.inf]) == (1.235, math.inf)


def document(**changes: object) -> bytes:
    plain = {"kind": "curve", "what": "x", "x": [1], "yours": [1], "expected": [1]} | changes
    return json.dumps({"schema": "grader.pictures/1", "checks": {"i/c": [plain]}}).encode()


def test_a_document_of_ours_is_read():
    assert list(from_bytes(document())) == ["i/c"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[1]",
        b"\xff\xfe",
        b"[" * 50_000,
        b" " * (MAX_BYTES + 1),
        document(kind="script"),
        document(x=["<b>"]),
        document(x=[[1]]),
        document(x=[0] * 3_000),
        document(what="x" * 301),
        document(columns=-1),
        document(columns=1 << 50),
        document(extra=1),
        document(frame=[0, 0, 0]),
        document().replace(b"pictures/1", b"pictures/2"),
    ],
)
def test_what_is_not_ours_is_refused(data):
    with pytest.raises(ValueError, match="pictures"):
        from_bytes(data)


@pytest.mark.parametrize(
    "changes",
    [
        {"yours": [1, 2]},
        {"x": [], "yours": [], "expected": []},
        {"kind": "errors", "columns": 0},
        {"kind": "errors", "columns": 41},
        {"kind": "errors", "yours": [1, 2, 3], "columns": 2},
        {"kind": "errors", "columns": 1, "frame": [5, 0]},
        {"kind": "histogram", "x": [0, 1], "expected": []},
        {"kind": "histogram", "x": [1, 0]},
    ],
)
def test_what_cannot_be_drawn_is_left_out(changes):
    assert from_bytes(document(**changes)) == {}


def test_infinite_numbers_are_read():
    data = document().replace(b'"yours": [1]', b'"yours": [1e999]')

    assert from_bytes(data)["i/c"][0].yours == (math.inf,)
