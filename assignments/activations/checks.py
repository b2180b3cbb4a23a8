"""Visible checks of the activations: what `grader check` runs on your own machine.

Every item is also asked hidden questions when it is graded: other shapes, other parameters, huge
inputs, float32, and whether your functions leave their arguments alone.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from grader import Code, Draw, check, expect

# Slopes are asked at 80 places, so that no function looks near the right one by chance. A slope of
# PReLU above 1, and a negative one, tell the right formula from max(alpha * x, x).
ALPHA = np.asarray(1.5)
NEGATIVE_ALPHA = np.asarray(-0.3)
ALPHAS = np.asarray([-0.3, 1.5, 0.25, -0.3, 0.7])
MAXOUT = ("dx", "dw1", "db1", "dw2", "db2")


# --- sigmoid ---------------------------------------------------------------------------------


@check(item="sigmoid.forward", ru="Выход совпадает с эталоном")
def sigmoid_out_equals_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """The output equals the reference's."""
    x = draw.away_from(0.0, (4, 5))
    out, wanted = (code.sigmoid_forward(x)[0] for code in (student, reference))
    expect.close(out, wanted, what="out")


@check(item="sigmoid.forward.stable", ru="При ±40 и ±800 выход конечен и верен")
def sigmoid_out_is_finite_far_out(student: Code, reference: Code, draw: Draw) -> None:
    """The output is finite and right at 40 and 800 from zero."""
    x = np.asarray([-800.0, -40.0, -1.0, 1.0, 40.0, 800.0]) * draw.uniform(6, low=0.98, high=1.02)
    out, wanted = (code.sigmoid_forward(x)[0] for code in (student, reference))
    expect.close(out, wanted, what="out")


@check(item="sigmoid.backward", ru="dx совпадает с эталоном")
def sigmoid_dx_equals_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """dx equals the reference's."""
    x, dout = draw.away_from(0.0, (4, 5)), draw.upstream(4, 5)
    dx, wanted = (
        code.sigmoid_backward(dout, code.sigmoid_forward(x)[1]) for code in (student, reference)
    )
    expect.close(dx, wanted, what="dx")


@check(item="sigmoid.backward", carries="sigmoid.forward", ru="dx — наклон вашего sigmoid_forward")
def sigmoid_dx_is_the_slope(student: Code, reference: Code, draw: Draw) -> None:
    """dx is the slope of your own sigmoid_forward."""
    x, dout = draw.away_from(0.0, (8, 10)), draw.upstream(8, 10)
    dx = student.sigmoid_backward(dout, student.sigmoid_forward(x)[1])
    expect.slope(
        student.sigmoid_forward, at=(x,), upstream=dout, gradients=(dx,), draw=draw, what=("dx",),
        near=reference.sigmoid_forward,
    )  # fmt: skip


# --- tanh ------------------------------------------------------------------------------------


@check(item="tanh.forward", ru="Выход совпадает с эталоном")
def tanh_out_equals_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """The output equals the reference's."""
    x = draw.away_from(0.0, (4, 5))
    out, wanted = (code.tanh_forward(x)[0] for code in (student, reference))
    expect.close(out, wanted, what="out")


@check(item="tanh.backward", ru="dx совпадает с эталоном")
def tanh_dx_equals_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """dx equals the reference's."""
    x, dout = draw.away_from(0.0, (4, 5)), draw.upstream(4, 5)
    dx, wanted = (
        code.tanh_backward(dout, code.tanh_forward(x)[1]) for code in (student, reference)
    )
    expect.close(dx, wanted, what="dx")


@check(item="tanh.backward", carries="tanh.forward", ru="dx — наклон вашего tanh_forward")
def tanh_dx_is_the_slope(student: Code, reference: Code, draw: Draw) -> None:
    """dx is the slope of your own tanh_forward."""
    x, dout = draw.away_from(0.0, (8, 10)), draw.upstream(8, 10)
    dx = student.tanh_backward(dout, student.tanh_forward(x)[1])
    expect.slope(
        student.tanh_forward, at=(x,), upstream=dout, gradients=(dx,), draw=draw, what=("dx",),
        near=reference.tanh_forward,
    )  # fmt: skip


# --- ReLU ------------------------------------------------------------------------------------


