"""Questions and answers as bytes: length-prefixed frames of JSON and raw arrays, parsed as hostile.

A frame is two little-endian 32-bit lengths, a JSON header and a body of array bytes:

    header length | body length | header (UTF-8 JSON) | body

In a header, JSON's null, booleans, integers and strings stand for themselves; everything else is
an object with one key: {"f": text} a float, {"a": [dtype, shape]} an array whose bytes come next in
the body, {"t": […]} a tuple, {"l": […]} a list, {"d": [[key, value], …]} a dict, {"s": […]} a set
of strings, {"h": [question, part, path]} a Ref. Nothing is ever unpickled, and every size is
checked before anything is allocated for it.
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.errors import WireError
from grader.questions import Answer, Arguments, Failure, FailureKind, Question, Ref

PREFIX = struct.Struct("<II")
MAX_HEADER = 1 << 20
MAX_BODY = 32 << 20
MAX_RELAYED = PREFIX.size + MAX_HEADER + MAX_BODY
"""The body of a frame in which a box relays an item's whole frame."""
MAX_DEPTH = 24
MAX_VALUES = 1 << 16
"""In one frame, arrays and containers among them: reading each takes a microsecond or more, and a
header has room for half a million."""
MAX_DIMENSIONS = 16
DTYPES = {
    name: np.dtype(name)
    for name in (
        *("bool", "uint8", "int8", "int16", "int32", "int64"),
        *("float16", "float32", "float64"),
    )
}
# Looked up by dtype: asking numpy for a dtype's name costs more than the rest of an array. Those
# of another byte order are other keys.
_NAMES = {
    order: name for name, dtype in DTYPES.items() for order in (dtype, dtype.newbyteorder("S"))
}

Header = dict[str, Any]


class Body(bytearray):
    """The bytes of a frame's arrays while it is packed, and how many values it holds so far."""

    values = 0

    def add(self, count: int) -> None:
        """Count further values.

        Raises:
            WireError: there are more than a frame may hold.
        """
        self.values += count
        if self.values > MAX_VALUES:
            raise WireError(f"more than {MAX_VALUES} values; put numbers into an array")


def pack(header: Header, body: bytes = b"", *, max_body: int = MAX_BODY) -> bytes:
    """One frame.

    Raises:
        WireError: the header or the body is over its cap.
    """
    text = json.dumps(header, separators=(",", ":")).encode()
    if len(text) > MAX_HEADER or len(body) > max_body:
        raise WireError(f"a frame of {len(text)} + {len(body)} bytes is over the cap")
    return PREFIX.pack(len(text), len(body)) + text + body


def lengths(prefix: bytes, *, max_body: int = MAX_BODY) -> tuple[int, int]:
    """The lengths of header and body that a frame's first 8 bytes announce.

    Raises:
        WireError: fewer than 8 bytes, or a length over its cap.
    """
    if len(prefix) != PREFIX.size:
        raise WireError("the frame ends within its first 8 bytes")
    header, body = PREFIX.unpack(prefix)
    if header > MAX_HEADER or body > max_body:
        raise WireError(f"a frame of {header} + {body} bytes is over the cap")
    return header, body


def read(receive: Callable[[int], bytes], *, max_body: int = MAX_BODY) -> tuple[Header, bytes]:
    """Read one frame from a stream; `receive(n)` gives between 1 and n bytes, or none at its end.

    Raises:
        EOFError: the stream ended before the first byte.
        WireError: it ended later, or the bytes are not a frame.
    """
    prefix = _exactly(receive, PREFIX.size)
    if not prefix:
        raise EOFError
    header, body = lengths(prefix, max_body=max_body)
    text, raw = _exactly(receive, header), _exactly(receive, body)
    if len(text) != header or len(raw) != body:
        raise WireError("the stream ended within a frame")
    return _object(text), raw


def unpack(frame: bytes) -> tuple[Header, bytes]:
    """Parse one whole frame that came as bytes.

    Raises:
        WireError: not exactly one frame.
    """
    header, body = lengths(frame[: PREFIX.size])
    if len(frame) != PREFIX.size + header + body:
        raise WireError("the frame is not as long as it says")
    return _object(frame[PREFIX.size : PREFIX.size + header]), frame[PREFIX.size + header :]


def pack_question(question: Question, **also: Any) -> bytes:
    """A question as a frame; `also` are further JSON entries of its header."""
    body = Body()
    calls = [[encode(call.positional, body), encode(call.named, body)] for call in question.calls]
    target = question.target
    header = {
        "id": question.id,
        "verb": question.verb,
        "target": encode(target, body) if isinstance(target, Ref) else target,
        "calls": calls,
        "returns": question.returns,
        **also,
    }
    return pack(header, bytes(body))


