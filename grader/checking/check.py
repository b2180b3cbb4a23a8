"""The `check` decorator: a function of the course that asks and expects."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from grader.checking.code import Code
from grader.errors import CourseError
from grader.numeric.draw import Draw

CheckFunction = Callable[[Code, Code, Draw], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One idea about one item.

    Attributes:
        item: the id of the item that this check belongs to.
        name: the function's name, unique within the item.
        title, title_ru: what people read; the English one is the docstring's first line.
        carries: the items whose error this check can carry forward, none for most. One that
            carries never takes points.
        function: called as `function(student, reference, draw)`.
    """

    item: str
    name: str
    title: str
    title_ru: str | None
    carries: tuple[str, ...]
    function: CheckFunction

    def __call__(self, student: Code, reference: Code, draw: Draw) -> None:
        """Run the check bare: the first difference raises Mismatch."""
        self.function(student, reference, draw)

    @property
    def id(self) -> str:
        """`<item>/<name>`: what draws and seeds are derived from."""
        return f"{self.item}/{self.name}"

    @property
    def origin(self) -> tuple[Path, int]:
        """The file and the line that define the check."""
        code = inspect.unwrap(self.function).__code__
        return Path(code.co_filename), code.co_firstlineno


def check(
    *, item: str, carries: str | tuple[str, ...] = (), ru: str | None = None
) -> Callable[[CheckFunction], Check]:
    """Make a function of (student, reference, draw) a check of `item`.

    Its docstring is the title that students read, so it must have one. `carries` is the id of an
    item whose error it can carry forward, or several of them.

    Raises:
        CourseError: the function has no docstring or not these three parameters.
    """

    def decorate(function: CheckFunction) -> Check:
        place = f"{Path(function.__code__.co_filename).name}:{function.__code__.co_firstlineno}"
        title = (inspect.getdoc(function) or "").partition("\n")[0].strip()
        if not title:
            raise CourseError(
                f"{place}: the check {function.__name__} has no docstring. Its first line is the "
                "title that students read; write one."
            )
        if list(inspect.signature(function).parameters) != ["student", "reference", "draw"]:
            raise CourseError(
                f"{place}: the check {function.__name__} must take exactly "
                "(student, reference, draw), in this order."
            )
        return Check(
            item=item,
            name=function.__name__,
            title=title,
            title_ru=ru,
            carries=(carries,) if isinstance(carries, str) else carries,
            function=function,
        )

    return decorate
