"""Hidden checks of ELU, SELU, maxout and swish."""

from __future__ import annotations

import numpy as np

from grader import Code, Draw, check, expect

from .checks_layers import (
    Arguments,
    a_matrix,
    cube,
    dx_agrees,
    far_slope,
    finite_backward,
    finite_forward,
    gradients,
    logistic,
    outputs_agree,
    own_far_out,
    polite_backward,
    polite_forward,
    second_keeps_float32,
    two_cases,
)

MAXOUT = ("dx", "dw1", "db1", "dw2", "db2")


# --- ELU -------------------------------------------------------------------------------------


@check(item="elu.forward", ru="Выход верен для других форм и alpha")
def elu_out_for_other_alphas(student: Code, reference: Code, draw: Draw) -> None:
    """The output is right for other shapes and other alpha."""
    cases = [(draw.away_from(0.0, (3, 2, 7)), 0.5), (draw.away_from(0.0, 11), 2.0)]
    outputs_agree(student, reference, "elu", cases)


@check(item="elu.backward", ru="dx верен при чередовании вызовов и для других alpha")
def elu_dx_for_other_alphas(student: Code, reference: Code, draw: Draw) -> None:
    """dx is right when calls are interleaved, and for other alpha."""
    dx_agrees(student, reference, "elu", two_cases(draw, 0.5))
    dx_agrees(student, reference, "elu", cube(draw) + cube(draw, 2.0))


elu_forward_is_polite = polite_forward("elu")
elu_out_is_finite_far_out = finite_forward("elu")
elu_own_out_goes_on_far_out = own_far_out("elu")
elu_backward_is_polite = polite_backward("elu")
elu_dx_is_finite_far_out = finite_backward("elu")
elu_far_dx_is_the_slope = far_slope("elu")


# --- SELU ------------------------------------------------------------------------------------


@check(item="selu.forward", ru="Выход верен для других форм")
def selu_out_for_other_shapes(student: Code, reference: Code, draw: Draw) -> None:
    """The output is right for other shapes."""
    cases = [(draw.away_from(0.0, (3, 2, 7)),), (draw.away_from(0.0, 11),)]
    outputs_agree(student, reference, "selu", cases)


@check(item="selu.backward", ru="dx верен при чередовании вызовов и для других форм")
def selu_dx_for_other_shapes(student: Code, reference: Code, draw: Draw) -> None:
    """dx is right when calls are interleaved, and for other shapes."""
    dx_agrees(student, reference, "selu", two_cases(draw))
    dx_agrees(student, reference, "selu", cube(draw))


@check(item="selu.depth", ru="24 слоя приводят среднее к 0 и разброс к 1")
def selu_brings_deep_activations_to_mean_0_and_std_1(
    student: Code, reference: Code, draw: Draw
) -> None:
    """24 layers bring the activations to mean 0 and std 1, from above and from below."""
    width, depth = 96, 24
    # One matrix, its rows shuffled anew for each layer: as good as 24, and far less to send.
    w = draw.normal(width, width, scale=width**-0.5)
    layers = [w[draw.permutation(width)] for _ in range(depth)]
    x = draw.normal(16, width) * np.repeat([0.5, 2.0], 8)[:, None]

    def at_the_end(code: Code) -> np.ndarray:
        h = x
        with np.errstate(all="ignore"):  # a wrong layer may grow without bound
            for layer in layers:
                h, _ = code.selu_forward(h @ layer)
            return np.asarray([s for half in (h[:8], h[8:]) for s in (half.mean(), half.std())])

    given, wanted = at_the_end(student), at_the_end(reference)
    # Over 200 draws: constants with all digits are 5e-5 off, cut to two decimals 9e-3, lambda on
    # one side only at least 9e-2, the identity 0.5.
    expect.close(given, wanted, what="(mean, std, mean, std)", tolerance=0.03, scale="array")


selu_forward_is_polite = polite_forward("selu")
selu_out_is_finite_far_out = finite_forward("selu")
selu_own_out_goes_on_far_out = own_far_out("selu")
selu_backward_is_polite = polite_backward("selu")
selu_dx_is_finite_far_out = finite_backward("selu")
selu_far_dx_is_the_slope = far_slope("selu")


# --- maxout ----------------------------------------------------------------------------------


def maxout_arguments(draw: Draw, n: int, din: int, dout: int) -> Arguments:
    """x, w1, b1, w2, b2 whose two pieces differ by more than 1e-2 in every entry: no ties."""

    def make() -> Arguments:
        return tuple(
            draw.normal(*s) for s in ((n, din), (din, dout), (dout,), (din, dout), (dout,))
        )

    def apart(arguments: Arguments) -> bool:
        x, w1, b1, w2, b2 = arguments
        return bool(np.abs(x @ w1 + b1 - x @ w2 - b2).min() > 1e-2)

    return draw.until(make, apart)


@check(item="maxout.forward", ru="Выход верен для других форм")
def maxout_out_for_other_shapes(student: Code, reference: Code, draw: Draw) -> None:
    """The output is right for other shapes."""
    cases = [maxout_arguments(draw, *sizes) for sizes in ((3, 2, 7), (5, 4, 1), (3, 3, 3))]
    outputs_agree(student, reference, "maxout", cases, scale="array")