def question_from(header: Header, body: bytes) -> Question:
    """The question in a parsed frame. It comes from the judge, so that its form is trusted."""
    values = _Decoder(body)
    calls = tuple(
        Arguments(positional=values.decode(positional), named=values.decode(named))
        for positional, named in header["calls"]
    )
    target = header["target"]
    return Question(
        id=header["id"],
        verb=header["verb"],
        target=target if isinstance(target, str) else values.decode(target),
        calls=calls,
        returns=_tuples(header["returns"]),
    )


def pack_answer(answer: Answer) -> bytes:
    """An answer as a frame."""
    body = Body()
    header: Header = {"id": answer.question, "values": [encode(v, body) for v in answer.values]}
    if answer.failure is not None:
        failure = answer.failure
        header["failure"] = [failure.kind, failure.message, failure.where]
    return pack(header, bytes(body))


def answer_from(header: Header, body: bytes) -> Answer:
    """The answer in a parsed frame, which may be anything at all.

    Raises:
        WireError: the frame is not an answer.
    """
    failure = header.get("failure")
    values = header.get("values")
    number = header.get("id")
    if type(number) is not int or not isinstance(values, list):
        raise WireError("the frame is not an answer")
    decoded = tuple(decode_all(values, body))
    return Answer(
        question=number, values=decoded, failure=None if failure is None else _failure(failure)
    )


def encode(value: Any, body: Body, depth: int = 0) -> Any:
    """A value as JSON, the bytes of its arrays appended to `body`.

    Raises:
        WireError: a value of a kind that does not cross, nested too deeply, or one too many; the
            message names it, to stand after "returned".
    """
    if depth > MAX_DEPTH:
        raise WireError("something nested too deeply")
    body.add(1)
    kind = type(value)
    if value is None or kind is bool or kind is str:
        return value
    if kind is int:
        if not -(1 << 63) <= value < 1 << 63:
            raise WireError("an integer of more than 64 bits")
        return value
    if kind is float:
        return {"f": value.hex()}
    if kind is np.ndarray:
        return {"a": _encode_array(value, body)}
    if kind is tuple or kind is list:
        return {"t" if kind is tuple else "l": [encode(part, body, depth + 1) for part in value]}
    if kind is dict:
        return {"d": [_encode_entry(*entry, body=body, depth=depth + 1) for entry in value.items()]}
    if kind is set and all(type(part) is str for part in value):
        body.add(len(value))
        return {"s": sorted(value)}
    if kind is Ref:
        return {"h": [value.question, value.part, value.path]}
    raise WireError(f"a {kind.__name__}, which is none of the values that can be read")


def _encode_entry(key: Any, value: Any, *, body: Body, depth: int) -> list[Any]:
    if key is not None and type(key) not in (str, int, float, bool):
        raise WireError(f"a dict with a {type(key).__name__} among its keys")
    return [encode(key, body, depth), encode(value, body, depth)]


def _encode_array(array: np.ndarray, body: Body) -> list[Any]:
    name = _NAMES.get(array.dtype)
    if name is None or array.ndim > MAX_DIMENSIONS:
        raise WireError(f"an array of dtype {array.dtype} with {array.ndim} dimensions")
    if len(body) + array.nbytes > MAX_BODY:
        raise WireError(f"more than {MAX_BODY >> 20} MiB of arrays")
    # The name does not tell the order of the bytes: they cross in this machine's own.
    body += np.ascontiguousarray(array, DTYPES[name]).tobytes()
    return [name, array.shape]


def decode_all(nodes: list[Any], body: bytes) -> list[Any]:
    """The values that `encode` wrote as `nodes` and `body`.

    Raises:
        WireError: they are not.
    """
    decoder = _Decoder(body)
    values = [decoder.decode(node) for node in nodes]
    decoder.finish()
    return values


