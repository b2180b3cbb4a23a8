"""Visible checks of the training."""

from __future__ import annotations

from grader import Code, Draw, check, expect


@check(item="descend.trajectory", ru="Три шага по порядку")
def three_steps(student: Code, reference: Code, draw: Draw) -> None:
    """Three steps lead where the reference's do."""
    x, y = draw.normal(12, 3), draw.normal(12, 2)
    weights = {"W": draw.normal(3, 2), "b": draw.normal(2)}
    batches = [draw.permutation(12)[:4] for _ in range(3)]
    given, wanted = (code.descend(x, y, weights, batches, 0.1) for code in (student, reference))
    expect.trajectory(given, wanted, what="weights")
