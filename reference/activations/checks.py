"""Hidden checks of the activations.

What every layer must do is written once, as functions of two Codes; a check hands them its cases.
Only what is drawn is ever sent to the reference, so that its answers can be recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise, product
from typing import Any, NamedTuple

import numpy as np

from grader import Code, Draw, Failed, check, expect

Arguments = tuple[Any, ...]
Case = tuple[Arguments, np.ndarray]
Check = Any  # what `check` makes; the words a course may import do not name its type

MAXOUT = ("dx", "dw1", "db1", "dw2", "db2")


# --- what every layer must do ----------------------------------------------------------------


def outputs_agree(
    student: Code, reference: Code, layer: str, cases: Sequence[Arguments], scale: Any = "element"
) -> None:
    """The layer's output is the reference's for each tuple of arguments."""
    given, wanted = (getattr(code, f"{layer}_forward").many(cases) for code in (student, reference))
    for (out, _), (expected, _) in zip(given, wanted, strict=True):
        expect.close(out, expected, what="out", scale=scale)


def gradients(code: Code, layer: str, cases: Sequence[Case]) -> list[Any]:
    """What the backward pass answers in each case.

    All forwards come first, then the backwards in reverse order: no call may lean on the one
    before it. A matrix of upstream gradients arrives as a transposed view.
    """
    answers = getattr(code, f"{layer}_forward").many([arguments for arguments, _ in cases])
    upstreams = [
        code.keep(np.ascontiguousarray(dout.T)).T if dout.ndim == 2 else dout for _, dout in cases
    ]
    pairs = [(dout, cache) for dout, (_, cache) in zip(upstreams, answers, strict=True)]
    return list(getattr(code, f"{layer}_backward").many(pairs[::-1]))[::-1]


def dx_agrees(student: Code, reference: Code, layer: str, cases: Sequence[Case]) -> None:
    """dx, alone or the first of the gradients, is the reference's in each case."""
    given, wanted = (gradients(code, layer, cases) for code in (student, reference))
    for mine, theirs in zip(given, wanted, strict=True):
        expect.close(first(mine), first(theirs), what="dx")


def first(answer: Any) -> Any:
    """The gradient by the first argument."""
    return answer[0] if isinstance(answer, (tuple, list)) and answer else answer


def two_cases(draw: Draw, *rest: Any) -> list[Case]:
    """Two cases of one shape, so that a cache that calls share shows in the numbers."""
    return [((draw.away_from(0.0, (5, 3)), *rest), draw.upstream(5, 3)) for _ in range(2)]


def cube(draw: Draw, *rest: Any) -> list[Case]:
    """One case with three axes."""
    return [((draw.away_from(0.0, (3, 2, 7)), *rest), draw.upstream(3, 2, 7))]


def single_precision(arguments: Arguments) -> Arguments:
    """The same arguments, arrays in float32."""
    return tuple(a.astype(np.float32) if isinstance(a, np.ndarray) else a for a in arguments)


def all_at(code: Code, layer: str, arguments: Arguments, dout: np.ndarray) -> Sequence[Any]:
    """The gradients of one forward and one backward call; one alone as the first of one."""
    cache = getattr(code, f"{layer}_forward")(*arguments)[1]
    answer = getattr(code, f"{layer}_backward")(dout, cache)
    return answer if isinstance(answer, (tuple, list)) and answer else (answer,)


def dx_at(code: Code, layer: str, arguments: Arguments, dout: np.ndarray) -> Any:
    """dx of one forward and one backward call."""
    return all_at(code, layer, arguments, dout)[0]


def logistic(x: np.ndarray) -> np.ndarray:
    """The sigmoid, for what a check computes from its own draws."""
    return 1.0 / (1.0 + np.exp(-x))


def far_out(draw: Draw) -> np.ndarray:
    """80 inputs in random order: half near zero, half at about 40 and 800 on both sides."""
    edges = np.tile([-800.0, -40.0, -1.5, -0.5, 0.5, 1.5, 40.0, 800.0], 10)
    return (edges * draw.uniform(80, low=0.98, high=1.02))[draw.permutation(80)]


# --- the same check for many layers ----------------------------------------------------------


def a_matrix(draw: Draw) -> Arguments:
    """The arguments of a layer that is called with x alone."""
    return (draw.away_from(0.0, (4, 3)),)


