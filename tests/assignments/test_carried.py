"""A `carries` check of batchnorm believes only a forward pass that is near where it compares.

Asked bare, of fakes that know the layer and look at their argument: right where nearness is asked
in general, and something that needs no knowledge on the batches on which gradients are compared.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.checking import source
from grader.checking.run import run
from grader.numeric.draw import Draw
from tests.plain import Plain, returns_of
from tests.specimens import ROOT

CHECKS = {one.name: one for one in source.read(ROOT / "assignments" / "batchnorm").checks}
AXES = {"batchnorm": 0, "spatial_batchnorm": (0, 2, 3), "layernorm": 1, "instancenorm": (2, 3)}
LAYERS = (*AXES, "groupnorm")
Normalise = Callable[[np.ndarray], np.ndarray]


def right(x: np.ndarray, axes: Any, eps: float) -> np.ndarray:
    mean, var = x.mean(axis=axes, keepdims=True), x.var(axis=axes, keepdims=True)
    return (x - mean) / np.sqrt(var + eps)


def is_general(x: np.ndarray) -> bool:
    """Whether x has a shape of the inputs among which nearness is asked in general."""
    return x.shape in ((40, 3), (2, 40), (2, 4, 6, 6))


def fakes(
    elsewhere: Normalise | None, *, everywhere: bool = False
) -> dict[str, Callable[..., Any]]:
    """Each layer, forward right, or `elsewhere` but in general; backward as if x were normal."""
    functions: dict[str, Callable[..., Any]] = {}

    def add(layer: str) -> None:
        def forward(x: np.ndarray, gamma: Any, beta: Any, *rest: Any) -> Any:
            *groups, param = rest
            if layer == "groupnorm":
                grouped = x.reshape(len(x), groups[0], -1)
                normal = right(grouped, 2, param["eps"]).reshape(x.shape)
            else:
                normal = right(x, AXES[layer], param["eps"])
            if elsewhere is not None and (everywhere or not is_general(x)):
                normal = elsewhere(x)
            wide = (slice(None), *[None] * (x.ndim - 2))
            return gamma[wide] * normal + beta[wide], (normal, gamma[wide])

        def backward(dout: np.ndarray, cache: Any) -> Any:
            normal, gamma = cache
            axes = (0, *range(2, dout.ndim))
            dx = dout * gamma if normal.any() else 0 * dout
            return dx, (dout * normal).sum(axis=axes), dout.sum(axis=axes)

        functions[f"{layer}_forward"], functions[f"{layer}_backward"] = forward, backward

    for layer in LAYERS:
        add(layer)
    return functions


def passes(name: str, seed: int, **functions: Any) -> bool:
    ran = run(
        CHECKS[name],
        student=Plain(**functions),
        reference=Plain(**fakes(None)),
        draw=Draw(seed),
        returns_of=returns_of,
    )
    return ran.is_clean


CARRYING = sorted(
    name
    for name, one in CHECKS.items()
    # What folds and trains is compared with functions that these fakes lack.
    if one.carries and not one.item.startswith(("fold", "train"))
)


@pytest.mark.parametrize(
    "elsewhere",
    [lambda x: 0 * x, lambda x: x, lambda x: 1e-9 * right(x, 0, 0)],
    ids=["nothing", "the input", "next to nothing"],
)
@pytest.mark.parametrize("name", CARRYING)
def test_nothing_is_carried_by_a_layer_that_is_right_elsewhere(name: str, elsewhere: Normalise):
    assert not any(passes(name, seed, **fakes(elsewhere)) for seed in range(3))


@pytest.mark.parametrize("name", CARRYING)
def test_nothing_is_carried_by_gamma_and_beta_alone(name: str):
    functions = fakes(lambda x: x, everywhere=True)
    assert not any(passes(name, seed, **functions) for seed in range(3))


@pytest.mark.parametrize(
    "name",
    [
        "gamma_and_beta_act_on_your_own",
        "an_offset_changes_nothing_of_your_own",
        "spatial_out_is_your_own_batchnorm",
        "layernorm_is_your_own_batchnorm_turned",
        "instancenorm_is_your_own_batchnorm_turned",
        "groupnorm_is_your_own_batchnorm_turned",
        "layernorm_dbeta_follows_your_own_forward",
    ],
)
def test_a_layer_that_is_near_everywhere_carries_where_it_agrees_with_itself(name: str):
    functions = fakes(None)
    if name == "layernorm_dbeta_follows_your_own_forward":
        functions["layernorm_backward"] = through_rows
    assert passes(name, 0, **functions)


def through_rows(dout: np.ndarray, cache: Any) -> Any:
    """The way back of layernorm, for an eps of 1e-3 and an x that the spread of normal tells."""
    normal, gamma = cache
    slope = dout * gamma
    mean = np.mean(slope, axis=1, keepdims=True)
    rest = normal * np.mean(slope * normal, axis=1, keepdims=True)
    std = np.sqrt(1e-3 / (1 - np.mean(normal**2, axis=1, keepdims=True)))
    return (slope - mean - rest) / std, (dout * normal).sum(axis=0), dout.sum(axis=0)


@pytest.mark.parametrize("outside", [True, False])
def test_an_eps_outside_the_root_of_a_lone_spatial_layer_is_paid_once(outside: bool):
    def forward(x: np.ndarray, gamma: Any, beta: Any, param: dict[str, Any]) -> Any:
        mean, var = param["running_mean"], param["running_var"]
        if param["mode"] == "train":
            mean, var = x.mean(axis=(0, 2, 3)), x.var(axis=(0, 2, 3))
            for name, new in (("running_mean", mean), ("running_var", var)):
                param[name] = param["momentum"] * param[name] + (1 - param["momentum"]) * new
        std = np.sqrt(var) + param["eps"]
        if not outside and param["mode"] == "test":
            std = var  # not what its own train mode divides by
        scale, shift = gamma / std, beta - gamma / std * mean
        return scale[:, None, None] * x + shift[:, None, None], ()

    functions = {**fakes(None), "spatial_batchnorm_forward": forward}
    ran = run(
        CHECKS["spatial_modes_follow_your_own_train_mode"],
        student=Plain(**functions),
        reference=Plain(**{**fakes(None), "spatial_batchnorm_forward": forward}),
        draw=Draw(0),
        returns_of=returns_of,
    )
    assert ran.is_clean == outside
