"""Hidden checks of why preprocessing helps."""

from __future__ import annotations

import numpy as np

from grader import Code, Draw, check, expect

from .checks_agreement import agree, polite
from .checks_inputs import Arguments


def logistic_loss(x: np.ndarray, y: np.ndarray, w: np.ndarray) -> float:
    """The loss, for what a check wants of its own draws."""
    return float(np.logaddexp(0.0, -y * (x @ w)).mean())


def classified(draw: Draw, n: int, d: int, rises: bool, shift: float = 0.0) -> Arguments:
    """x, y, w, delta with which the loss rises, or falls, by a tenth of it at least."""

    def make() -> Arguments:
        x = draw.normal(n, d, shift=shift)
        y = np.where(draw.uniform(n) < 0.5, -1.0, 1.0)
        return x, y, draw.normal(d), draw.normal(d, scale=0.5)

    def moves(arguments: Arguments) -> bool:
        x, y, w, delta = arguments
        before, after = logistic_loss(x, y, w), logistic_loss(x, y, w + delta)
        enough = (after - before if rises else before - after) >= 0.1 * max(before, after)
        return bool(enough) and min(before, after) > 0.1

    return draw.until(make, moves)


@check(item="loss_sensitivity", ru="Верно, растут потери или падают, для других форм")
def sensitivity_up_and_down(student: Code, reference: Code, draw: Draw) -> None:
    """The change is right for other shapes, whether the loss rises or falls."""
    cases = [
        classified(draw, n, d, rises)
        for n, d in ((9, 4), (3, 7), (5, 5), (1, 2))
        for rises in (True, False)
    ]
    given, wanted = (code.loss_sensitivity.many(cases) for code in (student, reference))
    # A difference of two losses: float32 inside loses a digit or two, which is allowed.
    expect.close(given, wanted, what="loss_sensitivity", tolerance=1e-3)


@check(item="loss_sensitivity", ru="После центрирования чувствительность меньше")
def sensitivity_before_and_after_centring(student: Code, reference: Code, draw: Draw) -> None:
    """Before and after the data are centred, the change is right: centring makes it smaller."""

    def make() -> list[Arguments]:
        x, y, w, delta = classified(draw, 12, 4, rises=True, shift=3.0)
        return [(x, y, w, delta), (x - x.mean(axis=0), y, w, delta)]

    def helps(cases: list[Arguments]) -> bool:
        raw, centred = (
            abs(logistic_loss(x, y, w + delta) - logistic_loss(x, y, w)) for x, y, w, delta in cases
        )
        return 0.05 < centred < 0.5 * raw

    cases = draw.until(make, helps)
    given, wanted = (code.loss_sensitivity.many(cases) for code in (student, reference))
    expect.close(given, wanted, what="loss_sensitivity (raw, centred)", tolerance=1e-3)


@check(item="loss_sensitivity", ru="Аргументы не изменены; float32 принимается")
def loss_sensitivity_is_polite(student: Code, reference: Code, draw: Draw) -> None:
    """The arguments stay as they were, and float32 is read too."""
    arguments = dict(
        zip(("x", "y", "w", "delta"), classified(draw, 6, 3, rises=False), strict=True)
    )
    polite(student, reference, "loss_sensitivity", arguments, "loss_sensitivity")


def mixed_signs(draw: Draw, n: int, d: int) -> Arguments:
    """About a third of the examples all positive, a third all negative, a third mixed."""
    x = np.abs(draw.upstream(n, d))
    kind = draw.permutation(n) % 3
    x[kind == 1] *= -1.0
    flipped = draw.integers(0, d, n)
    x[np.arange(n), flipped] *= np.where(kind == 2, -1.0, 1.0)
    return x, draw.upstream(n)


@check(item="weight_gradient_signs", ru="Доля верна, когда знаков поровну")
def share_for_mixed_signs(student: Code, reference: Code, draw: Draw) -> None:
    """The share is right for examples of one sign, of the other, and of both."""
    cases = [mixed_signs(draw, n, d) for n, d in ((13, 3), (8, 5), (4, 4), (9, 4))]
    x, upstream = cases[-1]
    # An example of one sign decides all signs of the sum: who looks at that one sees 1, not a 0
    # that many mistakes give.
    upstream[np.argmax((x > 0).all(axis=1))] *= 1000.0
    agree(student, reference, "weight_gradient_signs", cases, "weight_gradient_signs")


@check(item="weight_gradient_signs", ru="1 для положительных данных, мало после центрирования")
def share_before_and_after_centring(student: Code, reference: Code, draw: Draw) -> None:
    """The share is 1 for positive data and small once they are centred."""
    x, upstream = draw.uniform(30, 6, low=0.1, high=9.0), draw.upstream(30)
    upstream[0] *= 300  # it decides all signs of the sum, and none of a column's others
    cases: list[Arguments] = [(x, upstream), (x - x.mean(axis=0), upstream), (-x, upstream)]
    agree(student, reference, "weight_gradient_signs", cases, "weight_gradient_signs")


@check(item="weight_gradient_signs", ru="Аргументы не изменены; float32 принимается")
def weight_gradient_signs_is_polite(student: Code, reference: Code, draw: Draw) -> None:
    """The arguments stay as they were, and float32 is read too."""
    x, upstream = mixed_signs(draw, 10, 3)
    arguments = {"x": x, "upstream": upstream}
    polite(student, reference, "weight_gradient_signs", arguments, "weight_gradient_signs")
