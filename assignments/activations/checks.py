"""Visible checks of the activations: what `grader check` runs on your own machine.

Every item is also asked hidden questions when it is graded: other shapes, other parameters, huge
inputs, float32, and whether your functions leave their arguments alone.
"""

from __future__ import annotations

import numpy as np

from grader import Code, Draw, check, expect

# Slopes are asked at 80 places, so that no function looks near the right one by chance. A slope of
# PReLU above 1, and a negative one, tell the right formula from max(alpha * x, x).
ALPHA = np.asarray(1.5)
NEGATIVE_ALPHA = np.asarray(-0.3)
ALPHAS = np.asarray([-0.3, 1.5, 0.25, -0.3, 0.7])


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
