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

    from grader.cli import language
    from grader.doctor import facts
    from grader.exports.phrases import phrases

    console = Console()
    lang = language(arguments)
    with Console(stderr=True).status(phrases(lang)("looking; torch takes a few seconds")):
        found = facts(Path.cwd())
    show(found, console, lang)
    return 0


def show(facts: list[Fact], console: Console, lang: str = "en") -> None:
    """A line a fact, its advice below: a table on a terminal, whole lines elsewhere."""
    from rich.table import Column, Table
    from rich.text import Text

    from grader.exports.phrases import phrases
    from grader.inert import inert

    say = phrases(lang)
    states = {
        "ok": say("ok"),
        "missing": say.about("doctor", "missing"),
        "note": say.about("doctor", "note"),
    }
    names = {fact.name: say.sentence(fact.name) for fact in facts}
    table = Table.grid("", "", Column(overflow="fold"), padding=(0, 2))
    wide, first = max(map(len, names.values())), max(map(len, states.values()))
    for fact in facts:
        state, name = states[fact.state], names[fact.name]
        value = inert(say.sentence(fact.value))
        advice = [inert(line) for line in say.sentence(fact.advice).splitlines()]
        below = Text("".join(f"\n{line}" for line in advice), "dim")
        style = _STYLES[fact.state]
        table.add_row(Text(state, style), Text(name, "bold"), Text.assemble(value, below))
        if not console.is_terminal:
            # A file or a pipe has no width: lines stay whole, so that tools can search them.
            indent = " " * (first + 2)
            lines = [
                f"{state:<{first}}  {name:<{wide}}  {value}",
                *(f"{indent}{line}" for line in advice),
            ]
            console.print("\n".join(lines), markup=False, highlight=False, soft_wrap=True)
    if console.is_terminal:
        console.print(table)
