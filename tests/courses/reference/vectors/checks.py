"""Hidden checks of the vectors."""

from __future__ import annotations

from grader import Code, Draw, check, expect


@check(item="center.forward", ru="Другие формы, вход не изменён")
def other_shapes_and_an_untouched_input(student: Code, reference: Code, draw: Draw) -> None:
    """Other shapes are right too, and the input stays as it was."""
    held = student.keep(draw.normal(2, 4))
    student.center_forward(held)
    expect.unchanged(held, what="x")
    cases = [(draw.normal(*shape, shift=-1.0),) for shape in ((2, 5), (7, 1))]
    given, wanted = (code.center_forward.many(cases) for code in (student, reference))
    for (out, _), (expected, _) in zip(given, wanted, strict=True):
        expect.close(out, expected, what="out")


@check(item="center.backward", ru="dx совпадает с эталоном")
def dx_equals_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """dx equals the reference's, with the backward passes in reverse order."""
    inputs = [(draw.normal(*shape),) for shape in ((5, 3), (2, 4))]
    upstreams = [draw.upstream(*x.shape) for (x,) in inputs]
    given, wanted = [], []
    for code, answers in ((student, given), (reference, wanted)):
        caches = [cache for _, cache in code.center_forward.many(inputs)]
        answers += code.center_backward.many(list(zip(upstreams, caches, strict=True))[::-1])
    for dx, expected in zip(given, wanted, strict=True):
        expect.close(dx, expected, what="dx")


@check(item="running_mean", ru="Столбцы, другое затухание, вход не изменён")
def columns_and_an_untouched_input(student: Code, reference: Code, draw: Draw) -> None:
    """Columns and other decays are right too, and the input stays as it was."""
    held = student.keep(draw.normal(3))
    student.running_mean(held, 0.5)
    expect.unchanged(held, what="xs")
    xs = draw.normal(5, 2, shift=3.0)
    for decay in (0.5, 0.99):
        means, wanted = (code.running_mean(xs, decay) for code in (student, reference))
        expect.close(means, wanted, what="means")
