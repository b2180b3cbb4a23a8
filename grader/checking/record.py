"""Records: a check's draws and both halves of its dialogue, kept so that nobody asks them twice."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader import wire
from grader.errors import CourseError, WireError
from grader.respondents import Dialogue

Draws = list[tuple[str, Any]]
_MOST_BYTES = 256 << 20
_BROKEN = (
    *(WireError, EOFError, OSError, LookupError, ValueError, TypeError, AttributeError),
    *(NotImplementedError, SyntaxError, zipfile.BadZipFile, zlib.error),
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
    np.savez_compressed(buffer, frames=np.frombuffer(b"".join(frames), np.uint8))
    return buffer.getvalue()


def _packed_draw(method: str, value: Any) -> bytes:
    body = bytearray()
    return wire.pack({"method": method, "value": wire.encode(value, body)}, bytes(body))


def from_bytes(data: bytes, name: str) -> Record:
    """Read what `to_bytes` wrote.

    Raises:
        CourseError: it is none of ours; `name` is the file to blame.
    """
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as archive:
            frames = io.BytesIO(archive["frames"].tobytes()[:_MOST_BYTES])
        header, _ = wire.read(frames.read)
        draws = [_draw(*wire.read(frames.read)) for _ in range(header["draws"])]
        halves = [_dialogue(frames, header[half]) for half in ("student", "reference")]
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


def _draw(header: wire.Header, body: bytes) -> tuple[str, Any]:
    return header["method"], wire.decode_all([header["value"]], body)[0]


def _dialogue(frames: io.BytesIO, length: int) -> Dialogue:
    return [
        (wire.question_from(*wire.read(frames.read)), wire.answer_from(*wire.read(frames.read)))
        for _ in range(length)
    ]
