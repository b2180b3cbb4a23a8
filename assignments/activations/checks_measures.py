"""Visible checks of the shares of saturated and dead units, and of a weight gradient."""

from __future__ import annotations

import numpy as np

from grader import Code, Draw, check, expect


@check(item="saturated_fraction", ru="Доля совпадает с эталоном")
def saturated_share_equals_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """The share equals the reference's."""
    local_grad = 10.0 ** draw.uniform(6, 7, low=-6.0, high=0.0)
    share, wanted = (code.saturated_fraction(local_grad) for code in (student, reference))
    expect.close(share, wanted, what="saturated_fraction")


@check(item="dead_fraction", ru="Доля совпадает с эталоном")
def dead_share_equals_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """The share equals the reference's."""
    dead = draw.permutation(8) < 3
    activations = np.abs(draw.normal(6, 8)) * (draw.uniform(6, 8) < 0.5) * ~dead
    share, wanted = (code.dead_fraction(activations) for code in (student, reference))
    expect.close(share, wanted, what="dead_fraction")


@check(item="weight_gradient", ru="Градиент совпадает с эталоном")
def weight_gradient_equals_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """The gradient equals the reference's."""
    x, w, upstream, b = draw.normal(5), draw.normal(5, scale=0.5), draw.upstream(), draw.upstream()
    dw, wanted = (code.weight_gradient(x, upstream, w, b) for code in (student, reference))
    expect.close(dw, wanted, what="dw")