@check(item="relu.forward", ru="Выход совпадает с эталоном")
def relu_out_equals_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """The output equals the reference's."""
    x = draw.away_from(0.0, (4, 5))
    out, wanted = (code.relu_forward(x)[0] for code in (student, reference))
    expect.close(out, wanted, what="out")


@check(item="relu.backward", ru="dx совпадает с эталоном")
def relu_dx_equals_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """dx equals the reference's."""
    x, dout = draw.away_from(0.0, (4, 5)), draw.upstream(4, 5)
    dx, wanted = (
        code.relu_backward(dout, code.relu_forward(x)[1]) for code in (student, reference)
    )
    expect.close(dx, wanted, what="dx")


@check(item="relu.backward", carries="relu.forward", ru="dx — наклон вашего relu_forward")
def relu_dx_is_the_slope(student: Code, reference: Code, draw: Draw) -> None:
    """dx is the slope of your own relu_forward."""
    x, dout = draw.away_from(0.0, (8, 10)), draw.upstream(8, 10)
    dx = student.relu_backward(dout, student.relu_forward(x)[1])
    expect.slope(
        student.relu_forward, at=(x,), upstream=dout, gradients=(dx,), draw=draw, what=("dx",),
        near=reference.relu_forward,
    )  # fmt: skip


# --- Leaky ReLU ------------------------------------------------------------------------------


@check(item="leaky_relu.forward", ru="Выход совпадает с эталоном, наклон по умолчанию и 0.1")
def leaky_relu_out_equals_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """The output equals the reference's, with the default slope and with 0.1."""
    x = draw.away_from(0.0, (4, 5))
    for arguments in ((x,), (x, 0.1)):
        out, wanted = (code.leaky_relu_forward(*arguments)[0] for code in (student, reference))
        expect.close(out, wanted, what="out")


@check(item="leaky_relu.backward", ru="dx совпадает с эталоном")
def leaky_relu_dx_equals_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """dx equals the reference's."""
    x, dout = draw.away_from(0.0, (4, 5)), draw.upstream(4, 5)
    dx, wanted = (
        code.leaky_relu_backward(dout, code.leaky_relu_forward(x, 0.1)[1])
        for code in (student, reference)
    )
    expect.close(dx, wanted, what="dx")


@check(
    item="leaky_relu.backward", carries="leaky_relu.forward",
    ru="dx — наклон вашего leaky_relu_forward",
)  # fmt: skip
def leaky_relu_dx_is_the_slope(student: Code, reference: Code, draw: Draw) -> None:
    """dx is the slope of your own leaky_relu_forward."""
    x, dout = draw.away_from(0.0, (8, 10)), draw.upstream(8, 10)
    for slope in (0.01, 0.1):
        dx = student.leaky_relu_backward(dout, student.leaky_relu_forward(x, slope)[1])
        expect.slope(
            student.leaky_relu_forward, at=(x,), rest=(slope,), upstream=dout, gradients=(dx,),
            draw=draw, what=("dx",), near=reference.leaky_relu_forward,
        )  # fmt: skip


# --- PReLU -----------------------------------------------------------------------------------


@check(item="prelu.forward", ru="Выход совпадает с эталоном, в том числе при alpha больше 1")
def prelu_out_equals_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """The output equals the reference's, for slopes above 1 too."""
    x = draw.away_from(0.0, (4, 5))
    for alpha in (ALPHA, NEGATIVE_ALPHA, ALPHAS):
        out, wanted = (code.prelu_forward(x, alpha)[0] for code in (student, reference))
        expect.close(out, wanted, what="out")


@check(item="prelu.backward", ru="dx совпадает с эталоном")
def prelu_dx_equals_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """dx equals the reference's."""
    x, dout = draw.away_from(0.0, (4, 5)), draw.upstream(4, 5)
    (dx, _), (wanted, _) = (
        code.prelu_backward(dout, code.prelu_forward(x, ALPHAS)[1]) for code in (student, reference)
    )
    expect.close(dx, wanted, what="dx")


@check(item="prelu.backward", carries="prelu.forward", ru="dx — наклон вашего prelu_forward")
def prelu_dx_is_the_slope(student: Code, reference: Code, draw: Draw) -> None:
    """dx is the slope of your own prelu_forward."""
    for alpha in (ALPHAS, NEGATIVE_ALPHA):
        x, dout = draw.away_from(0.0, (16, 5)), draw.upstream(16, 5)
        dx, _ = student.prelu_backward(dout, student.prelu_forward(x, alpha)[1])
        expect.slope(
            student.prelu_forward, at=(x, alpha), upstream=dout, gradients=(dx, None), draw=draw,
            what=("dx",), near=reference.prelu_forward,
        )  # fmt: skip


