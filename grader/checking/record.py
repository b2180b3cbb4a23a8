"""Records: a check's draws and both halves of its dialogue, kept so that nobody asks them twice."""

from __future__ import annotations

import io
import tokenize
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO, Any

import numpy as np

from grader import wire
from grader.errors import CourseError, WireError
from grader.respondents import Dialogue

Draws = list[tuple[str, Any]]
_MOST_BYTES = 256 << 20
_MEMBER = "frames.npy"
_BROKEN = (
    *(WireError, EOFError, OSError, LookupError, ValueError, TypeError, AttributeError),
    # Encrypted members, methods of packing that nobody has, and headers of any depth.
    *(RuntimeError, SyntaxError, zipfile.BadZipFile, zlib.error, tokenize.TokenError),
)
"""What reading a file raises that is none of ours, or was cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One check asked with the reference in both seats.

    Attributes:
        check: the check's id, `<item>/<name>`.
        draws: what it drew, in order (`Draw.log`).
        student, reference: the two halves.
        problem: why the check cannot be judged (the reference failed it), or None.
    """

    check: str
    draws: Draws
    student: Dialogue
    reference: Dialogue
    problem: str | None = None


def to_bytes(record: Record) -> bytes:
    """The record as an .npz that holds no pickle: one array of frames.

    Draws and dialogue each have frames of their own, so that only what crosses at once has to fit
    into one: 32 MiB a draw, 32 MiB a question, 256 MiB in all.

    Raises:
        CourseError: a draw that cannot be written or is too large, or too much of all; by check.
    """
    header = {
        "check": record.check,
        "draws": len(record.draws),
        "student": len(record.student),
        "reference": len(record.reference),
        "problem": record.problem,
    }
    frames = [wire.pack(header)]
    try:
        frames += [_packed_draw(method, value) for method, value in record.draws]
        for question, answer in (*record.student, *record.reference):
            frames += [wire.pack_question(question), wire.pack_answer(answer)]
    except WireError as error:
        raise CourseError(
            f"{record.check} cannot be recorded: it holds {error}. Draw and ask less at once."
        ) from error
    if sum(map(len, frames)) > _MOST_BYTES:
        raise CourseError(
            f"{record.check} cannot be recorded: it holds more than {_MOST_BYTES >> 20} MiB in "
            "all. Draw and ask less."
        )
    buffer = io.BytesIO()
    # Not compressed: random floats give up a seventh of their bytes, for most of a record's time.
    np.savez(buffer, frames=np.frombuffer(b"".join(frames), np.uint8))
    return buffer.getvalue()


def _packed_draw(method: str, value: Any) -> bytes:
    body = wire.Body()
    return wire.pack({"method": method, "value": wire.encode(value, body)}, bytes(body))


def from_bytes(data: bytes, name: str) -> Record:
    """Read what `to_bytes` wrote.

    Raises:
        CourseError: it is none of ours; `name` is the file to blame.
    """
    try:
        # Not np.load: that takes all the memory that a header of a few bytes asks for.
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(_MEMBER) as member:
            stream = _Frames(member)
            header, _ = wire.read(stream.read)
            draws = [_draw(*wire.read(stream.read)) for _ in range(header["draws"])]
            halves = [_dialogue(stream, header[half]) for half in ("student", "reference")]
            stream.finish()
        return Record(
            check=header["check"],
            draws=draws,
            student=halves[0],
            reference=halves[1],
            problem=header["problem"],
        )
    except _BROKEN as error:
        raise CourseError(
            f"{name} is not a record of this version ({type(error).__name__}); make it again."
        ) from error


class _Frames:
    """The bytes of the one array of an .npz, unpacked as they are asked for."""

    def __init__(self, member: IO[bytes]) -> None:
        if np.lib.format.read_magic(member) != (1, 0):
            raise ValueError("an array of another version")
        shape, _, dtype = np.lib.format.read_array_header_1_0(member)
        if dtype != np.uint8 or len(shape) != 1 or not 0 <= shape[0] <= _MOST_BYTES:
            raise ValueError("not an array of so many bytes")
        self._member = member
        self._left = shape[0]

    def read(self, count: int) -> bytes:
        """At most `count` bytes; none at the array's end."""
        data = self._member.read(min(count, self._left))
        self._left -= len(data)
        return data

    def finish(self) -> None:
        """See that nothing follows; only at its end an archive shows that no bit was changed."""
        if self._left or self._member.read(1):
            raise ValueError("bytes after the last frame")


def _draw(header: wire.Header, body: bytes) -> tuple[str, Any]:
    return header["method"], wire.decode_all([header["value"]], body)[0]


def _dialogue(frames: _Frames, length: int) -> Dialogue:
    return [
        (wire.question_from(*wire.read(frames.read)), wire.answer_from(*wire.read(frames.read)))
        for _ in range(length)
    ]
