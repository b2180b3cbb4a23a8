from __future__ import annotations

import json
import subprocess
import sys

import pytest

from grader.cli import COMMANDS

_IMPORTED = """
import json, sys
from grader.cli import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
json.dump(sorted(sys.modules), sys.stderr)
"""


@pytest.mark.parametrize("words", [["--help"], *([name, "--help"] for name in COMMANDS)])
def test_help_imports_neither_torch_nor_numpy_nor_the_course(words):
    done = subprocess.run(
        [sys.executable, "-c", _IMPORTED, *words], capture_output=True, text=True, check=True
    )

    imported = json.loads(done.stderr)

    assert not {"torch", "numpy", "pydantic", "grader.checking.source"} & set(imported)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_shows_examples_and_exit_codes(command, name):
    code, out, _ = command(name, "--help")

    assert code == 0
    assert "examples:" in out
    assert f"grader {name}" in out


def test_without_a_command_the_help_is_shown(command):
    code, out, _ = command()

    assert code == 0
    assert all(name in out for name in COMMANDS)


def test_an_unknown_command_is_wrong_use(command):
    code, _, err = command("prade")

    assert code == 2
    assert "prade" in err


def test_a_mistake_of_ours_is_a_sentence_and_not_a_traceback(command, monkeypatch):
    monkeypatch.setattr("grader.rubric.find", lambda *_: 1 / 0)

    code, _, err = command("grade", "vectors", "x", "-o", "y")

    assert code == 3
    assert "Traceback" not in err
    assert "ZeroDivisionError" in err