def polite_forward(layer: str, arguments_of: Callable[[Draw], Arguments] = a_matrix) -> Check:
    """The forward pass changes no argument, and keeps float32."""

    def is_polite(student: Code, reference: Code, draw: Draw) -> None:
        """The arguments stay as they were, and float32 stays float32."""
        arguments = arguments_of(draw)
        held = [student.keep(argument) for argument in arguments]
        getattr(student, f"{layer}_forward")(*held)
        for place, argument in enumerate(held, 1):
            expect.unchanged(argument, what=f"argument {place} after the call")
        single = single_precision(arguments)
        out, wanted = (
            getattr(code, f"{layer}_forward")(*single)[0] for code in (student, reference)
        )
        expect.close(out, wanted, what="out for float32", tolerance=5e-3, scale="array")

    is_polite.__name__ = f"{layer}_forward_is_polite"
    ru = "Аргументы не изменены, float32 остаётся float32"
    return check(item=f"{layer}.forward", ru=ru)(is_polite)


def polite_backward(
    layer: str,
    arguments_of: Callable[[Draw], Arguments] = a_matrix,
    *,
    names: Sequence[str] = ("dx",),
    width: int = 3,
) -> Check:
    """The backward pass changes neither dout nor the inputs, and what is named keeps float32."""

    def is_polite(student: Code, reference: Code, draw: Draw) -> None:
        """dout and the inputs stay as they were, and float32 stays float32."""
        arguments, dout = arguments_of(draw), draw.upstream(4, width)
        held, upstream = [student.keep(argument) for argument in arguments], student.keep(dout)
        _, cache = getattr(student, f"{layer}_forward")(*held)
        # What the forward pass did to its arguments is judged there, not here.
        before = [student.read(argument) for argument in held]
        getattr(student, f"{layer}_backward")(upstream, cache)
        expect.unchanged(upstream, what="dout after the call")
        for place, (argument, value) in enumerate(zip(held, before, strict=True), 1):
            expect.equal(student.read(argument), value, what=f"argument {place} after the call")

        single, thin = single_precision(arguments), dout.astype(np.float32)
        given, wanted = (all_at(code, layer, single, thin) for code in (student, reference))
        for name, mine, theirs in zip(names, given, wanted, strict=False):
            keeps_single(mine, theirs, name)

    is_polite.__name__ = f"{layer}_backward_is_polite"
    ru = "dout и входы не изменены, float32 остаётся float32"
    return check(item=f"{layer}.backward", ru=ru)(is_polite)


def second_keeps_float32(
    layer: str, name: str, arguments_of: Callable[[Draw], Sequence[Arguments]]
) -> Check:
    """The gradient by what is learned keeps float32; politeness is asked with dx."""

    def stays(student: Code, reference: Code, draw: Draw) -> None:
        """float32 stays float32."""
        dout = draw.upstream(4, 3).astype(np.float32)
        for arguments in map(single_precision, arguments_of(draw)):
            given, wanted = (all_at(code, layer, arguments, dout) for code in (student, reference))
            keeps_single(given[1], wanted[1], name)

    stays.__name__ = f"{layer}_{name}_keeps_float32"
    return check(item=f"{layer}.backward.{name}", ru="float32 остаётся float32")(stays)


def keeps_single(given: Any, wanted: Any, name: str) -> None:
    """A gradient for float32 is float32, and right as far as that goes."""
    expect.close(given, wanted, what=f"{name} for float32", tolerance=5e-3, scale="array")


def finite_forward(layer: str) -> Check:
    """The output is finite at 40 and 800 from zero."""

    def is_finite(student: Code, reference: Code, draw: Draw) -> None:
        """The output is finite and right at 40 and 800 from zero."""
        outputs_agree(student, reference, layer, [(far_out(draw),)])

    is_finite.__name__ = f"{layer}_out_is_finite_far_out"
    ru = "При ±40 и ±800 выход конечен и верен"
    return check(item=f"{layer}.forward.stable", ru=ru)(is_finite)


