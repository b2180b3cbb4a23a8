"""Hidden checks of the activations.

What every layer must do is written once (checks_layers.py), as functions of two Codes; a check
hands them its cases. Only what is drawn is ever sent to the reference, so that its answers can be
recorded.
"""

from __future__ import annotations

import numpy as np

from grader import Code, Draw, check, expect

from .checks_layers import (
    Arguments,
    cube,
    dx_agrees,
    dx_at,
    far_out,
    far_slope,
    finite_backward,
    finite_forward,
    gradients,
    outputs_agree,
    own_far_out,
    polite_backward,
    polite_forward,
    second_keeps_float32,
    two_cases,
)

# --- sigmoid ---------------------------------------------------------------------------------


@check(item="sigmoid.forward", ru="Выход верен для других форм")
def sigmoid_out_for_other_shapes(student: Code, reference: Code, draw: Draw) -> None:
    """The output is right for other shapes."""
    cases = [(draw.away_from(0.0, (3, 2, 7)),), (draw.normal(11),)]
    outputs_agree(student, reference, "sigmoid", cases)


@check(item="sigmoid.backward", ru="dx верен при чередовании вызовов и для других форм")
def sigmoid_dx_for_other_shapes(student: Code, reference: Code, draw: Draw) -> None:
    """dx is right when calls are interleaved, and for other shapes."""
    dx_agrees(student, reference, "sigmoid", two_cases(draw))
    dx_agrees(student, reference, "sigmoid", cube(draw))


@check(item="sigmoid.backward", ru="Производная в -10, 0 и 10")
def sigmoid_slope_at_minus_10_0_and_10(student: Code, reference: Code, draw: Draw) -> None:
    """The derivative at -10, 0 and 10 is right."""
    x, dout = np.asarray([-10.0, 0.0, 10.0]), draw.upstream(3)
    dx, wanted = (dx_at(code, "sigmoid", (x,), dout) for code in (student, reference))
    expect.close(dx, wanted, what="dx at (-10, 0, 10)")


@check(
    item="sigmoid.forward.stable", ru="Выход конечен и верен, когда большие и малые x вперемешку"
)
def sigmoid_out_is_finite_among_others(student: Code, reference: Code, draw: Draw) -> None:
    """The output is right where huge inputs stand among small ones."""
    outputs_agree(student, reference, "sigmoid", [(far_out(draw).reshape(8, 2, 5),)])


sigmoid_forward_is_polite = polite_forward("sigmoid")
sigmoid_backward_is_polite = polite_backward("sigmoid")
sigmoid_own_out_goes_on_far_out = own_far_out("sigmoid")
sigmoid_dx_is_finite_far_out = finite_backward("sigmoid")
sigmoid_far_dx_is_the_slope = far_slope("sigmoid")


# --- tanh ------------------------------------------------------------------------------------


@check(item="tanh.forward", ru="Выход верен для других форм")
def tanh_out_for_other_shapes(student: Code, reference: Code, draw: Draw) -> None:
    """The output is right for other shapes."""
    outputs_agree(
        student, reference, "tanh", [(draw.away_from(0.0, (3, 2, 7)),), (draw.normal(11),)]
    )


@check(item="tanh.forward", ru="Выход симметричного входа центрирован в нуле")
def tanh_out_is_centred(student: Code, reference: Code, draw: Draw) -> None:
    """Inputs that are symmetric about zero give outputs of mean zero."""
    half = draw.normal(20)
    x = np.concatenate([half, -half])[draw.permutation(40)]
    given, wanted = (
        np.asarray([out.mean(), out.std()])
        for out, _ in (code.tanh_forward(x) for code in (student, reference))
    )
    expect.close(given, wanted, what="(mean, std) of out")


@check(item="tanh.backward", ru="dx верен при чередовании вызовов и для других форм")
def tanh_dx_for_other_shapes(student: Code, reference: Code, draw: Draw) -> None:
    """dx is right when calls are interleaved, and for other shapes."""
    dx_agrees(student, reference, "tanh", two_cases(draw))
    dx_agrees(student, reference, "tanh", cube(draw))


tanh_forward_is_polite = polite_forward("tanh")
tanh_out_is_finite_far_out = finite_forward("tanh")
tanh_own_out_goes_on_far_out = own_far_out("tanh")
tanh_backward_is_polite = polite_backward("tanh")
tanh_dx_is_finite_far_out = finite_backward("tanh")
tanh_far_dx_is_the_slope = far_slope("tanh")


# --- ReLU ------------------------------------------------------------------------------------


@check(item="relu.forward", ru="Выход верен для других форм")
def relu_out_for_other_shapes(student: Code, reference: Code, draw: Draw) -> None:
    """The output is right for other shapes."""
    outputs_agree(
        student, reference, "relu", [(draw.away_from(0.0, (3, 2, 7)),), (draw.normal(11),)]
    )


