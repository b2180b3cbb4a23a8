"""Naming what a student believes: the misconception whose answers the failed check accepts."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from grader.checking.check import Check
from grader.checking.record import Record
from grader.checking.run import ReturnsOf, Run, run
from grader.checking.source import Course, Misconception
from grader.numeric.draw import Draw
from grader.respondents import Dialogue, NewQuestion, Replay, Seated
from grader.rubric import Item
from grader.sandbox.talk import Sources


@dataclass(slots=True, kw_only=True)
class Matcher:
    """Asks failed checks again with each misconception in the reference's seat.

    What a misconception answered, until it differed, is kept in `known` by check id and name, so
    that a class pays for it once.
    """

    course: Course
    seat: Callable[[Sources, Item], Seated]
    known: MutableMapping[tuple[str, str], Dialogue] = field(default_factory=dict)

    def match(
        self, check: Check, ran: Run, record: Record, believed: Sequence[Misconception] = ()
    ) -> Misconception | None:
        """The first of `believed` that the failed check accepts, else the only one, else None.

        Args:
            check, ran, record: the check, what became of it, and the reference's record.
            believed: what this student's other failed checks have named: a belief that explains
                one more failure is likelier than a second belief.

        The student's half is replayed and nobody runs the student's code again: a check that would
        ask it something new is no match. A check that ended in a failure is not matched.
        """
        if ran.failed is not None or ran.error is not None or check.carries:
            return None
        item = self.course.assignment.item(check.item)

        def accepts(candidate: Misconception) -> bool:
            return self._accepts(check, ran, record, candidate, item)

        candidates = [
            one for one in self.course.misconceptions if one.named and check.item in one.loses
        ]
        earlier = [one for one in believed if one in candidates]
        if (again := next(filter(accepts, earlier), None)) is not None:
            return again
        # A second one settles that nothing is named.
        matches = list(islice(filter(accepts, (c for c in candidates if c not in earlier)), 2))
        return matches[0] if len(matches) == 1 else None

    def _accepts(
        self, check: Check, ran: Run, record: Record, candidate: Misconception, item: Item
    ) -> bool:
        seated = self.seat(self.course.seat(candidate), item)
        known = self.known.get((check.id, candidate.name), [])
        returns_of: ReturnsOf = self.course.assignment.returns_of
        try:
            again = run(
                check,
                student=Replay(ran.student),
                reference=Replay(
                    known,
                    live=lambda: seated.on(check.id, item.id, item.limits),
                ),
                draw=Draw.replaying(record.draws),
                returns_of=returns_of,
                seat="misconception",
                single=ran.single,
            )
        except NewQuestion:
            return False
        finally:
            seated.close()
        # A failure may be the machine's: it is not kept.
        if again.failed is None and len(again.reference) > len(known):
            self.known[check.id, candidate.name] = again.reference
        return again.is_clean