def own_far_out(layer: str) -> Check:
    """A wrong output has been paid for: far out, it must only go on as it does at 30 and 40."""

    def goes_on(student: Code, reference: Code, draw: Draw) -> None:
        """Far from zero, your own output is finite and goes on along its own line."""
        near, far = draw.normal(400), far_out(draw)
        far = far[np.abs(far) > 10]
        x = np.concatenate([near, [30.0, 40.0, -30.0, -40.0], far])
        out, wanted = (getattr(code, f"{layer}_forward")(x)[0] for code in (student, reference))
        if not expect.like(out, wanted, what="out"):
            return
        # Not the layer's own shape in another scale: ReLU for swish comes to 0.978, a constant for
        # the sigmoid to 0.94, ELU for SELU to 0.979; a SELU without its scale is above 0.995.
        mine, theirs = np.asarray(out[:400], float), wanted[:400]
        middles = mine - mine.mean(), theirs - theirs.mean()
        alike = bool(min(cosine(mine, theirs), cosine(*middles)) >= 0.985)
        expect.equal(alike, True, what="whether out near zero resembles the layer's")
        up, down = (out[401] - out[400]) / 10, (out[402] - out[403]) / 10
        flat_there = [bool(abs(wanted[i] - wanted[i + 1]) < 1e-3) for i in (400, 402)]
        expect.equal([bool(abs(k) < 1e-4) for k in (up, down)], flat_there, what="flat ends of out")
        line = np.where(far > 0, out[401] + up * (far - 40), out[403] + down * (far + 40))
        expect.close(out[404:], line.astype(out.dtype), what="out", tolerance=1e-3, scale="array")

    goes_on.__name__ = f"{layer}_own_out_goes_on_far_out"
    ru = "Вдали от нуля ваш выход конечен и продолжает свою прямую"
    return check(item=f"{layer}.forward.stable", carries=f"{layer}.forward", ru=ru)(goes_on)


def finite_backward(layer: str) -> Check:
    """dx is finite at 40 and 800 from zero."""

    def is_finite(student: Code, reference: Code, draw: Draw) -> None:
        """dx is finite and right at 40 and 800 from zero."""
        x, dout = far_out(draw), draw.upstream(80)
        dx, wanted = (dx_at(code, layer, (x,), dout) for code in (student, reference))
        expect.close(dx, wanted, what="dx")

    is_finite.__name__ = f"{layer}_dx_is_finite_far_out"
    ru = "При ±40 и ±800 dx конечен и верен"
    return check(item=f"{layer}.backward.stable", ru=ru)(is_finite)


def far_slope(layer: str) -> Check:
    """dx far from zero fits the student's own forward pass."""

    def is_the_slope(student: Code, reference: Code, draw: Draw) -> None:
        """dx far from zero is the slope of your own forward pass."""
        x, dout = far_out(draw), draw.upstream(80)
        dx = dx_at(student, layer, (x,), dout)
        expect.slope(
            getattr(student, f"{layer}_forward"), at=(x,), upstream=dout, gradients=(dx,),
            draw=draw, what=("dx",), near=getattr(reference, f"{layer}_forward"),
        )  # fmt: skip

    is_the_slope.__name__ = f"{layer}_far_dx_is_the_slope"
    ru = "Вдали от нуля dx — наклон вашего прямого прохода"
    carried = check(item=f"{layer}.backward.stable", carries=f"{layer}.forward", ru=ru)
    return carried(is_the_slope)


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


# --- single functions ------------------------------------------------------------------------


@check(item="saturated_fraction", ru="Порог — аргумент; знак не важен; сравнение строгое")
def saturated_share_is_strict_and_by_size(student: Code, reference: Code, draw: Draw) -> None:
    """The threshold is an argument, the sign does not matter, the comparison is strict."""
    # 0.125 is exact in every floating type, so entries can stand right on the threshold.
    sizes = np.concatenate([np.full(5, 0.125), 10.0 ** draw.uniform(19, low=-4.0, high=0.0)])
    signs = np.where(draw.permutation(24) < 11, -1.0, 1.0)
    local_grad = (sizes * signs)[draw.permutation(24)].reshape(2, 3, 4)
    for arguments in ((local_grad, 0.125), (local_grad,)):
        share, wanted = (code.saturated_fraction(*arguments) for code in (student, reference))
        expect.close(share, wanted, what="saturated_fraction")


