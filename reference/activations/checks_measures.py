"""Hidden checks of the shares of saturated and dead units, and of a weight gradient."""

from __future__ import annotations

import numpy as np

from grader import Code, Draw, check, expect

from .checks_layers import logistic, single_precision


@check(item="saturated_fraction", ru="Порог — аргумент; знак не важен; сравнение строгое")
def saturated_share_is_strict_and_by_size(student: Code, reference: Code, draw: Draw) -> None:
    """The threshold is an argument, the sign does not matter, the comparison is strict."""
    # 0.125 is exact in every floating type, so entries can stand right on the threshold.
    sizes = np.concatenate([np.full(5, 0.125), 10.0 ** draw.uniform(19, low=-4.0, high=0.0)])
    signs = np.where(draw.permutation(24) < 11, -1.0, 1.0)
    local_grad = (sizes * signs)[draw.permutation(24)].reshape(2, 3, 4)
    for arguments in ((local_grad, 0.125), (local_grad,)):
        share, wanted = (code.saturated_fraction(*arguments) for code in (student, reference))
        expect.close(share, wanted, what="saturated_fraction")


@check(item="saturated_fraction", ru="Сигмоида с большим разбросом входа насыщена")
def saturated_share_of_a_wide_sigmoid(student: Code, reference: Code, draw: Draw) -> None:
    """Most of a sigmoid is saturated when its inputs spread wide."""
    local_grads = [
        logistic(x) * logistic(-x) for x in (draw.normal(20, 5), draw.normal(20, 5, scale=30.0))
    ]
    given, wanted = (
        code.saturated_fraction.many([(g,) for g in local_grads]) for code in (student, reference)
    )
    expect.close(given, wanted, what="saturated_fraction")


@check(item="dead_fraction", ru="Один пример, все живы, все мертвы")
def dead_share_at_the_ends(student: Code, reference: Code, draw: Draw) -> None:
    """The share is right for one example, for no dead unit and for dead ones alone."""
    alive = np.abs(draw.upstream(5, 4))
    one = np.where(draw.permutation(7) < 3, 0.0, np.abs(draw.upstream(1, 7)))
    cases = [(one,), (alive,), (np.zeros((3, 5)),)]
    given, wanted = (code.dead_fraction.many(cases) for code in (student, reference))
    expect.close(given, wanted, what="dead_fraction")


@check(item="dead_fraction", ru="Смещение 0.01 оживляет часть нейронов")
def dead_share_falls_with_a_positive_bias(student: Code, reference: Code, draw: Draw) -> None:
    """A bias of 0.01 revives some units."""
    dead = -np.abs(draw.upstream(6, 10))
    barely = dead * 0.009 / np.abs(dead).max()
    z = np.where(draw.permutation(10) < 4, barely, np.where(draw.permutation(10) < 3, dead, -dead))
    cases = [(np.maximum(z + bias, 0.0),) for bias in (0.0, 0.01)]
    given, wanted = (code.dead_fraction.many(cases) for code in (student, reference))
    expect.close(given, wanted, what="dead_fraction (bias 0, bias 0.01)")


@check(item="weight_gradient", ru="Градиент по положительному входу верен, и знаки тоже")
def positive_inputs_give_the_right_signs(student: Code, reference: Code, draw: Draw) -> None:
    """Positive inputs give the right gradient, signs included."""
    x, w, b = np.abs(draw.upstream(8)), draw.normal(8, scale=0.3), draw.upstream()
    size = np.abs(draw.upstream())
    for upstream in (np.asarray(size), np.asarray(-size)):
        dw, wanted = (code.weight_gradient(x, upstream, w, b) for code in (student, reference))
        expect.close(dw, wanted, what="dw")
        expect.equal(np.sign(dw), np.sign(wanted), what="signs of dw")


@check(item="weight_gradient", ru="Сумма по минибатчу положительных входов верна")
def a_minibatch_is_summed_right(student: Code, reference: Code, draw: Draw) -> None:
    """Summed over a minibatch of positive inputs, the gradient is still right."""
    w, b = draw.normal(6, scale=0.3), draw.upstream()
    cases = [
        (np.abs(draw.upstream(6)), np.asarray(sign * np.abs(draw.upstream())), w, b)
        for sign in (1, -1, 1, -1)
    ]
    given, wanted = (sum(code.weight_gradient.many(cases)) for code in (student, reference))
    expect.close(given, wanted, what="sum of dw", scale="array")


@check(item="weight_gradient", ru="Аргументы не изменены, float32 остаётся float32")
def weight_gradient_is_polite(student: Code, reference: Code, draw: Draw) -> None:
    """The arguments stay as they were, and float32 stays float32."""
    arguments = (draw.normal(5), draw.upstream(), draw.normal(5, scale=0.5), draw.upstream())
    held = [student.keep(argument) for argument in arguments]
    student.weight_gradient(*held)
    for name, argument in zip(("x", "upstream", "w", "b"), held, strict=True):
        expect.unchanged(argument, what=f"{name} after the call")
    single = single_precision(arguments)
    dw, wanted = (code.weight_gradient(*single) for code in (student, reference))
    expect.close(dw, wanted, what="dw for float32", tolerance=5e-3, scale="array")