@check(item="prelu.backward.dalpha", ru="dalpha совпадает с эталоном: наклон на столбец")
def prelu_dalpha_equals_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """dalpha equals the reference's, with one slope a column."""
    x, dout = draw.away_from(0.0, (4, 5)), draw.upstream(4, 5)
    (_, dalpha), (_, wanted) = (
        code.prelu_backward(dout, code.prelu_forward(x, ALPHAS)[1]) for code in (student, reference)
    )
    expect.close(dalpha, wanted, what="dalpha", scale="array")


@check(
    item="prelu.backward.dalpha", carries="prelu.forward",
    ru="dalpha — наклон вашего prelu_forward по alpha",
)  # fmt: skip
def prelu_dalpha_is_the_slope(student: Code, reference: Code, draw: Draw) -> None:
    """dalpha is the slope of your own prelu_forward along alpha."""
    for alpha in (ALPHAS, NEGATIVE_ALPHA):
        x, dout = draw.away_from(0.0, (16, 5)), draw.upstream(16, 5)
        _, dalpha = student.prelu_backward(dout, student.prelu_forward(x, alpha)[1])
        expect.slope(
            student.prelu_forward, at=(x, alpha), upstream=dout, gradients=(None, dalpha),
            draw=draw, what=("dalpha",), near=reference.prelu_forward,
        )  # fmt: skip


# --- ELU -------------------------------------------------------------------------------------


@check(item="elu.forward", ru="Выход совпадает с эталоном, alpha по умолчанию и 0.5")
def elu_out_equals_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """The output equals the reference's, with the default alpha and with 0.5."""
    x = draw.away_from(0.0, (4, 5))
    for arguments in ((x,), (x, 0.5)):
        out, wanted = (code.elu_forward(*arguments)[0] for code in (student, reference))
        expect.close(out, wanted, what="out")


@check(item="elu.backward", ru="dx совпадает с эталоном")
def elu_dx_equals_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """dx equals the reference's."""
    x, dout = draw.away_from(0.0, (4, 5)), draw.upstream(4, 5)
    dx, wanted = (
        code.elu_backward(dout, code.elu_forward(x, 0.5)[1]) for code in (student, reference)
    )
    expect.close(dx, wanted, what="dx")


@check(item="elu.backward", carries="elu.forward", ru="dx — наклон вашего elu_forward")
def elu_dx_is_the_slope(student: Code, reference: Code, draw: Draw) -> None:
    """dx is the slope of your own elu_forward."""
    x, dout = draw.away_from(0.0, (8, 10)), draw.upstream(8, 10)
    for alpha in (1.0, 0.5):
        dx = student.elu_backward(dout, student.elu_forward(x, alpha)[1])
        expect.slope(
            student.elu_forward, at=(x,), rest=(alpha,), upstream=dout, gradients=(dx,), draw=draw,
            what=("dx",), near=reference.elu_forward,
        )  # fmt: skip


# --- SELU ------------------------------------------------------------------------------------


@check(item="selu.forward", ru="Выход совпадает с эталоном")
def selu_out_equals_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """The output equals the reference's."""
    x = draw.away_from(0.0, (4, 5))
    out, wanted = (code.selu_forward(x)[0] for code in (student, reference))
    expect.close(out, wanted, what="out")


@check(item="selu.backward", ru="dx совпадает с эталоном")
def selu_dx_equals_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """dx equals the reference's."""
    x, dout = draw.away_from(0.0, (4, 5)), draw.upstream(4, 5)
    dx, wanted = (
        code.selu_backward(dout, code.selu_forward(x)[1]) for code in (student, reference)
    )
    expect.close(dx, wanted, what="dx")


@check(item="selu.backward", carries="selu.forward", ru="dx — наклон вашего selu_forward")
def selu_dx_is_the_slope(student: Code, reference: Code, draw: Draw) -> None:
    """dx is the slope of your own selu_forward."""
    x, dout = draw.away_from(0.0, (4, 5)), draw.upstream(4, 5)
    dx = student.selu_backward(dout, student.selu_forward(x)[1])
    expect.slope(
        student.selu_forward, at=(x,), upstream=dout, gradients=(dx,), draw=draw, what=("dx",),
        near=reference.selu_forward,
    )  # fmt: skip