@check(item="maxout.backward", ru="Градиенты верны при чередовании вызовов и для других форм")
def maxout_gradients_for_other_shapes(student: Code, reference: Code, draw: Draw) -> None:
    """All gradients are right when calls are interleaved, and for other shapes."""
    for sizes in (((3, 2, 7), (3, 2, 7)), ((5, 4, 1), (3, 3, 3))):
        cases = [
            (maxout_arguments(draw, n, din, dout), draw.upstream(n, dout)) for n, din, dout in sizes
        ]
        given, wanted = (gradients(code, "maxout", cases) for code in (student, reference))
        for mine, theirs in zip(given, wanted, strict=True):
            for name, gradient, expected in zip(MAXOUT, mine, theirs, strict=True):
                expect.close(gradient, expected, what=name, scale="array")


def maxout_of_equals(draw: Draw, n: int, din: int, dout: int) -> Arguments:
    """The same, and neither piece, nor its absolute value, is near the maximum of the two."""

    def fair(arguments: Arguments) -> bool:
        x, w1, b1, w2, b2 = arguments
        left, right = x @ w1 + b1, x @ w2 + b2
        largest = np.maximum(left, right)
        others = (left, right, np.abs(left), np.abs(right))
        lengths = [np.linalg.norm(other) * np.linalg.norm(largest) for other in others]
        return all(
            np.sum(other * largest) < 0.65 * length
            for other, length in zip(others, lengths, strict=True)
        )

    return draw.until(lambda: maxout_arguments(draw, n, din, dout), fair)


@check(
    item="maxout.backward", carries="maxout.forward", ru="Градиенты — наклоны вашего maxout_forward"
)
def maxout_gradients_are_the_slopes(student: Code, reference: Code, draw: Draw) -> None:
    """The five gradients are the slopes of your own maxout_forward."""
    arguments, dout = maxout_of_equals(draw, 16, 5, 3), draw.upstream(16, 3)
    gradients = student.maxout_backward(dout, student.maxout_forward(*arguments)[1])
    expect.slope(
        student.maxout_forward, at=arguments, upstream=dout, gradients=gradients, draw=draw,
        what=MAXOUT, near=reference.maxout_forward,
    )  # fmt: skip


def small_maxout(draw: Draw) -> Arguments:
    """The arguments of a layer from 3 to 2."""
    return maxout_arguments(draw, 4, 3, 2)


maxout_forward_is_polite = polite_forward("maxout", small_maxout)
maxout_backward_is_polite = polite_backward("maxout", small_maxout, names=MAXOUT, width=2)


# --- swish -----------------------------------------------------------------------------------


@check(item="swish.forward", ru="Выход верен для других форм, beta — число или тензор")
def swish_out_for_other_betas(student: Code, reference: Code, draw: Draw) -> None:
    """The output is right for other shapes, and for beta as a number or a tensor."""
    cases = [
        (draw.away_from(0.0, (3, 2, 7)), 10.0),
        (draw.away_from(0.0, (4, 3)), np.asarray(0.01)),
        (draw.normal(11), np.asarray(10.0)),
    ]
    outputs_agree(student, reference, "swish", cases)


@check(item="swish.backward", ru="dx верен при чередовании вызовов и для других beta")
def swish_dx_for_other_betas(student: Code, reference: Code, draw: Draw) -> None:
    """dx is right when calls are interleaved, and for other beta."""
    dx_agrees(student, reference, "swish", two_cases(draw, 10.0))
    dx_agrees(student, reference, "swish", cube(draw, 0.01) + cube(draw, np.asarray(10.0)))


@check(item="swish.backward.dbeta", ru="dbeta верен для beta 0.01, 1 и 10, числа или тензора")
def swish_dbeta_is_summed_right(student: Code, reference: Code, draw: Draw) -> None:
    """dbeta is right for beta 0.01, 1 and 10, as a number or a tensor."""
    cases = []
    for shape, beta in (((4, 5), 1.0), ((3, 2, 7), 10.0), ((6, 3), np.asarray(0.01))):
        # Where sigmoid(beta x) is flat nothing can be seen: x grows as beta shrinks, up to 2.
        x = draw.normal(*shape, scale=min(2.0, 2.0 / float(beta)))
        slope = x * x * logistic(beta * x) * logistic(-beta * x)
        # A sum that nearly cancels would make rounding look like a mistake.
        dout = draw.until(
            lambda shape=shape: draw.upstream(*shape),
            lambda dout, slope=slope: (
                abs(np.sum(dout * slope)) >= 0.5 * np.linalg.norm(dout * slope)
            ),
        )
        cases.append(((x, beta), dout))
    given, wanted = (gradients(code, "swish", cases) for code in (student, reference))
    for (_, mine), (_, theirs) in zip(given, wanted, strict=True):
        expect.close(mine, theirs, what="dbeta", scale="array")


swish_forward_is_polite = polite_forward("swish")
swish_out_is_finite_far_out = finite_forward("swish")
swish_own_out_goes_on_far_out = own_far_out("swish")
swish_backward_is_polite = polite_backward("swish")
swish_dbeta_keeps_float32 = second_keeps_float32(
    "swish", "dbeta", lambda draw: [(*a_matrix(draw), 1.0), (*a_matrix(draw), np.asarray(1.0))]
)
swish_dx_is_finite_far_out = finite_backward("swish")
swish_far_dx_is_the_slope = far_slope("swish")