@check(item="saturated_fraction", ru="Сигмоида с большим разбросом входа насыщена")
def saturated_share_of_a_wide_sigmoid(student: Code, reference: Code, draw: Draw) -> None:
    """Most of a sigmoid is saturated when its inputs spread wide."""
    local_grads = [
        logistic(x) * logistic(-x) for x in (draw.normal(20, 5), draw.normal(20, 5, scale=30.0))
    ]
    given, wanted = (
        code.saturated_fraction.many([(g,) for g in local_grads]) for code in (student, reference)
    )
    expect.close(given, wanted, what="saturated_fraction")


@check(item="dead_fraction", ru="Один пример, все живы, все мертвы")
def dead_share_at_the_ends(student: Code, reference: Code, draw: Draw) -> None:
    """The share is right for one example, for no dead unit and for dead ones alone."""
    alive = np.abs(draw.upstream(5, 4))
    one = np.where(draw.permutation(7) < 3, 0.0, np.abs(draw.upstream(1, 7)))
    cases = [(one,), (alive,), (np.zeros((3, 5)),)]
    given, wanted = (code.dead_fraction.many(cases) for code in (student, reference))
    expect.close(given, wanted, what="dead_fraction")


@check(item="dead_fraction", ru="Смещение 0.01 оживляет часть нейронов")
def dead_share_falls_with_a_positive_bias(student: Code, reference: Code, draw: Draw) -> None:
    """A bias of 0.01 revives some units."""
    dead = -np.abs(draw.upstream(6, 10))
    barely = dead * 0.009 / np.abs(dead).max()
    z = np.where(draw.permutation(10) < 4, barely, np.where(draw.permutation(10) < 3, dead, -dead))
    cases = [(np.maximum(z + bias, 0.0),) for bias in (0.0, 0.01)]
    given, wanted = (code.dead_fraction.many(cases) for code in (student, reference))
    expect.close(given, wanted, what="dead_fraction (bias 0, bias 0.01)")


@check(item="weight_gradient", ru="Градиент по положительному входу верен, и знаки тоже")
def positive_inputs_give_the_right_signs(student: Code, reference: Code, draw: Draw) -> None:
    """Positive inputs give the right gradient, signs included."""
    x, w, b = np.abs(draw.upstream(8)), draw.normal(8, scale=0.3), draw.upstream()
    size = np.abs(draw.upstream())
    for upstream in (np.asarray(size), np.asarray(-size)):
        dw, wanted = (code.weight_gradient(x, upstream, w, b) for code in (student, reference))
        expect.close(dw, wanted, what="dw")
        expect.equal(np.sign(dw), np.sign(wanted), what="signs of dw")


@check(item="weight_gradient", ru="Сумма по минибатчу положительных входов верна")
def a_minibatch_is_summed_right(student: Code, reference: Code, draw: Draw) -> None:
    """Summed over a minibatch of positive inputs, the gradient is still right."""
    w, b = draw.normal(6, scale=0.3), draw.upstream()
    cases = [
        (np.abs(draw.upstream(6)), np.asarray(sign * np.abs(draw.upstream())), w, b)
        for sign in (1, -1, 1, -1)
    ]
    given, wanted = (sum(code.weight_gradient.many(cases)) for code in (student, reference))
    expect.close(given, wanted, what="sum of dw", scale="array")


@check(item="weight_gradient", ru="Аргументы не изменены, float32 остаётся float32")
def weight_gradient_is_polite(student: Code, reference: Code, draw: Draw) -> None:
    """The arguments stay as they were, and float32 stays float32."""
    arguments = (draw.normal(5), draw.upstream(), draw.normal(5, scale=0.5), draw.upstream())
    held = [student.keep(argument) for argument in arguments]
    student.weight_gradient(*held)
    for name, argument in zip(("x", "upstream", "w", "b"), held, strict=True):
        expect.unchanged(argument, what=f"{name} after the call")
    single = single_precision(arguments)
    dw, wanted = (code.weight_gradient(*single) for code in (student, reference))
    expect.close(dw, wanted, what="dw for float32", tolerance=5e-3, scale="array")


# --- training: exact steps -------------------------------------------------------------------


Weights = list[tuple[np.ndarray, np.ndarray]]

ACTIVATIONS = ("relu", "tanh", "sigmoid")


