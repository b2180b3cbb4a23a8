"""The item process: load the submission, then answer questions until the stream ends.

Everything from here on shares its process with student code, so nothing that this process says is
believed; it only has to serve honest work well.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

import numpy as np

from grader import wire
from grader.errors import WireError
from grader.questions import Answer, Arguments, Failure, FailureKind, Question
from grader.worker import loading
from grader.worker.held import Shelf, Unreadable

Send = Callable[[bytes], None]
Receive = Callable[[int], bytes]


class Respondent:
    """The submission's modules and the shelf of what they hold."""

    def __init__(
        self,
        modules: Sequence[ModuleType],
        files: Sequence[str],
        arrays: str,
        device: str | None = None,
    ) -> None:
        self._modules = modules
        self._files = files
        self._shelf = Shelf(arrays, device)
        self._device = device
        self._check: str | None = None

    def answer(self, question: Question, check: str, seed: int) -> bytes:
        """The frame of an answer, or of one with a failure; never an exception of student code."""
        if check != self._check:
            self._check = check
            self._shelf.clear()
            seed_everything(seed, self._device)
        try:
            values = tuple(
                self._shelf.outside(self._one(question, call), question.returns, question.id)
                for call in question.calls
            )
            return wire.pack_answer(Answer(question=question.id, values=values))
        except (Unreadable, WireError) as error:
            text = str(error)
            said = text if text.startswith("returned") else f"returned {text}"
            return _failed(question, FailureKind.UNREADABLE, f"{_name(question)} {said}")
        except _Missing:
            text = f"there is no {question.target} in {', '.join(self._files)}"
            return _failed(question, FailureKind.MISSING, text)
        except BaseException as error:
            failure = loading.failure_of(error, self._files)
            return wire.pack_answer(Answer(question=question.id, failure=failure))

    def _one(self, question: Question, call: Arguments) -> Any:
        inside = self._shelf.inside
        positional = [inside(value) for value in call.positional]
        named = {name: inside(value) for name, value in call.named.items()}
        if question.verb == "keep":
            return positional[0]
        if question.verb == "make":
            return self._shelf.make(str(question.target))
        if isinstance(question.target, str):
            try:
                function = loading.find(self._modules, question.target)
            except LookupError:
                raise _Missing from None
        else:
            function = self._shelf.resolve(question.target)
        return function if question.verb == "read" else function(*positional, **named)


class _Missing(Exception):
    pass


def serve(
    send: Send,
    receive: Receive,
    *,
    sources: loading.Sources,
    arrays: str,
    allowed: frozenset[str],
    seed: int,
    whole: bool,
    device: str | None = None,
) -> None:
    """Load, say how that went (a frame with a failure or none), answer until the stream ends."""
    files = list(sources.files)
    seed_everything(seed, device)
    try:
        sources.compile_all(whole=whole)
        modules = loading.load(sources, allowed, whole=whole)
    except BaseException as error:
        failure = loading.failure_of(error, [*files, *sources.given, *sources.overlays])
        send(wire.pack_answer(Answer(question=-1, failure=failure)))
        return
    _flush()
    send(wire.pack_answer(Answer(question=-1)))
    respondent = Respondent(modules, files, arrays, device)
    while True:
        try:
            header, body = wire.read(receive)
        except EOFError:
            return
        question = wire.question_from(header, body)
        frame = respondent.answer(question, header["check"], header["seed"])
        _flush()
        send(frame)


def seed_everything(seed: int, device: str | None = None) -> None:
    """Seed `random`, numpy and, where it is loaded, torch with 32 bits of `seed`.

    torch's own generators of accelerators are seeded only for items on a `device`: elsewhere the
    mere question whether there is one takes time, and in a zygote must not be asked.
    """
    random.seed(seed)
    np.random.seed(seed % (1 << 32))
    if torch := sys.modules.get("torch"):
        if device is None:
            torch.default_generator.manual_seed(seed)
        else:
            torch.manual_seed(seed)


def write_all(descriptor: int, frame: bytes) -> None:
    """Write a whole frame to a stream."""
    view = memoryview(frame)
    while view:
        view = view[os.write(descriptor, view) :]


def _failed(question: Question, kind: FailureKind, message: str) -> bytes:
    failure = Failure(kind=kind, message=message)
    return wire.pack_answer(Answer(question=question.id, failure=failure))


def _name(question: Question) -> str:
    if isinstance(question.target, str):
        return question.target or "the call"
    return "a held object"


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:
            continue
