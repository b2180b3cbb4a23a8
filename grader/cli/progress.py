"""How far a long command is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import TypeVar

T = TypeVar("T")

SOON = 2.0
"""Seconds in which nothing is known of the pace: what had ended before comes all at once."""


def with_progress(ended: Iterable[T], total: int, doing: str) -> Iterator[T]:
    """Pass everything on as it ends, with a bar where standard error is a terminal.

    Rate and time left are means over the whole run: things may end in bursts.
    """
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
    )

    console = Console(stderr=True)
    if not console.is_terminal:
        yield from ended
        return
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


def _pace(done: int, total: int, elapsed_seconds: float) -> str:
    if elapsed_seconds < SOON:
        return ""
    left = timedelta(seconds=round(elapsed_seconds / done * (total - done)))
    return f"{done / elapsed_seconds:.1f}/s {left}"
