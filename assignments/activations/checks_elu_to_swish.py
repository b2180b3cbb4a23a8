"""Visible checks of ELU, SELU, maxout and swish."""

from __future__ import annotations

import numpy as np

from grader import Code, Draw, check, expect

MAXOUT = ("dx", "dw1", "db1", "dw2", "db2")


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
