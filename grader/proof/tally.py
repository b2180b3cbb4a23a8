"""What each check let pass and what it caught, counted over the gradings of a validation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from grader.checking.source import Course
from grader.proof.validate import Examined

HONEST = ("reference", "alternative")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """One check's record.

    Attributes:
        check: its id, item and name.
        carries: the items whose error it forgives; a check that carries takes no points and is to
            catch nothing.
        honest: how many gradings of right solutions asked it.
        false_fails: how many of these it failed.
        wrong: how many gradings of misconceptions that are to lose its item there were.
        caught: how many of these it failed; other checks of the item may have failed the rest.
    """

    check: str
    carries: tuple[str, ...]
    honest: int
    false_fails: int
    wrong: int
    caught: int

    @property
    def share(self) -> float | None:
        """Caught of wrong; None where no misconception loses the item, or the check carries."""
        return self.caught / self.wrong if self.wrong and not self.carries else None


def tallies(course: Course, rows: Iterable[Examined]) -> list[Tally]:
    """A tally for each check of a course, in its order."""
    rows = list(rows)
    right = [row for row in rows if row.subject.kind in HONEST]
    honest = Counter(item for row in right for item in row.asked)
    false_fails = Counter(check for row in right for check in row.failed)
    loses = {one.name: one.loses for one in course.misconceptions}
    wrong: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    for row in rows:
        if row.subject.kind == "misconception":
            wrong.update(loses[row.subject.name])
            caught.update(
                check for check in row.failed if item_of(check) in loses[row.subject.name]
            )
    return [
        Tally(
            check=check.id,
            carries=check.carries,
            honest=honest[check.item],
            false_fails=false_fails[check.id],
            wrong=wrong[check.item],
            caught=caught[check.id],
        )
        for check in course.checks
    ]


def item_of(check: str) -> str:
    """The item of a check's id."""
    return check.partition("/")[0]
