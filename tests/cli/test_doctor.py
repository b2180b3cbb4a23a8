from __future__ import annotations

import io

import pytest
from rich.console import Console

from grader import doctor
from grader.cli import main
from grader.cli.doctor import show
from grader.doctor import Fact

FACTS = [
    Fact(name="python", value="3.11.7", state="ok"),
    Fact(name="isolation x", value="not here", state="missing", advice="It needs " + "a lot " * 20),
]


def shown(facts, **terminal):
    console = Console(file=io.StringIO(), width=60, **terminal)
    show(facts, console)
    return console.file.getvalue()


def test_a_fact_is_a_line():
    assert shown(FACTS[:1]) == "ok       python  3.11.7\n"


def test_elsewhere_than_on_a_terminal_lines_stay_whole():
    lines = shown(FACTS).splitlines()

    assert lines[1:] == [
        "missing  isolation x  not here",
        "         It needs " + ("a lot " * 20),
    ]


def test_on_a_terminal_lines_fit_into_its_width():
    lines = shown(FACTS, force_terminal=True, color_system=None).splitlines()

    assert max(map(len, lines)) <= 60


def test_on_a_terminal_advice_stands_below_its_value():
    lines = shown(FACTS, force_terminal=True, color_system=None).splitlines()

    assert lines[2].index("It needs") == lines[1].index("not here")


def test_a_path_is_shown_to_its_end():
    fact = Fact(name="bubblewrap", value="folder/" * 20 + "bwrap", state="ok")

    text = shown([fact], force_terminal=True, color_system=None)

    assert fact.value in "".join(text.split())


def test_without_colours_nothing_is_coloured():
    assert "\x1b[3" not in shown(FACTS, force_terminal=True, no_color=True)


def test_what_a_driver_says_cannot_drive_the_terminal():
    fact = Fact(name="device", value="gpu\x1b[2J", state="ok")

    assert "\x1b" not in shown([fact])


@pytest.fixture
def _no_torch(monkeypatch):
    """Importing torch takes seconds and shows nothing here."""
    monkeypatch.setattr(doctor, "_ASK_TORCH", "")


@pytest.mark.usefixtures("_no_torch")
def test_this_machine_gets_a_line_for_every_fact(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    assert main(["doctor"]) == 0

    names = [line[9:].split("  ")[0] for line in capsys.readouterr().out.splitlines()]
    assert {fact.name for fact in doctor.facts(tmp_path)} <= set(names)
