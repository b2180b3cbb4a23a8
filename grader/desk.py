"""The desk: a course, what opens boxes, and the reference's answers to every check, made once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, MutableMapping
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

from grader.checking.check import Check
from grader.checking.misconceptions import Matcher
from grader.checking.record import Record
from grader.checking.run import Run, no_answer, run
from grader.checking.source import Course
from grader.errors import CourseError
from grader.numeric.draw import Draw
from grader.numeric.threads import on_one_thread
from grader.respondents import Dialogue, Seated
from grader.rubric import Item
from grader.sandbox import device as devices
from grader.sandbox.talk import Opener, Sources


@dataclass(slots=True, kw_only=True)
class Desk:
    """All that grading needs besides the submission.

    Attributes:
        course: the assignment with its checks.
        opener: what opens boxes.
        secret: the seed that the draws come from; never written anywhere.
        isolation: the level's name, for the report.
        records: the checks that the reference has answered, by check id.
        device: where items run that ask for an accelerator; "cpu" where there is none.
        device_opener: what opens boxes for these; None where they run as all others do.
        hold: holds the device while one submission uses it.
        believed: what misconceptions answered, by check id and name; filled as they are asked.
    """

    course: Course
    opener: Opener
    secret: str
    isolation: str
    records: Mapping[str, Record] = field(default_factory=dict)
    device: str = "cpu"
    device_opener: Opener | None = None
    hold: Callable[[], AbstractContextManager[None]] = nullcontext
    believed: MutableMapping[tuple[str, str], Dialogue] = field(default_factory=dict)
    _matcher: Matcher | None = None

    def __post_init__(self) -> None:
        on_one_thread()

    def seat(self, sources: Sources, item: Item | None = None) -> Seated:
        """A seat for some sources, to answer for `item`; its box opens when it is first asked."""
        if item is not None and self.device_opener is not None and self.is_on_device(item):
            return Seated(partial(self.device_opener.open_box, sources))
        return Seated(partial(self.opener.open_box, sources))

    def put_on(self, device: str, level: str) -> None:
        """Run items that ask for an accelerator on `device`, one submission at a time.

        Args:
            device: a type that torch knows, not "cpu".
            level: the level of the other boxes.
        """
        self.device = device
        self.device_opener = devices.opener(device, self.course.assignment.arrays, level)
        self.hold = partial(devices.held, device)

    def is_on_device(self, item: Item) -> bool:
        """Whether an item runs on an accelerator here."""
        return self.device_opener is not None and item.device == "accelerator"

    @property
    def matcher(self) -> Matcher:
        """The misconceptions of the course, ready to be tried."""
        if self._matcher is None:
            self._matcher = Matcher(course=self.course, seat=self.seat, known=self.believed)
        return self._matcher


def prepare(desk: Desk, checks: tuple[Check, ...]) -> dict[str, Record]:
    """Ask `checks` with the reference in both seats; a record each, by check id.

    A record's `problem` says why its check cannot be judged: the reference failed it, or answered
    with something that is not finite.
    """
    reference = desk.course.reference
    if reference is None:
        return {}
    records: dict[str, Record] = {}
    asked = [(check, desk.course.assignment.item(check.item)) for check in checks]
    for on_device in (False, True):
        now = [(check, item) for check, item in asked if desk.is_on_device(item) == on_device]
        seats = Seats(desk, reference), Seats(desk, reference)
        with ExitStack() as ended:
            if on_device and now:
                ended.enter_context(desk.hold())
            for seat in seats:
                ended.callback(seat.close)
            for check, item in now:
                records[check.id] = _record(desk, check, item, *(seat.of(item) for seat in seats))
    return {check.id: records[check.id] for check in checks}


class Seats:
    """Some sources' seat among the boxes, and the one on the device, each opened when needed."""

    def __init__(self, desk: Desk, sources: Sources) -> None:
        self._desk, self._sources = desk, sources
        self._open: dict[bool, Seated] = {}

    def of(self, item: Item) -> Seated:
        """The seat that answers for `item`."""
        on_device = self._desk.is_on_device(item)
        if on_device not in self._open:
            self._open[on_device] = self._desk.seat(self._sources, item)
        return self._open[on_device]

    def close(self) -> None:
        """End the boxes."""
        for seat in self._open.values():
            seat.close()


def _record(desk: Desk, check: Check, item: Item, left: Seated, right: Seated) -> Record:
    draw = Draw(seed_of(desk.secret, desk.course.assignment.slug, check))
    try:
        ran = run(
            check,
            student=left.on(check.id, item.id, item.limits),
            reference=right.on(check.id, item.id, item.limits),
            draw=draw,
            returns_of=desk.course.assignment.returns_of,
            single=desk.is_on_device(item),
        )
    except CourseError as error:
        return Record(check=check.id, draws=draw.log, student=[], reference=[], problem=str(error))
    return Record(
        check=check.id,
        draws=draw.log,
        student=ran.student,
        reference=ran.reference,
        problem=_problem(ran),
    )


def _problem(ran: Run) -> str | None:
    if ran.mismatches:
        return f"the reference fails its own check: {ran.mismatches[0].evidence}"
    if ran.failed is not None:
        return no_answer(ran.failed.failure)
    if ran.error is not None:
        return f"the check broke on the reference: {type(ran.error).__name__}: {ran.error}"
    return None if _all_finite(ran.reference) else "the reference's answers are not finite"


def seed_of(secret: str, slug: str, check: Check) -> list[int]:
    """The seed of a check's draws: eight 32-bit words of a hash of secret, assignment and check."""
    return [int(word) for word in np.frombuffer(digest(secret, slug, check.id), "<u4")]


def digest(*parts: str) -> bytes:
    """A hash of texts that no other list of texts has."""
    total = hashlib.sha256()
    for part in parts:
        total.update(f"{len(part)}:{part}".encode())
    return total.digest()


def _all_finite(dialogue: Dialogue) -> bool:
    return all(_finite(value) for _, answer in dialogue for value in answer.values)


def _finite(value: Any) -> bool:
    if isinstance(value, np.ndarray):
        return bool(np.isfinite(value).all())
    if isinstance(value, float):
        return bool(np.isfinite(value))
    if isinstance(value, (tuple, list)):
        return all(map(_finite, value))
    return not isinstance(value, dict) or all(map(_finite, value.values()))