def network(draw: Draw, widths: tuple[int, ...], bias: float = 0.1) -> Weights:
    """Initial weights of Kaiming's scale, and biases with the deviation `bias`."""
    return [
        (draw.normal(din, dout, scale=(2 / din) ** 0.5), draw.normal(dout, scale=bias))
        for din, dout in pairwise(widths)
    ]


def short_training(draw: Draw) -> Arguments:
    """Three steps of a net with two hidden layers, on batches of different sizes."""
    x, y, weights = draw.normal(24, 5), draw.labels(24, classes=4), network(draw, (5, 6, 6, 4))
    batches = [draw.permutation(24)[: 8 + step] for step in range(3)]
    return x, y, weights, batches, 0.5


@check(item="train_mlp.trajectory", ru="Двадцать шагов других сетей, батчи разной длины")
def twenty_steps_of_other_networks(student: Code, reference: Code, draw: Draw) -> None:
    """Twenty steps end where they should, in a deep net and in one with a single hidden layer."""
    x, y = draw.normal(50, 7), draw.labels(50, classes=4)
    deep = (x, y, network(draw, (7, 11, 9, 6, 4)), draw_batches(draw, 50, (5, 12, 1, 8)), 0.2)
    flat = (x[:, :3], y % 2, network(draw, (3, 10, 2)), draw_batches(draw, 50, (16, 7)), 0.4)
    for net, activation in product((deep, flat), ACTIVATIONS):
        mine, theirs = (code.train_mlp(*net, activation) for code in (student, reference))
        for place, name in ((1, "losses"), (0, "weights")):
            expect.trajectory(mine[place], theirs[place], what=f"{name} ({activation})")


def draw_batches(draw: Draw, n: int, sizes: tuple[int, ...]) -> list[np.ndarray]:
    """Twenty batches out of n examples, their sizes in turn."""
    return [draw.permutation(n)[: sizes[step % len(sizes)]] for step in range(20)]


@check(item="train_mlp.trajectory", ru="Аргументы остаются как были")
def training_is_polite(student: Code, reference: Code, draw: Draw) -> None:
    """The data, the initial weights and the list of batches stay as they were."""
    *arguments, lr = short_training(draw)
    held = [student.keep(argument) for argument in arguments]
    student.train_mlp(*held, lr, "relu")
    for name, argument in zip(("x", "y", "weights", "batches"), held, strict=True):
        expect.unchanged(argument, what=f"{name} after the call")


def trains_with_own(item: str, activations: tuple[str, ...], *, leave_out: bool = False) -> Check:
    """The training is that of the student's own activations, whatever these are.

    An error of theirs has cost its points already. With `leave_out`, an activation that gives no
    answer is left out, as long as another gives one: it costs its own items, and the loop is judged
    on the others. A race needs all who run it.
    """

    def trains_with_own_layers(student: Code, reference: Code, draw: Draw) -> None:
        """Three steps lead where your own activations lead."""
        case = short_training(draw)
        silent = 0
        for activation in activations:
            try:
                wanted = own_training(student, *case, activation)
            except (Failed, AttributeError, TypeError, ValueError):
                # No answer, or none that the next layer could take: None, another shape.
                silent += 1
                if not leave_out or silent == len(activations):
                    raise
                continue
            given = student.train_mlp(*case, activation)
            if not expect.like(given, wanted, what=f"(weights, losses) ({activation})"):
                return
            # On an accelerator the student's half is float32.
            tolerance = 1e-6 if given[0][0][0].dtype == np.float64 else 1e-3
            for mine, theirs in zip(flat(given), flat(wanted), strict=True):
                expect.close(
                    mine, theirs, what=f"training ({activation})", tolerance=tolerance,
                    scale="array",
                )  # fmt: skip
            # Layers that pass nothing on would let a loop pass that trains the last layer alone.
            pairs = zip(wanted[0], case[2], strict=True)
            moved = [bool(np.abs(w - start).max() > 1e-3) for (w, _), (start, _) in pairs]
            expect.equal(moved, [True] * len(moved), what=f"layers that move ({activation})")

    trains_with_own_layers.__name__ = "training_uses_your_own_activations"
    ru = "Три шага ведут туда же, куда ваши активации"
    carries = tuple(f"{name}.{way}" for name in activations for way in ("forward", "backward"))
    return check(item=item, carries=carries, ru=ru)(trains_with_own_layers)