# --- maxout ----------------------------------------------------------------------------------


def maxout_arguments(draw: Draw, n: int, din: int, dout: int) -> tuple[np.ndarray, ...]:
    """x, w1, b1, w2, b2 whose two pieces differ by more than 1e-2 in every entry: no ties."""

    def make() -> tuple[np.ndarray, ...]:
        return tuple(
            draw.normal(*shape) for shape in ((n, din), (din, dout), (dout,), (din, dout), (dout,))
        )

    def apart(arguments: tuple[np.ndarray, ...]) -> bool:
        x, w1, b1, w2, b2 = arguments
        return bool(np.abs(x @ w1 + b1 - x @ w2 - b2).min() > 1e-2)

    return draw.until(make, apart)


@check(item="maxout.forward", ru="Выход совпадает с эталоном")
def maxout_out_equals_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """The output equals the reference's."""
    arguments = maxout_arguments(draw, 4, 5, 3)
    out, wanted = (code.maxout_forward(*arguments)[0] for code in (student, reference))
    expect.close(out, wanted, what="out", scale="array")


@check(item="maxout.backward", ru="Все пять градиентов совпадают с эталоном")
def maxout_gradients_equal_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """All five gradients equal the reference's."""
    arguments, dout = maxout_arguments(draw, 4, 5, 3), draw.upstream(4, 3)
    given, wanted = (
        code.maxout_backward(dout, code.maxout_forward(*arguments)[1])
        for code in (student, reference)
    )
    for name, mine, theirs in zip(MAXOUT, given, wanted, strict=True):
        expect.close(mine, theirs, what=name, scale="array")


# --- swish -----------------------------------------------------------------------------------


@check(item="swish.forward", ru="Выход совпадает с эталоном при beta 0.01, 1 и 10")
def swish_out_equals_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """The output equals the reference's for beta 0.01, 1 and 10."""
    x = draw.away_from(0.0, (4, 5))
    for arguments in ((x,), (x, 0.01), (x, 10.0)):
        out, wanted = (code.swish_forward(*arguments)[0] for code in (student, reference))
        expect.close(out, wanted, what="out")


@check(item="swish.backward", ru="dx совпадает с эталоном")
def swish_dx_equals_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """dx equals the reference's."""
    x, dout = draw.away_from(0.0, (4, 5)), draw.upstream(4, 5)
    for beta in (1.0, 10.0):
        (dx, _), (wanted, _) = (
            code.swish_backward(dout, code.swish_forward(x, beta)[1])
            for code in (student, reference)
        )
        expect.close(dx, wanted, what="dx")


@check(item="swish.backward", carries="swish.forward", ru="dx — наклон вашего swish_forward")
def swish_dx_is_the_slope(student: Code, reference: Code, draw: Draw) -> None:
    """dx is the slope of your own swish_forward."""
    x, dout = draw.away_from(0.0, (8, 10)), draw.upstream(8, 10)
    for beta in (1.0, 10.0):
        dx, _ = student.swish_backward(dout, student.swish_forward(x, beta)[1])
        expect.slope(
            student.swish_forward, at=(x,), rest=(beta,), upstream=dout, gradients=(dx,),
            draw=draw, what=("dx",), near=reference.swish_forward,
        )  # fmt: skip


@check(
    item="swish.backward.dbeta", carries="swish.forward",
    ru="dbeta — наклон вашего swish_forward по beta",
)  # fmt: skip
def swish_dbeta_is_the_slope(student: Code, reference: Code, draw: Draw) -> None:
    """dbeta is the slope of your own swish_forward along beta."""
    for beta in (np.asarray(1.0), np.asarray(10.0)):
        x, dout = draw.normal(8, 10, scale=1.0 / float(beta)), draw.upstream(8, 10)
        _, dbeta = student.swish_backward(dout, student.swish_forward(x, beta)[1])
        expect.slope(
            student.swish_forward, at=(x, beta), upstream=dout, gradients=(None, dbeta),
            draw=draw, what=("dbeta",), near=reference.swish_forward,
        )  # fmt: skip


# --- single functions ------------------------------------------------------------------------


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


# --- training --------------------------------------------------------------------------------


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