@check(item="relu.backward", ru="dx верен при чередовании вызовов и для других форм")
def relu_dx_for_other_shapes(student: Code, reference: Code, draw: Draw) -> None:
    """dx is right when calls are interleaved, and for other shapes."""
    dx_agrees(student, reference, "relu", two_cases(draw))
    dx_agrees(student, reference, "relu", cube(draw))


@check(item="relu.backward", ru="На отрицательной стороне dx точен, без округления")
def relu_dx_is_exact_on_the_negative_side(student: Code, reference: Code, draw: Draw) -> None:
    """dx is exact, without rounding, where x is negative."""
    x, dout = -np.abs(draw.away_from(0.0, (4, 6))), draw.upstream(4, 6)
    dx, wanted = (dx_at(code, "relu", (x,), dout) for code in (student, reference))
    expect.equal(dx, wanted, what="dx where x < 0")


relu_forward_is_polite = polite_forward("relu")
relu_backward_is_polite = polite_backward("relu")


# --- Leaky ReLU ------------------------------------------------------------------------------


@check(item="leaky_relu.forward", ru="Выход верен для других форм и наклонов")
def leaky_relu_out_for_other_slopes(student: Code, reference: Code, draw: Draw) -> None:
    """The output is right for other shapes and slopes."""
    cases = [(draw.away_from(0.0, (3, 2, 7)), 0.1), (draw.away_from(0.0, 11), 0.3)]
    outputs_agree(student, reference, "leaky_relu", cases)


@check(item="leaky_relu.backward", ru="dx верен при чередовании вызовов и для обоих наклонов")
def leaky_relu_dx_for_both_slopes(student: Code, reference: Code, draw: Draw) -> None:
    """dx is right when calls are interleaved, and for both slopes."""
    dx_agrees(student, reference, "leaky_relu", two_cases(draw, 0.1))
    dx_agrees(student, reference, "leaky_relu", cube(draw) + cube(draw, 0.1))


leaky_relu_forward_is_polite = polite_forward("leaky_relu")
leaky_relu_backward_is_polite = polite_backward("leaky_relu")


# --- PReLU -----------------------------------------------------------------------------------


@check(item="prelu.forward", ru="Выход верен для других форм и наклонов")
def prelu_out_for_other_slopes(student: Code, reference: Code, draw: Draw) -> None:
    """The output is right for other shapes and slopes."""
    cases = [
        (draw.away_from(0.0, (3, 2, 7)), np.asarray(-0.3)),
        (draw.away_from(0.0, (6, 3)), np.asarray([1.5, -0.3, 0.25]) + draw.uniform(3, high=0.2)),
    ]
    outputs_agree(student, reference, "prelu", cases)


@check(item="prelu.backward", ru="dx верен при чередовании вызовов, для числа и вектора alpha")
def prelu_dx_for_other_slopes(student: Code, reference: Code, draw: Draw) -> None:
    """dx is right when calls are interleaved, for scalar and vector alpha."""
    dx_agrees(student, reference, "prelu", two_cases(draw, np.asarray([1.5, -0.3, 0.25])))
    dx_agrees(student, reference, "prelu", cube(draw, np.asarray(1.5)))


@check(item="prelu.backward.dalpha", ru="dalpha верен для числа и вектора alpha")
def prelu_dalpha_is_summed_right(student: Code, reference: Code, draw: Draw) -> None:
    """dalpha is summed right, for scalar and vector alpha."""
    cases = []
    for shape, alpha in (((6, 3), np.asarray([1.5, -0.3, 0.25])), ((3, 2, 7), np.asarray(-0.3))):
        x = draw.away_from(0.0, shape)
        # A sum that nearly cancels would make rounding look like a mistake.
        dout = draw.until(
            lambda shape=shape: draw.upstream(*shape),
            lambda dout, x=x: abs(np.sum(dout * np.minimum(x, 0.0))) >= 0.1 * np.linalg.norm(dout),
        )
        cases.append(((x, alpha), dout))
    given, wanted = (gradients(code, "prelu", cases) for code in (student, reference))
    for (_, mine), (_, theirs) in zip(given, wanted, strict=True):
        expect.close(mine, theirs, what="dalpha", scale="array")


def slope_a_column(draw: Draw) -> Arguments:
    """x, and an alpha for each of its columns."""
    return draw.away_from(0.0, (4, 3)), draw.upstream(3)


prelu_forward_is_polite = polite_forward("prelu", slope_a_column)
prelu_backward_is_polite = polite_backward("prelu", slope_a_column)
prelu_dalpha_keeps_float32 = second_keeps_float32(
    "prelu", "dalpha", lambda draw: [slope_a_column(draw)]
)
