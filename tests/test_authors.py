"""The tutorial for authors is run as it stands."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tests.specimens import ROOT

PAGE = ROOT / "docs" / "authors.md"
FENCE = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Step(NamedTuple):
    """A block of commands, the exit code that it is to have, and what it is to print."""

    commands: str
    code: int
    shown: str


def steps() -> Iterator[Step]:
    blocks = FENCE.findall(PAGE.read_text("utf-8"))
    for place, (kind, words, body) in enumerate(blocks):
        if kind == "sh":
            code = re.search(r"exit=(\d+)", words)
            after = blocks[place + 1] if place + 1 < len(blocks) else ("", "", "")
            shown = after[2] if after[0] == "text" else ""
            yield Step(body, int(code[1]) if code else 0, shown)


def pattern(line: str) -> str:
    """A shown line as a regular expression: … stands for anything, blanks for any blanks."""
    parts = (re.sub(r"(\\ )+", r"\\s+", re.escape(part.strip())) for part in line.split("…"))
    return ".*".join(parts)


@pytest.mark.skipif(shutil.which("bash") is None, reason="the tutorial is written for a shell")
def test_the_tutorial_leads_where_it_says(tmp_path):
    state = tmp_path / "where"
    home = tmp_path / "home"
    home.mkdir()
    state.write_text(str(home))
    grader = f'grader() {{ {shlex.quote(sys.executable)} -m grader "$@"; }}'
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    environment.pop("GRADER_SEED", None)
    told = []
    for step in steps():
        script = (
            f'cd "$(cat {state})"\n{grader}\n{step.commands}\nended=$?\n'
            f"pwd > {state}\nexit $ended\n"
        )
        done = subprocess.run(
            ["bash", "-c", script], env=environment, capture_output=True, text=True, check=False
        )
        said = done.stdout + done.stderr
        told.append((step.commands, done.returncode == step.code or said))
        for line in filter(None, (line.strip() for line in step.shown.splitlines())):
            told.append((line, bool(re.search(pattern(line), said)) or said))

    assert [one for one in told if one[1] is not True] == []
    assert len(told) > 20


def test_no_command_of_the_tutorial_stands_outside_its_steps():
    text = FENCE.sub("", PAGE.read_text("utf-8"))

    assert "\ngrader " not in text
