from __future__ import annotations

import re

import pytest

from grader.cli import COMMANDS, main


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_new_assignment_is_done(here):
    assert main(["new", "made"]) == 0


def test_every_file_is_listed_from_the_course_on(here, capsys):
    main(["new", "made"])

    listed = re.findall(r"^  (\S+/\S+)$", capsys.readouterr().out, flags=re.MULTILINE)

    made = {path.relative_to(here).as_posix() for path in here.rglob("*") if path.is_file()}
    assert set(listed) == made


def test_the_next_four_commands_exist(here, capsys):
    main(["new", "made"])

    named = re.findall(r"^  grader (\w+) ", capsys.readouterr().out, flags=re.MULTILINE)

    assert len(named) == 4
    assert set(named) <= set(COMMANDS)


def test_it_says_that_it_made_the_seed(here, capsys):
    main(["new", "made"])

    assert "reference/seed is the new secret seed" in capsys.readouterr().out


def test_it_shows_no_seed(here, capsys):
    main(["new", "made"])

    assert (here / "reference" / "seed").read_text().strip() not in capsys.readouterr().out


def test_of_a_seed_that_was_there_it_says_nothing(here, capsys):
    main(["new", "first"])
    capsys.readouterr()

    main(["new", "second"])

    assert "seed is the new" not in capsys.readouterr().out


def test_a_bad_name_is_wrong_use(here, capsys):
    assert main(["new", "Made"]) == 2
    assert '"Made" cannot name an assignment' in capsys.readouterr().err
