from __future__ import annotations

import builtins
import operator

import pytest

from grader.worker import standins


@pytest.mark.parametrize(
    "name",
    [
        "matplotlib",
        "matplotlib.pyplot",
        "seaborn",
        "plotly.express",
        "IPython.display",
        "google",
        "google.colab",
        "tqdm",
        "tqdm.auto",
    ],
)
def test_what_is_not_graded_has_a_stand_in(name):
    assert standins.module(name).__name__ == name


@pytest.mark.parametrize("name", ["numpy", "sklearn", "google.protobuf", "matplotlibrary", "os"])
def test_everything_else_has_none(name):
    assert standins.module(name) is None


def test_a_figure_is_drawn_nowhere():
    plt = standins.module("matplotlib.pyplot")
    figure, axes = plt.subplots(2, 3, figsize=(4, 4))
    axes[0].plot([1, 2], label="loss")
    plt.rcParams["figure.figsize"] = (3, 3)
    with plt.style.context("dark"):
        plt.show()

    assert isinstance(figure.savefig("loss.png"), standins.Inert)


@pytest.mark.parametrize(
    "operation", [operator.add, operator.sub, operator.mul, operator.truediv, operator.pow]
)
def test_arithmetic_with_a_stand_in_is_a_stand_in(operation):
    thing = standins.Inert()

    assert isinstance(operation(thing, 2), standins.Inert)
    assert isinstance(operation(2, thing), standins.Inert)


def test_a_stand_in_is_false():
    assert not standins.Inert().interactive


@pytest.mark.parametrize("thing", [standins.Inert(), standins.module("matplotlib")], ids=type)
def test_a_stand_in_claims_no_protocol(thing):
    assert not hasattr(thing, "__array__")


def test_an_error_within_a_stand_ins_block_passes():
    with pytest.raises(KeyError), standins.Inert():
        raise KeyError


@pytest.mark.parametrize("name", ["tqdm", "tqdm.auto", "tqdm.notebook"])
def test_a_progress_bar_passes_its_things_through(name):
    assert list(standins.module(name).tqdm([3, 1, 2], desc="epoch")) == [3, 1, 2]


def test_a_counting_progress_bar_counts():
    assert list(standins.module("tqdm").trange(3)) == [0, 1, 2]


def test_a_progress_bar_takes_what_it_is_told():
    with standins.module("tqdm").tqdm(total=3) as bar:
        bar.set_postfix(loss=1.0)

        assert list(bar) == []


def test_a_star_import_of_a_stand_in_brings_nothing():
    assert list(standins.module("pylab").__all__) == []


def test_a_notebooks_shell_is_there(monkeypatch):
    monkeypatch.setattr(builtins, "get_ipython", None, raising=False)
    standins.install()

    assert isinstance(
        builtins.get_ipython().run_line_magic("matplotlib", "inline"),
        standins.Inert,
    )
