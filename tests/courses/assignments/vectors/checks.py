"""Visible checks of the vectors."""

from __future__ import annotations

from grader import Code, Draw, check, expect


@check(item="center.forward", ru="Выход совпадает с эталоном")
def out_equals_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """The output equals the reference's."""
    x = draw.normal(4, 3, shift=2.0)
    (out, _), (wanted, _) = (code.center_forward(x) for code in (student, reference))
    expect.close(out, wanted, what="out")


@check(item="center.backward", carries="center.forward", ru="dx — наклон вашего center_forward")
def dx_is_the_slope(student: Code, reference: Code, draw: Draw) -> None:
    """dx is the slope of your own center_forward."""
    # So many rows that whether two functions are near each other is no matter of luck.
    x, dout = draw.normal(100, 2), draw.upstream(100, 2)
    dx = student.center_backward(dout, student.center_forward(x)[1])
    expect.slope(
        student.center_forward, at=(x,), upstream=dout, gradients=(dx,), draw=draw, what=("dx",),
        near=reference.center_forward,
    )  # fmt: skip


@check(item="running_mean", ru="Средние совпадают с эталоном")
def means_equal_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """The means equal the reference's."""
    xs = draw.normal(6, shift=1.0)
    means, wanted = (code.running_mean(xs, 0.9) for code in (student, reference))
    expect.close(means, wanted, what="means")
