"""Visible checks of the training."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from grader import Code, Draw, check, expect


def network(draw: Draw, widths: tuple[int, ...]) -> list[tuple[np.ndarray, np.ndarray]]:
    """Initial weights of Kaiming's scale, and small biases."""
    return [
        (draw.normal(din, dout, scale=(2 / din) ** 0.5), draw.normal(dout, scale=0.1))
        for din, dout in pairwise(widths)
    ]


@check(item="train_mlp.trajectory", ru="Двадцать шагов ведут к весам и потерям эталона")
def twenty_steps_equal_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """Twenty steps lead to the reference's weights and losses, with each activation."""
    x, y, weights = draw.normal(40, 6), draw.labels(40, classes=3), network(draw, (6, 8, 5, 3))
    batches = [draw.permutation(40)[: 6 + 2 * (step % 4)] for step in range(20)]
    for activation in ("relu", "tanh", "sigmoid"):
        case = (x, y, weights, batches, 0.3, activation)
        mine, theirs = (code.train_mlp(*case) for code in (student, reference))
        # Losses first: the first of them that is off says at which step to look.
        for place, name in ((1, "losses"), (0, "weights")):
            expect.trajectory(mine[place], theirs[place], what=f"{name} ({activation})")
