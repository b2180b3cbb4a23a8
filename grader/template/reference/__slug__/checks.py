"""Hidden checks: other shapes and strengths, untouched arguments, calls in another order.

A check draws first and never lets an answer decide what is drawn.
"""

from __future__ import annotations

from grader import Code, Draw, check, expect


@check(item="damp.forward", ru="Другие формы, вход не изменён")
def other_shapes_and_an_untouched_input(student: Code, reference: Code, draw: Draw) -> None:
    """Other shapes and strengths are right too, and the input stays as it was."""
    held = student.keep(draw.normal(2, 3))
    student.damp_forward(held, 0.5)
    expect.unchanged(held, what="x")
    cases = [(draw.normal(*shape), strength) for shape, strength in (((3, 2, 7), 2.0), ((6,), 0.3))]
    given, wanted = (code.damp_forward.many(cases) for code in (student, reference))
    for (out, _), (expected, _) in zip(given, wanted, strict=True):
        expect.close(out, expected, what="out")


@check(item="damp.backward", ru="dx совпадает с эталоном")
def dx_equals_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """dx equals the reference's, with the backward passes in reverse order."""
    cases = [(draw.normal(*shape), strength) for shape, strength in (((5, 3), 0.5), ((2, 4), 2.0))]
    upstreams = [draw.upstream(*x.shape) for x, _ in cases]
    given, wanted = [], []
    for code, answers in ((student, given), (reference, wanted)):
        caches = [cache for _, cache in code.damp_forward.many(cases)]
        answers += code.damp_backward.many(list(zip(upstreams, caches, strict=True))[::-1])
    for dx, expected in zip(given, wanted, strict=True):
        expect.close(dx, expected, what="dx")