class _Decoder:
    """Turns JSON back into values, taking array bytes from the body in order."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._at = 0
        self._values = 0

    def decode(self, node: Any, depth: int = 0) -> Any:
        if depth > MAX_DEPTH:
            raise WireError("a value is nested too deeply")
        self._add(1)
        if node is None or type(node) is bool:
            return node
        if type(node) is str:
            return _text(node)
        if type(node) is int:
            if not -(1 << 63) <= node < 1 << 63:
                raise WireError("an integer of more than 64 bits")
            return node
        if type(node) is not dict or len(node) != 1:
            raise WireError("a value is not encoded as one")
        ((tag, content),) = node.items()
        return self._tagged(tag, content, depth + 1)

    def finish(self) -> None:
        if self._at != len(self._body):
            raise WireError("the body is longer than its arrays")

    def _add(self, count: int) -> None:
        self._values += count
        if self._values > MAX_VALUES:
            raise WireError(f"more than {MAX_VALUES} values")

    def _tagged(self, tag: str, content: Any, depth: int) -> Any:
        if tag == "f" and type(content) is str:
            return _float(content)
        if type(content) is not list:
            raise WireError("a value is not encoded as one")
        if tag == "a":
            return self._array(content)
        if tag in ("t", "l"):
            parts = [self.decode(part, depth) for part in content]
            return tuple(parts) if tag == "t" else parts
        if tag == "d":
            return self._dict(content, depth)
        if tag == "s" and all(type(part) is str for part in content):
            self._add(len(content))
            return set(map(_text, content))
        if tag == "h":
            return _ref(content)
        raise WireError("a value of an unknown kind")

    def _dict(self, pairs: list[Any], depth: int) -> dict[Any, Any]:
        result = {}
        for pair in pairs:
            if type(pair) is not list or len(pair) != 2:
                raise WireError("a dict is not encoded as one")
            key = self.decode(pair[0], depth)
            if not isinstance(key, (str, int, float, bool, type(None))):
                raise WireError("a key of a dict is neither text nor a number")
            result[key] = self.decode(pair[1], depth)
        return result

    def _array(self, content: list[Any]) -> np.ndarray:
        if len(content) != 2 or type(content[0]) is not str or type(content[1]) is not list:
            raise WireError("an array is not encoded as one")
        dtype, shape = DTYPES.get(content[0]), content[1]
        if dtype is None or len(shape) > MAX_DIMENSIONS:
            raise WireError("an array of an unknown dtype or of too many dimensions")
        if any(type(size) is not int or size < 0 for size in shape):
            raise WireError("an array with an impossible shape")
        size = math.prod(shape) * dtype.itemsize
        if size > len(self._body) - self._at:
            raise WireError("an array is longer than the body")
        raw = np.frombuffer(self._body, np.uint8, size, self._at)
        self._at += size
        # A byte of a bool that is neither 0 nor 1 would make numpy misbehave later; memory of its
        # own makes an array aligned and writable.
        flat = raw != 0 if dtype == np.bool_ else np.frombuffer(bytearray(raw), dtype)
        try:
            return flat.reshape(shape)
        except ValueError as error:
            raise WireError("an array with an impossible shape") from error


def _ref(content: list[Any]) -> Ref:
    if len(content) != 3 or type(content[0]) is not int or type(content[1]) is not int:
        raise WireError("a held object is not encoded as one")
    path = []
    for step in content[2] if type(content[2]) is list else [None]:
        if type(step) is not list or len(step) != 2 or step[0] not in ("attribute", "index"):
            raise WireError("a path into a held object is not encoded as one")
        if type(step[1]) not in (str, int):
            raise WireError("a step into a held object is neither a name nor an index")
        path.append((step[0], step[1]))
    return Ref(question=content[0], part=content[1], path=tuple(path))


def _failure(content: Any) -> Failure:
    if type(content) is not list or len(content) != 3:
        raise WireError("a failure is not encoded as one")
    kind, message, where = content
    if kind not in list(FailureKind) or type(message) is not str or type(where) not in _TEXTS:
        raise WireError("a failure is not encoded as one")
    return Failure(kind=FailureKind(kind), message=message, where=where)


_TEXTS = (str, type(None))


def _text(text: str) -> str:
    # A lone surrogate could not be written to any report.
    return text.encode("utf-8", "replace").decode()


def _float(text: str) -> float:
    try:
        return float.fromhex(text[:64])
    except (ValueError, OverflowError) as error:
        raise WireError("a float is not encoded as one") from error


def _object(text: bytes) -> Header:
    try:
        header = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise WireError("the header of a frame is not JSON") from error
    if type(header) is not dict:
        raise WireError("the header of a frame is not an object")
    return header


def _exactly(receive: Callable[[int], bytes], size: int) -> bytes:
    """`size` bytes, fewer at the end of the stream; memory grows only as bytes arrive."""
    pieces, got = [], 0
    while got < size and (piece := receive(min(size - got, 1 << 20))):
        pieces.append(piece)
        got += len(piece)
    return b"".join(pieces)


def _tuples(node: Any) -> Any:
    return tuple(map(_tuples, node)) if isinstance(node, list) else node
