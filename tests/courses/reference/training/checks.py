"""Hidden checks of the training."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from grader import Code, Draw, check, expect

SIZES = ((20, 4, 3), (17, 5, 2))
INPUTS, OUTPUTS, ROWS, BATCH, EPOCHS, RATE = 16, 2, 200, 20, 5, 0.015


class Data(NamedTuple):
    """What the student trains on, what the student never has, and a seed for both."""

    x: np.ndarray
    y: np.ndarray
    new_x: np.ndarray
    new_y: np.ndarray
    seed: int


@check(item="descend.trajectory", ru="Двадцать шагов, пакеты разной длины, веса не изменены")
def twenty_steps(student: Code, reference: Code, draw: Draw) -> None:
    """Twenty steps, batches of different sizes; the given weights stay as they were."""
    for rows, inputs, outputs in SIZES:
        x, y = draw.normal(rows, inputs), draw.normal(rows, outputs)
        weights = {"W": draw.normal(inputs, outputs), "b": draw.normal(outputs)}
        batches = [draw.permutation(rows)[: 2 + step % 5] for step in range(20)]
        held = student.keep(weights)
        given = student.descend(x, y, held, batches, 0.05)
        wanted = reference.descend(x, y, weights, batches, 0.05)
        expect.trajectory(given, wanted, what="weights")
        expect.unchanged(held, what="weights")


@check(item="fit.converges", ru="Веса предсказывают новые данные")
def it_predicts_new_data(student: Code, reference: Code, draw: Draw) -> None:
    """The weights predict data that they were not trained on."""

    def score(code: Code, data: Data) -> float:
        weights = code.fit(data.x, data.y, RATE, EPOCHS, BATCH, data.seed)
        like = {"W": np.zeros((INPUTS, OUTPUTS)), "b": np.zeros(OUTPUTS)}
        if not expect.like(weights, like, what="weights"):
            return math.nan
        error = data.new_x @ weights["W"] + weights["b"] - data.new_y
        return 1 - float(np.mean(error**2) / np.mean(data.new_y**2))

    expect.converges(
        lambda data: score(student, data),
        lambda data: score(reference, data),
        [_data(draw) for _ in range(6)],
        what="share of new data explained",
        margin=0.1,
        ceiling=0.1,
        false_fail="below 1e-9: sd 0.003 a block of 3 over 200 orders",
        power="100 % of: one epoch of five, ascent, weights from elsewhere",
    )


def _data(draw: Draw) -> Data:
    truth = draw.normal(INPUTS, OUTPUTS, scale=INPUTS**-0.5)
    x, new_x = draw.normal(ROWS, INPUTS), draw.normal(1000, INPUTS)
    noise, new_noise = draw.normal(ROWS, OUTPUTS, scale=0.3), draw.normal(1000, OUTPUTS, scale=0.3)
    seed = draw.integers(0, 1 << 31)
    return Data(x, x @ truth + noise, new_x, new_x @ truth + new_noise, seed)
