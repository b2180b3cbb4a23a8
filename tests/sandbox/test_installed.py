from __future__ import annotations

import importlib.util
import sysconfig
from pathlib import Path

import pytest

import grader
from grader.sandbox import installed

PACKAGE = Path(grader.__file__).parent
ROOT = PACKAGE.parent


def covers(paths, wanted):
    return any(path == wanted or path in wanted.parents for path in paths)


@pytest.fixture(params=["numpy", "torch"])
def needs(request):
    if importlib.util.find_spec(request.param) is None:
        pytest.skip(f"{request.param} is not installed")
    return installed.needed(request.param)


def test_everything_that_is_named_exists(needs):
    missing = [path for path in (*needs.readable, *needs.listable) if not path.exists()]

    assert not missing


def test_the_worker_and_the_modules_it_uses_may_be_read(needs):
    wanted = ["__init__", "errors", "questions", "wire", "worker/zygote", "worker/box"]

    assert all(covers(needs.readable, PACKAGE / f"{name}.py") for name in wanted)


@pytest.mark.parametrize(
    "place",
    ["grader/scoring.py", "grader/checking", "tests", "reference", "pyproject.toml", ".git"],
)
def test_nothing_else_of_the_repository_may_be_read(needs, place):
    assert not covers(needs.readable, ROOT / place)


def test_the_packages_folder_may_be_listed_and_not_read(needs):
    site = Path(sysconfig.get_paths()["purelib"])

    assert site in needs.listable
    assert not covers(needs.readable, site)


@pytest.mark.parametrize("name", ["pytest", "pydantic", "yaml", "hypothesis", "pip"])
def test_other_distributions_may_not_be_read(needs, name):
    assert not covers(needs.readable, Path(sysconfig.get_paths()["purelib"]) / name)


def test_the_standard_library_may_be_read_without_what_is_installed_in_it(needs):
    library = Path(sysconfig.get_paths()["stdlib"])

    assert covers(needs.readable, library / "json" / "__init__.py")
    assert not covers(needs.readable, library / "site-packages")


def test_numpy_alone_brings_no_torch():
    assert "numpy" in installed.needed("numpy").modules
    assert "torch" not in installed.needed("numpy").modules


def test_torch_brings_its_dependencies():
    if importlib.util.find_spec("torch") is None:
        pytest.skip("torch is not installed")

    assert {"torch", "numpy", "sympy", "typing_extensions"} <= set(
        installed.needed("torch").modules
    )


def test_modules_are_top_level_names(needs):
    assert not [name for name in needs.modules if "/" in name or name.endswith(".py")]


def test_a_distribution_that_is_not_there_needs_nothing():
    assert installed._tops(("no-such-distribution",)) == set()
