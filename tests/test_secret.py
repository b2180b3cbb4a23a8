from __future__ import annotations

from pathlib import Path

import pytest

from grader import secret
from grader.errors import UsageError

LONG = "0123456789abcdef"


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The secret half of an assignment, with no seed anywhere."""
    monkeypatch.delenv(secret.VARIABLE, raising=False)
    folder = tmp_path / "reference" / "vectors"
    folder.mkdir(parents=True)
    return folder


def test_without_a_seed_nothing_is_graded(course):
    with pytest.raises(UsageError, match="no seed"):
        secret.find(None, course)


def test_without_a_secret_half_nothing_is_graded(course):
    with pytest.raises(UsageError, match="no seed"):
        secret.find(None, None)


def test_the_message_says_how_to_make_one(course):
    with pytest.raises(UsageError, match=r"secrets\.token_hex\(32\).*reference/seed"):
        secret.find(None, None)


def test_the_seed_beside_the_references_is_found(course):
    (course.parent / "seed").write_text(f"{LONG} file\n")

    assert secret.find(None, course) == f"{LONG} file"


def test_the_environment_beats_the_file(course, monkeypatch):
    (course.parent / "seed").write_text(f"{LONG} file")
    monkeypatch.setenv(secret.VARIABLE, f"{LONG} variable")

    assert secret.find(None, course) == f"{LONG} variable"


def test_the_option_beats_the_environment(course, monkeypatch):
    monkeypatch.setenv(secret.VARIABLE, f"{LONG} variable")

    assert secret.find(f"{LONG} option", course) == f"{LONG} option"


@pytest.mark.parametrize("source", ["--seed", "GRADER_SEED", "reference/seed"])
def test_a_seed_that_could_be_guessed_is_refused_by_its_source(course, monkeypatch, source):
    short, option = LONG[:-1], None
    if source == "--seed":
        option = short
    elif source == "GRADER_SEED":
        monkeypatch.setenv(secret.VARIABLE, short)
    else:
        (course.parent / "seed").write_text(short)

    with pytest.raises(UsageError, match=f"{source} has 15 characters"):
        secret.find(option, course)


def test_an_empty_option_is_refused_instead_of_the_next_source(course, monkeypatch):
    monkeypatch.setenv(secret.VARIABLE, LONG)

    with pytest.raises(UsageError, match="0 characters"):
        secret.find("", course)


def test_the_public_seed_is_long_enough_to_be_used():
    assert secret.find(secret.PUBLIC, None) == secret.PUBLIC
