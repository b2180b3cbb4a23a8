from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.sandbox import environment


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder of this test's own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("name", ["OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"])
def test_everything_computes_on_one_thread(name):
    assert environment.pinned("/empty")[name] == "1"


def test_sets_have_the_same_order_every_time():
    assert environment.pinned("/empty")["PYTHONHASHSEED"] == "0"


def test_nothing_of_the_operators_environment_is_passed_on(monkeypatch):
    monkeypatch.setenv("GRADER_SEED", "secret")

    assert "GRADER_SEED" not in environment.pinned("/empty")


@pytest.mark.parametrize("name", ["HOME", "TMPDIR", "TORCHINDUCTOR_CACHE_DIR"])
def test_every_folder_is_the_empty_one(name):
    assert environment.pinned("/empty")[name] == "/empty"


def test_the_working_folder_is_empty_and_the_same_each_time(temporary):
    folder = environment.empty_folder()

    assert (os.listdir(folder), environment.empty_folder()) == ([], folder)


def test_the_working_folder_is_not_to_be_written(temporary):
    assert os.stat(environment.empty_folder()).st_mode & 0o222 == 0


@pytest.mark.parametrize("kind", ["file", "link", "filled"])
def test_another_thing_in_its_place_is_not_used(temporary, kind):
    place = Path(environment.empty_folder())
    place.rmdir()
    if kind == "file":
        place.write_text("")
    elif kind == "link":
        place.symlink_to(temporary)
    else:
        (place / "trap").mkdir(parents=True)

    folder = environment.empty_folder()

    assert folder != str(place)
    assert os.listdir(folder) == []


def test_a_users_own_folder_is_closed_to_others_and_the_same_each_time(temporary):
    folder = environment.own_folder()

    assert folder.stat().st_mode & 0o777 == 0o700
    assert environment.own_folder() == folder
    assert list(temporary.iterdir()) == [folder]


@pytest.mark.parametrize("whole", [True, False])
def test_a_link_in_its_place_is_refused(temporary, tmp_path_factory, whole):
    place = temporary / environment.own_folder().name
    place.rmdir()
    place.symlink_to(tmp_path_factory.mktemp("elsewhere") / ("" if whole else "nothing"))

    with pytest.raises(UsageError, match="is in the way"):
        environment.own_folder()
