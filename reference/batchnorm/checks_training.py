"""Hidden checks of the training: exact steps, and what comes of many."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from grader import Code, Draw, check, expect

from .checks_inputs import GRADIENTS, network, trained
from .checks_layers import RUNNING, Arguments, Check
from .checks_own import (
    BATCHNORM,
    near_forward,
    plain,
    refuse_multiples,
    refuse_strangers,
    refuse_unlike,
    refuse_zero,
)

# --- training --------------------------------------------------------------------------------


TRAINED = ("params", "running statistics", "losses")


def kaiming(din: int) -> float:
    """The standard deviation of Kaiming's initial weights."""
    return float((2 / din) ** 0.5)


def short_training(draw: Draw, steps: int = 4) -> Arguments:
    """A few steps of a net with two hidden layers, on batches of different sizes."""
    x, y = draw.normal(30, 5), draw.labels(30, classes=4)
    params = network(draw, (5, 7, 6, 4), kaiming)
    batches = [draw.permutation(30)[: 8 + step % 3] for step in range(steps)]
    return x, y, params, batches, 0.2


@check(item="train_batchnorm_mlp", ru="Двадцать шагов трёх скрытых слоёв, батчи разной длины")
def twenty_steps_equal_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """Twenty steps on batches of different sizes, three hidden layers, end where they should."""
    x, y = draw.normal(60, 12), draw.labels(60, classes=5)
    deep = (x, y, network(draw, (12, 16, 9, 11, 5), kaiming))
    batches = [draw.permutation(60)[: 12 + 4 * (step % 3)] for step in range(20)]
    flat = (x[:, :3], y % 2, network(draw, (3, 6, 2), lambda din: 0.01))
    cases = [(*deep, batches, 0.1), (*flat, batches[:7], 0.5)]
    given, wanted = (code.train_batchnorm_mlp.many(cases) for code in (student, reference))
    for mine, theirs in zip(given, wanted, strict=True):
        for name, one, other in zip(TRAINED, trained(mine), theirs, strict=True):
            expect.trajectory(one, other, what=name)


@check(item="train_batchnorm_mlp", ru="Аргументы остаются как были")
def training_is_polite(student: Code, reference: Code, draw: Draw) -> None:
    """The data, the initial parameters and the list of batches stay as they were."""
    *arguments, lr = short_training(draw)
    held = [student.keep(argument) for argument in arguments]
    student.train_batchnorm_mlp(*held, lr)
    for name, argument in zip(("x", "y", "params", "batches"), held, strict=True):
        expect.unchanged(argument, what=f"{name} after the call")


LAYERS_OF_THE_TRAINING = (
    *("batchnorm.forward", "batchnorm.forward.running"),
    *("batchnorm.backward", "batchnorm.backward.parameters"),
)


def trains_with_own_layers(item: str) -> Check:
    """The training is that of the student's own batchnorm functions."""

    def trains_with_own(student: Code, reference: Code, draw: Draw) -> None:
        """Four steps lead where your own batchnorm_forward and _backward lead."""
        x, y, params, batches, lr = short_training(draw)
        given = trained(student.train_batchnorm_mlp(x, y, params, batches, lr))
        refuse_strange_layers(student, draw)
        with np.errstate(all="ignore"):  # wrong gradients may be huge
            wanted = own_training(student, x, y, params, batches, lr)
        if expect.like(given, wanted, what="returned"):
            # On an accelerator both are float32, and in four steps not far apart.
            tolerance = 1e-6 if item == "train_batchnorm_mlp" else 1e-2
            for name, mine, theirs in zip(TRAINED, given, wanted, strict=True):
                for one, other in zip(flat(mine), flat(theirs), strict=True):
                    expect.close(one, other, what=name, tolerance=tolerance, scale="array")

    trains_with_own.__name__ = "training_uses_your_own_layers"
    ru = "Четыре шага ведут туда же, куда ваши batchnorm_forward и _backward"
    return check(item=item, carries=LAYERS_OF_THE_TRAINING, ru=ru)(trains_with_own)


def flat(value: Any) -> list[np.ndarray]:
    """The arrays in lists, tuples and dicts, in float64."""
    if isinstance(value, dict):
        return [array for key in RUNNING for array in flat(value[key])]
    if isinstance(value, (tuple, list)):
        return [array for one in value for array in flat(one)]
    return [np.asarray(value, dtype=np.float64)]


def refuse_strange_layers(student: Code, draw: Draw) -> None:
    """Refuse layers that know nothing of normalising, forward or backward."""
    refuse_strangers(student, BATCHNORM, draw)
    z, dout = draw.normal(8, 5), draw.upstream(8, 5)
    cache = student.batchnorm_forward(z, *plain(BATCHNORM, 5, 1e-3))[1]
    refuse_multiples(student.batchnorm_backward(dout, cache)[0], dout)


