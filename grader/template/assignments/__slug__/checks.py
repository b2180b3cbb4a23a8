"""Visible checks: what `grader check` runs. Students read this file."""

from __future__ import annotations

from grader import Code, Draw, check, expect


@check(item="damp.forward", ru="Выход совпадает с эталоном")
def out_equals_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """The output equals the reference's."""
    x = draw.normal(4, 5, scale=2.0)
    (out, _), (wanted, _) = (code.damp_forward(x, 0.5) for code in (student, reference))
    expect.close(out, wanted, what="out")


@check(item="damp.backward", carries="damp.forward", ru="dx — наклон вашего damp_forward")
def dx_is_the_slope(student: Code, reference: Code, draw: Draw) -> None:
    """dx is the slope of your own damp_forward."""
    # So many entries that no function looks near the right one by chance.
    x, dout = draw.normal(8, 10), draw.upstream(8, 10)
    dx = student.damp_backward(dout, student.damp_forward(x, 0.5)[1])
    expect.slope(
        student.damp_forward, at=(x,), rest=(0.5,), upstream=dout, gradients=(dx,), draw=draw,
        what=("dx",), near=reference.damp_forward,
    )  # fmt: skip
