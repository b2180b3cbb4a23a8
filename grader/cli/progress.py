"""How far a long command is."""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from rich.console import Console

T = TypeVar("T")

SOON = 2.0
"""Seconds in which nothing is known of the pace: what had ended before comes all at once."""
LINE_SECONDS = 60.0
"""Between two lines of a log: CI ends jobs that say nothing for ten minutes."""


def with_progress(ended: Iterable[T], total: int, doing: str) -> Iterator[T]:
    """Pass everything on as it ends, and tell on standard error how far it is.

    A terminal gets a bar, a log a line a minute. Rate and time left are means over the whole run:
    things may end in bursts.
    """
    from rich.console import Console

    console = Console(stderr=True)
    if console.is_terminal:
        return _with_bar(ended, total, doing, console)
    return _with_lines(ended, total, doing)


def _with_bar(ended: Iterable[T], total: int, doing: str, console: Console) -> Iterator[T]:
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
    )

    columns = (
        SpinnerColumn(),
        TextColumn(doing),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[pace]}"),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=total, pace="")
        for done, one in enumerate(ended, start=1):
            pace = _pace(done, total, progress.tasks[0].elapsed or 0.0)
            progress.update(task, completed=done, pace=pace)
            yield one


def _with_lines(ended: Iterable[T], total: int, doing: str) -> Iterator[T]:
    """A thread tells it, so that there is a line even while nothing ends."""
    began, done, over = time.monotonic(), 0, threading.Event()

    def tell() -> None:
        while not over.wait(LINE_SECONDS):
            line = f"{doing} {done}/{total} {_pace(done, total, time.monotonic() - began)}"
            with contextlib.suppress(OSError, ValueError):  # nobody reads it any more
                sys.stderr.write(f"{line.rstrip()}\n")
                sys.stderr.flush()

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        for one in ended:
            done += 1
            yield one
    finally:
        over.set()
        teller.join()


def _pace(done: int, total: int, elapsed_seconds: float) -> str:
    if not done or elapsed_seconds < SOON:
        return ""
    left = timedelta(seconds=round(elapsed_seconds / done * (total - done)))
    rate = done / elapsed_seconds
    per, unit = (1, "s") if rate >= 1 else (60, "min")
    return f"{rate * per:.1f}/{unit} {left}"
