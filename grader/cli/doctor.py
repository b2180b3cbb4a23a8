"""`grader doctor`: what this machine has, what is missing, what to do."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from grader.doctor import Fact

HELP = "Say what this machine has for grading, what is missing, and what to do about it."
EPILOG = """\
examples:
  grader doctor                     in the course's folder, so that its seed is found
exit code: 0, whatever was found
"""
_STYLES = {"ok": "green", "missing": "red", "note": "yellow"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command has no arguments of its own."""


def run(arguments: argparse.Namespace) -> int:
    """Look, and print a line for each fact; the exit code."""
    from rich.console import Console

    from grader.doctor import facts

    console = Console()
    with Console(stderr=True).status("looking; torch takes a few seconds"):
        found = facts(Path.cwd())
    show(found, console)
    return 0


def show(facts: list[Fact], console: Console) -> None:
    """A line a fact, its advice below: a table on a terminal, whole lines elsewhere."""
    from rich.table import Column, Table
    from rich.text import Text

    from grader.inert import inert

    table = Table.grid("", "", Column(overflow="fold"), padding=(0, 2))
    wide = max(len(fact.name) for fact in facts)
    for fact in facts:
        state, name, value = Text(fact.state, _STYLES[fact.state]), fact.name, inert(fact.value)
        advice = [inert(line) for line in fact.advice.splitlines()]
        below = Text("".join(f"\n{line}" for line in advice), "dim")
        table.add_row(state, Text(name, "bold"), Text.assemble(value, below))
        if not console.is_terminal:
            # A file or a pipe has no width: lines stay whole, so that tools can search them.
            lines = [f"{fact.state:<7}  {name:<{wide}}  {value}", *(f"{'':9}{it}" for it in advice)]
            console.print("\n".join(lines), markup=False, highlight=False, soft_wrap=True)
    if console.is_terminal:
        console.print(table)