def own_training(
    student: Code, x: np.ndarray, y: np.ndarray, weights: Weights, batches: list[np.ndarray],
    lr: float, activation: str,
) -> tuple[Weights, list[float]]:  # fmt: skip
    """The same training, computed here, but for the student's own activation."""
    forward, backward = (getattr(student, f"{activation}_{way}") for way in ("forward", "backward"))
    losses = []
    with np.errstate(all="ignore"):  # wrong slopes may be huge
        for batch in batches:
            h, tape = x[batch], []
            for w, b in weights[:-1]:
                out, cache = forward(h @ w + b)
                tape.append((h, cache))
                h = out.astype(np.float64)
            w, b = weights[-1]
            log_shares, rows = log_softmax(h @ w + b), np.arange(len(batch))
            losses.append(-float(np.mean(log_shares[rows, y[batch]])))
            dz = np.exp(log_shares)
            dz[rows, y[batch]] -= 1
            dz /= len(batch)
            slopes, dh = [(h.T @ dz, dz.sum(axis=0))], dz @ w.T
            for (w, _), (h, cache) in zip(weights[-2::-1], tape[::-1], strict=True):
                dz = backward(dh, cache).astype(np.float64)
                slopes.append((h.T @ dz, dz.sum(axis=0)))
                dh = dz @ w.T
            weights = [
                (w - lr * dw, b - lr * db)
                for (w, b), (dw, db) in zip(weights, slopes[::-1], strict=True)
            ]
    return weights, losses


def log_softmax(scores: np.ndarray) -> np.ndarray:
    """The logarithm of each class's share, by rows."""
    scores = scores - scores.max(axis=1, keepdims=True)
    return scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))


def flat(answer: Any) -> list[np.ndarray]:
    """All that a training returns, as arrays in float64."""
    weights, losses = answer
    parts = [part for pair in weights for part in pair] + [np.asarray(losses)]
    return [np.asarray(part, dtype=np.float64) for part in parts]


steps_use_your_own_activations = trains_with_own(
    "train_mlp.trajectory", ACTIVATIONS, leave_out=True
)


# --- training: what comes of it --------------------------------------------------------------


class Experiment(NamedTuple):
    """One data set: what a student trains on, and what the weights are then tried on."""

    x: np.ndarray
    y: np.ndarray
    weights: Weights
    batches: list[np.ndarray]
    new_x: np.ndarray
    new_y: np.ndarray


