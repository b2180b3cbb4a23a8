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
    """A line a fact, its advice below: wrapped on a terminal, whole lines elsewhere."""
    from rich.padding import Padding
    from rich.text import Text

    from grader.inert import inert

    wide = max(len(fact.name) for fact in facts)
    for fact in facts:
        mark, name = f"{fact.state:<7}", f"{fact.name:<{wide}}"
        value = Text.assemble((mark, _STYLES[fact.state]), "  ", (name, "bold"), f"  {inert(fact.value)}")
        lines = [(value, 0)]
        lines += [
            (Text(inert(line), style="dim"), len(mark) + 2)
            for line in fact.advice.splitlines()
        ]
        for text, indent in lines:
            if console.is_terminal:
                console.print(Padding(text, (0, 0, 0, indent), expand=False))
            else:
                console.print(Text(" " * indent) + text, soft_wrap=True)
