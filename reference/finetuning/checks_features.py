"""Hidden checks of features, of a linear classifier on top, and of parameter groups."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader import Code, Draw, check, expect

from .checks_models import OTHER_CLASSES, OTHER_WIDTHS, freeze_by_hand, single
from .checks_networks import (
    State,
    at,
    flags,
    minibatches,
    network,
    probe_in,
    probes_agree,
    rates,
    state_in,
    state_of,
)

# --- features and a linear classifier on top -------------------------------------------------


@check(item="extract_features", ru="Модель и вход не изменены, float32 остаётся float32")
def features_leave_the_model_alone(student: Code, reference: Code, draw: Draw) -> None:
    """The model and x stay as they were, in eval mode too, and float32 stays float32."""
    own = single(state_of(draw, OTHER_WIDTHS, OTHER_CLASSES))
    x = draw.normal(5, 3).astype(np.float32)
    found = []
    for code in (student, reference):
        model, held = network(code, own), code.keep(x)
        freeze_by_hand(model, own, ["block1"])
        features = code.read(code.extract_features(model, held))
        found.append((features, state_in(code, model), flags(code, model, own), code.read(held)))
    expect.close(found[0][0], found[1][0], what="features", tolerance=5e-3, scale="array")
    for part, what in enumerate(("state_dict", "requires_grad", "x"), 1):
        expect.equal(found[0][part], found[1][part], what=f"{what} after extract_features")


@check(item="extract_features.modes", ru="Прежние режимы и в смеси: часть в train, часть в eval")
def mixed_modes_come_back(student: Code, reference: Code, draw: Draw) -> None:
    """The modes come back of networks of which a part is in train mode and a part is not."""
    own, x = state_of(draw, OTHER_WIDTHS, OTHER_CLASSES), draw.normal(4, 3)
    given, wanted = (
        [modes_of_a_mixture(code, own, x, training) for training in (True, False)]
        for code in (student, reference)
    )
    for mine, theirs in zip(given, wanted, strict=True):
        expect.equal(mine[0], theirs[0], what="rows of the features")
        expect.equal(mine[1], theirs[1], what="training after extract_features")


def modes_of_a_mixture(
    code: Code, own: State, x: np.ndarray, training: bool
) -> tuple[Any, dict[str, bool]]:
    """The rows of the features, and the modes of a network in train mode, or in eval mode, of
    which two parts were in the other one."""
    model = network(code, own)
    model.train(training)
    at(model, "features.block2").train(not training)
    at(model, "features.block2.linear").train(training)
    features = code.read(code.extract_features(model, x))
    names = ["features", "features.block1.norm", "features.block2", "features.block2.linear"]
    found = {name: code.read(at(model, name).training) for name in [*names, "head"]}
    return np.shape(features)[:1], {**found, "the model": code.read(model.training)}


@check(item="train_linear_probe", ru="Класс без примеров, повторы, примеры вне батчей")
def the_probe_sees_its_batches_alone(student: Code, reference: Code, draw: Draw) -> None:
    """A class without examples, repeated examples and examples in no batch change nothing."""
    features, labels = draw.normal(15, 6), draw.labels(15, 4)
    batches = [draw.integers(0, 10, size) for size in (7, 3, 1, 10, 6, 2)]
    given, wanted = probes_agree(student, reference, features, labels, 5, batches, 0.2)
    if expect.like(given, wanted, what="(weight, bias)"):
        expect.trajectory(given, wanted, what="(weight, bias)")


@check(item="train_linear_probe", ru="Аргументы не изменены, float32 остаётся float32")
def the_probe_is_polite(student: Code, reference: Code, draw: Draw) -> None:
    """The arguments stay as they were, and float32 stays float32."""
    features, labels = draw.normal(12, 3).astype(np.float32), draw.labels(12, 3)
    batches = minibatches(draw, 12, (6, 6))
    held = [student.keep(value) for value in (features, labels, batches)]
    student.train_linear_probe(held[0], held[1], 3, held[2], 0.1)
    for argument, what in zip(held, ("features", "labels", "batches"), strict=True):
        expect.unchanged(argument, what=f"{what} after the call")
    found = [
        probe_in(code, code.train_linear_probe(features, labels, 3, batches, 0.1))
        for code in (student, reference)
    ]
    given, wanted = ({"weight": str(w.dtype), "bias": str(b.dtype)} for w, b in found)
    expect.equal(given, wanted, what="dtypes for float32 features")


# --- parameter_groups ------------------------------------------------------------------------


@check(item="parameter_groups", ru="Ничего не заморожено; всё, кроме головы; отдельные параметры")
def rates_wherever_it_is_frozen(student: Code, reference: Code, draw: Draw) -> None:
    """The rates are right with nothing frozen, with all of the features, and with parts of them."""
    own = state_of(draw, OTHER_WIDTHS, OTHER_CLASSES)
    for frozen, lr in (([], 2.0), (["block1", "block2"], 0.05), (["norm"], 1.0)):
        given, wanted = (rates(code, own, frozen, lr) for code in (student, reference))
        expect.close(given, wanted, what="learning rates", tolerance=1e-9)