def experiment(draw: Draw, widths: tuple[int, ...], steps: int) -> Experiment:
    """20 clouds of points, two to a class, drawn anew; batches of 32 in rounds over 512 points."""
    centres, cloud = draw.normal(20, widths[0]), draw.integers(0, 20, 912)
    x, y = centres[cloud] + draw.normal(912, widths[0]), cloud % 10
    rounds = np.concatenate([draw.permutation(512) for _ in range(-(-steps // 16))])
    batches = list(rounds.reshape(-1, 32)[:steps])
    return Experiment(x[:512], y[:512], network(draw, widths, 0.0), batches, x[512:], y[512:])


def trained(code: Code, case: Experiment, runs: Sequence[tuple[str, int]]) -> list[Weights] | None:
    """The weights after each run, an activation and a number of steps; None if misshapen."""
    data = (case.x, case.y, case.weights)
    answers = code.train_mlp.many([(*data, case.batches[:n], 0.1, name) for name, n in runs])
    for (name, n), answer in zip(runs, answers, strict=True):
        form = (case.weights, [0.0] * n)
        if not expect.like(answer, form, what=f"(weights, losses) ({name})"):
            return None
    return [weights for weights, _ in answers]


def loss_on(weights: Weights, x: np.ndarray, y: np.ndarray, activation: str) -> float:
    """The mean softmax cross-entropy of a network."""
    bend: dict[str, Callable[[np.ndarray], np.ndarray]] = {
        "relu": lambda z: np.maximum(z, 0.0),
        "tanh": np.tanh,
        "sigmoid": logistic,
    }
    h = x
    with np.errstate(all="ignore"):  # wrong weights may be huge
        for w, b in weights[:-1]:
            h = bend[activation](h @ w + b)
        w, b = weights[-1]
        return -float(np.mean(log_softmax(h @ w + b)[np.arange(len(y)), y]))


@check(item="train_mlp.converges", ru="Потери на новых данных не хуже, чем у эталона")
def the_network_learns(student: Code, reference: Code, draw: Draw) -> None:
    """After four rounds over the data, the loss on new data is as low as the reference's."""
    cases = [experiment(draw, (32, 48, 10), 64) for _ in range(6)]

    def score(code: Code, case: Experiment, moves: list[list[np.ndarray]]) -> float:
        found = trained(code, case, [("relu", 64)])
        if found is None:
            return float("nan")
        pairs = zip(found[0], case.weights, strict=True)
        moves.append([w - start for (w, _), (start, _) in pairs])
        with np.errstate(all="ignore"):
            return -float(np.log(loss_on(found[0], case.new_x, case.new_y, "relu")))

    mine: list[list[np.ndarray]] = []
    theirs: list[list[np.ndarray]] = []
    expect.converges(
        lambda case: score(student, case, mine), lambda case: score(reference, case, theirs),
        cases, what="-log(loss on new data)", margin=0.12, ceiling=0.12,
        false_fail="below 1e-9: the same start and batches, and float32 moves it by 1e-7",
        power="every block of 12 mistakes, 5 of each; the least, 3 of 4 rounds, is 0.21 off",
    )  # fmt: skip
    # Different mistakes may end at like losses, so the way there counts too. Over 24 data sets the
    # least cosine was 0.996 for one batch less or biases that stay, the greatest 0.90 for weights
    # that move once, 0.88 and 0.52 for wrong slopes of ReLU.
    for one, other in zip(mine, theirs, strict=False):  # one block of them, or both
        directions = [bool(cosine(*pair) >= 0.95) for pair in zip(one, other, strict=True)]
        expect.equal(directions, [True] * len(other), what="layers that went the reference's way")


def cosine(a: np.ndarray, b: np.ndarray) -> float:
    """Of the angle between two arrays; NaN where one of them is zero or not finite."""
    with np.errstate(all="ignore"):
        return float(np.sum(a * b) / (np.linalg.norm(a) * np.linalg.norm(b)))


STEPS = 25
TARGET = 1.4
NO_BETTER_THAN_GUESSING = 2.2  # log(10) = 2.30 for ten classes; the initial weights give more
FITTED = 0.75


@check(item="relu_vs_sigmoid.converges", ru="Сигмоиде нужно впятеро больше шагов, чем ReLU")
def relu_takes_less_than_a_fifth_of_the_steps(
    student: Code, reference: Code, draw: Draw
) -> None:  # fmt: skip
    """ReLU is below a loss of 1.4 after 25 steps, the sigmoid still above it after 125."""
    # No claim is believed: the weights after both runs are evaluated here, on new data. Over 120
    # data sets the loss was 0.71 to 1.16 (sd 0.10) with ReLU, 1.86 to 2.11 (sd 0.04) with the
    # sigmoid. By the steps to 1.5 the ratio is 20 to 30.
    cases = [experiment(draw, (32, 48, 48, 10), 5 * STEPS) for _ in range(6)]

    def holds(code: Code, case: Experiment) -> float:
        found = trained(code, case, [("relu", STEPS), ("sigmoid", 5 * STEPS)])
        if found is None:
            return float("nan")

        def loss(weights: Weights, activation: str) -> float:
            return loss_on(weights, case.new_x, case.new_y, activation)

        quick, slow = found
        fast = loss(quick, "relu") < TARGET < loss(slow, "sigmoid") < NO_BETTER_THAN_GUESSING
        # Weights that in truth were trained with another activation fit that one: 0.15 to 0.60.
        # Weights that were trained with the sigmoid do not: 1.0 to 2.2.
        others = [loss(slow, activation) for activation in ("relu", "tanh")]
        return float(fast and min(others) > FITTED)

    expect.converges(
        lambda case: holds(student, case), lambda case: holds(reference, case), cases,
        what="share of data sets where ReLU is five times as fast", margin=0.5,
        false_fail="below 1e-9: the same start and batches, and float32 moves a loss by 1e-7",
        power="every block of 8 mistakes, 8 to 20 of each: summed, uphill, last layer alone …",
    )  # fmt: skip


learning_uses_your_own_activations = trains_with_own("train_mlp.converges", ("relu",))
race_uses_your_own_activations = trains_with_own("relu_vs_sigmoid.converges", ("relu", "sigmoid"))
