"""What the tests of the commands share: a copy of the numpy course to stand in."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.cli import main

COURSES = Path(__file__).parents[1] / "courses"
SEED = "a seed of the tests of the commands"


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course with assignments/, reference/ and handed-in work; the current folder."""
    root = tmp_path / "course"
    for name in ("assignments", "reference"):
        shutil.copytree(COURSES / name, root / name)
    shutil.copytree(COURSES / "submissions" / "right", root / "handed-in" / "right")
    monkeypatch.chdir(root)
    monkeypatch.setenv("GRADER_SEED", SEED)
    monkeypatch.setenv("LANG", "C.UTF-8")
    return root


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """`command("grade", …)` gives exit code, standard output and standard error."""

    def run(*words: object) -> tuple[int, str, str]:
        try:
            code = main([str(word) for word in words])
        except SystemExit as end:
            code = int(end.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return run