def own_training(
    student: Code, x: np.ndarray, y: np.ndarray, params: list[tuple[np.ndarray, ...]],
    batches: list[np.ndarray], lr: float,
) -> tuple[Any, ...]:  # fmt: skip
    """The same training, computed here, but for the student's own batchnorm functions."""
    seen = [student.keep(plain(BATCHNORM, len(b), 1e-5)[2]) for _, b, *_ in params[:-1]]
    losses = []
    for batch in batches:
        h, kept = x[batch], []
        for (w, b, gamma, beta), param in zip(params[:-1], seen, strict=True):
            z = h @ w + b
            near_forward(student, BATCHNORM, z, gamma, beta, plain(BATCHNORM, len(b), 1e-5)[2])
            out, cache = student.batchnorm_forward(z, gamma, beta, param)
            refuse_unlike(z.T, out.T)
            kept.append((h, cache, out > 0))
            h = np.maximum(out, 0.0)
        w, b = params[-1]
        share, rows = np.exp(h @ w + b), np.arange(len(batch))
        share /= share.sum(axis=1, keepdims=True)
        losses.append(-np.mean(np.log(share[rows, y[batch]])))
        share[rows, y[batch]] -= 1
        dscores = share / len(batch)
        slopes, dh = [(h.T @ dscores, dscores.sum(axis=0))], dscores @ w.T
        for (w, *_), (h, cache, alive) in zip(params[-2::-1], kept[::-1], strict=True):
            dz, dgamma, dbeta = student.batchnorm_backward(dh * alive, cache)
            refuse_multiples(dz, dh * alive)
            for name, gradient in zip(GRADIENTS, (dz, dgamma, dbeta), strict=True):
                refuse_zero(gradient, name)
            slopes.append((h.T @ dz, dz.sum(axis=0), dgamma, dbeta))
            dh = dz @ w.T
        params = [
            tuple(value - lr * slope for value, slope in zip(*layer, strict=True))
            for layer in zip(params, slopes[::-1], strict=True)
        ]
    running = [{name: student.read(param[name]) for name in RUNNING} for param in seen]
    return params, running, losses


training_uses_your_own_layers = trains_with_own_layers("train_batchnorm_mlp")


# --- the experiment: from other weights, and tried on new data -------------------------------


MARGIN = 0.40
CEILING = 0.30
FALSE_FAIL = (
    "below 1e-12 (z = 30 a block: 60 runs with float32 inside lost 0.00 on average, sd 0.02, "
    "worst 0.11)"
)
POWER = (
    "above 99.9 % (z = 5 a block: 60 nets without batchnorm lost 0.75 on average, sd 0.13, "
    "least 0.45)"
)


class TrainingCase(NamedTuple):
    """One data set: what a student trains on, and what the weights are then tried on."""

    x: np.ndarray
    y: np.ndarray
    params: list[tuple[np.ndarray, ...]]
    batches: list[np.ndarray]
    lr: float
    new_x: np.ndarray
    new_y: np.ndarray


def training_case(draw: Draw, std: Callable[[int], float], lr: float) -> TrainingCase:
    """20 clouds of points in 32 dimensions, two to a class; 12 rounds over 512 of them."""
    centres = draw.normal(20, 32)
    cloud = draw.integers(0, 20, 912)
    x, y = centres[cloud] + draw.normal(912, 32), cloud % 10
    params = [
        (w, 0 * b) if not affine else (w, 0 * b, 0 * b + 1, 0 * b)
        for w, b, *affine in network(draw, (32, *[48] * 6, 10), std)
    ]
    rounds = np.concatenate([draw.permutation(512) for _ in range(12)])
    batches = np.split(rounds, 96)
    return TrainingCase(x[:512], y[:512], params, batches, lr, x[512:], y[512:])


def accuracy_of(code: Code, case: TrainingCase) -> float:
    """The share of new points that the trained weights get right, in test mode, computed here."""
    returned = trained(code.train_batchnorm_mlp(case.x, case.y, case.params, case.batches, case.lr))
    running = [dict.fromkeys(("running_mean", "running_var"), b) for _, b, *_ in case.params[:-1]]
    form = (case.params, running, [0.0] * len(case.batches))
    if not expect.like(returned, form, what="returned"):
        return float("nan")
    params, running, _ = returned
    h = case.new_x
    with np.errstate(all="ignore"):  # wrong weights may be huge
        for (w, b, gamma, beta), seen in zip(params[:-1], running, strict=True):
            normal = (h @ w + b - seen["running_mean"]) / np.sqrt(seen["running_var"] + 1e-5)
            h = np.maximum(gamma * normal + beta, 0.0)
        w, b = params[-1]
        return float(np.mean(np.argmax(h @ w + b, axis=1) == case.new_y))


@check(item="train_batchnorm_mlp.converges", ru="Шесть слоёв обучаются с шагом 1")
def six_layers_learn_at_a_learning_rate_of_1(
    student: Code, reference: Code, draw: Draw
) -> None:  # fmt: skip
    """Six layers learn at a learning rate of 1, which is too much without batchnorm."""
    cases = [training_case(draw, kaiming, 1.0) for _ in range(6)]
    expect.converges(
        lambda case: accuracy_of(student, case), lambda case: accuracy_of(reference, case), cases,
        what="accuracy on new data", margin=MARGIN, ceiling=CEILING,
        false_fail=FALSE_FAIL, power=POWER,
    )  # fmt: skip


six_layers_use_your_own = trains_with_own_layers("train_batchnorm_mlp.converges")
