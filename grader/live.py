"""Live objects in a box's place: the functions of a student's own kernel answer the questions.

This is the student's process and nobody's judge: nothing is locked, timed, captured or graded here.
Values cross as they do at the wall, by the worker's own shelf and through frames, so that a check
sees of them what it would see of a box.
"""

from __future__ import annotations

import importlib
import random
import re
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from grader import wire
from grader.errors import WireError
from grader.questions import Answer, Arguments, Failure, FailureKind, Question
from grader.rubric import Limits
from grader.sandbox import talk
from grader.sandbox.talk import Box, Opener, Sources
from grader.worker.held import Shelf, Unreadable
from grader.worker.item import seed_everything

_NO_PLACE = re.compile(r"[^\w\[\].]")
CellOf = Callable[[str], str | None]
"""The name of the cell that was compiled under a file's name (`In[5]`); None for any other file."""

LIVE = Sources(files={"notebook.py": ""}, given={}, overlays={})
"""What stands for the functions in the kernel where sources are asked for. There are none to read,
so that no policy is looked at."""


class LiveBox:
    """A `Box` without walls: the names of a namespace answer."""

    def __init__(
        self, namespace: Mapping[str, Any], arrays: str, files: tuple[str, ...], cell_of: CellOf
    ) -> None:
        """`namespace` is the kernel's; `files` are the assigned ones, which it may have imported
        from."""
        self.seconds = 0.0
        self.definitions_alone = False
        self.stumble: Failure | None = None
        self._namespace = namespace
        self._shelf = Shelf(arrays)
        self._files = files
        self._cell_of = cell_of
        self._check: str | None = None

    @property
    def item_is_open(self) -> bool:
        """Always: the kernel goes on."""
        return True

    def open_item(self, item: str, limits: Limits) -> Failure | None:
        """Nothing is loaded; a seed for the item, as in a box."""
        self._check = None
        seed_everything(talk.seed_of(item))
        return None

    def ask(self, question: Question, check: str, limits: Limits) -> Answer:
        """The answer of the live function; a failure where it raises or is not there.

        Raises: KeyboardInterrupt where the student stops the cell.
        """
        if check != self._check:
            self._check = check
            self._shelf.clear()
            seed_everything(talk.seed_of(check))
        # Over the wire and back: what is sent is a copy, and what comes is of the wire's kinds.
        asked = wire.question_from(*wire.unpack(wire.pack_question(question)))
        answer = talk.answer_in(self._frame(asked), question)
        return talk.broken(question) if answer is None else answer

    def close_item(self) -> str:
        """Prints went to the cell; none are kept."""
        return ""

    def close(self) -> None:
        """The kernel goes on; what was held for it goes."""
        self._shelf.clear()

    def _frame(self, question: Question) -> bytes:
        try:
            values = tuple(
                self._shelf.outside(self._one(question, call), question.returns, question.id)
                for call in question.calls
            )
            return wire.pack_answer(Answer(question=question.id, values=values))
        except (Unreadable, WireError) as error:
            said = str(error) if str(error).startswith("returned") else f"returned {error}"
            name = question.target if isinstance(question.target, str) else "a held object"
            failure = Failure(kind=FailureKind.UNREADABLE, message=f"{name} {said}")
        except _Missing:
            text = f"there is no {question.target} in this kernel; run the cell that defines it"
            failure = Failure(kind=FailureKind.MISSING, message=text)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # a student's code may raise anything, SystemExit too
            failure = self._failure(error)
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
            if question.target not in self._namespace:
                raise _Missing
            function = self._namespace[question.target]
        else:
            function = self._shelf.resolve(question.target)
        return function if question.verb == "read" else function(*positional, **named)

    def _failure(self, error: BaseException) -> Failure:
        try:
            text = str(error)
        except BaseException:
            text = "(its text cannot be shown)"
        message = f"{type(error).__name__}: {text}".removesuffix(": ")
        if isinstance(error, SystemExit):
            message = f"the code ended itself (SystemExit: {text})"
        kind = FailureKind.OUT_OF_MEMORY if isinstance(error, MemoryError) else FailureKind.RAISED
        return Failure(kind=kind, message=message[: talk.LONGEST_MESSAGE], where=self._where(error))

    def _where(self, error: BaseException) -> str | None:
        """The innermost line of the student's own: `In[5]:3`, or `layers.py:31`."""
        places = []
        for frame, line in traceback.walk_tb(error.__traceback__):
            name = frame.f_code.co_filename
            own = Path(name).name if Path(name).name in self._files else None
            place = self._cell_of(name) or own
            if place is not None:
                places.append(f"{_NO_PLACE.sub('', place)}:{line}")
        return places[-1] if places else None


class _Missing(Exception):
    pass


class LiveOpener:
    """Opens the live box for LIVE, and real ones for the reference where that is here."""

    def __init__(self, live: Box, others: Callable[[], Opener]) -> None:
        """`others` opens what opens real boxes; it is called when the first one is needed."""
        self._live = live
        self._others = others
        self._opened: Opener | None = None

    def open_box(self, sources: Sources) -> Box:
        """The live box, or a real one."""
        if sources is LIVE:
            return self._live
        if self._opened is None:
            self._opened = self._others()
        return self._opened.open_box(sources)

    def close(self) -> None:
        """End the real ones."""
        self._live.close()
        if self._opened is not None:
            self._opened.close()
            self._opened = None


@contextmanager
def untouched(arrays: str) -> Iterator[None]:
    """Leave the process as it was: global generators, default dtype, errors of numpy, gradients.

    For `arrays` "torch" it is imported here if the kernel has not done so yet.
    """
    torch: Any = importlib.import_module("torch") if arrays == "torch" else sys.modules.get("torch")
    python, numbers, errors = random.getstate(), np.random.get_state(), np.geterr()
    if torch is not None:
        generator = torch.default_generator.get_state()
        dtype, gradients = torch.get_default_dtype(), torch.is_grad_enabled()
    try:
        yield
    finally:
        random.setstate(python)
        np.random.set_state(numbers)
        np.seterr(**errors)
        if torch is not None:
            torch.default_generator.set_state(generator)
            torch.set_default_dtype(dtype)
            torch.set_grad_enabled(gradients)
