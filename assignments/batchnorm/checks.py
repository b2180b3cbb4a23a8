"""Visible checks of batch normalization: what `grader check` runs on your own machine.

Every item is also asked hidden questions when it is graded: other shapes, other eps and momentum,
float32, upstream gradients that are not contiguous, and whether your functions leave their
arguments alone.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from grader import Code, Draw, check, expect

from .checks_inputs import GRADIENTS, bn_param, columns, images, scale_and_shift

# --- batchnorm -------------------------------------------------------------------------------


@check(item="batchnorm.forward", ru="Выход совпадает с эталоном, eps задан или по умолчанию")
def batchnorm_out_equals_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """The output equals the reference's, with an eps of 1e-3 and with the default."""
    for settings in ({"eps": 1e-3, "momentum": 0.8}, {}):
        x = columns(draw, 6, 4)
        arguments = (x, *scale_and_shift(draw, 4), bn_param(draw, 4, **settings))
        out, wanted = (code.batchnorm_forward(*arguments)[0] for code in (student, reference))
        expect.close(out, wanted, what="out")


@check(item="batchnorm.forward.identity", ru="Выход верен при γ = √(σ² + eps) и β = μ")
def batchnorm_with_its_own_statistics(student: Code, reference: Code, draw: Draw) -> None:
    """The output is right for gamma = sqrt(var + eps) and beta = mean."""
    x = columns(draw, 7, 4)
    gamma, beta = np.sqrt(x.var(axis=0) + 1e-3), x.mean(axis=0)
    arguments = (x, gamma, beta, bn_param(draw, 4, eps=1e-3, momentum=0.8))
    out, wanted = (code.batchnorm_forward(*arguments)[0] for code in (student, reference))
    expect.close(out, wanted, what="out")


@check(item="batchnorm.forward.stable", ru="Сдвиг на миллион не портит выход")
def batchnorm_out_at_a_million(student: Code, reference: Code, draw: Draw) -> None:
    """An offset of a million does no harm."""
    x = draw.normal(32, 3) + np.asarray([1e6, -2e6, 4e6])
    arguments = (x, *scale_and_shift(draw, 3), bn_param(draw, 3, eps=1e-5, momentum=0.9))
    out, wanted = (code.batchnorm_forward(*arguments)[0] for code in (student, reference))
    expect.close(out, wanted, what="out")


@check(item="batchnorm.forward.running", ru="Один шаг скользящих статистик совпадает с эталоном")
def running_statistics_take_one_step(student: Code, reference: Code, draw: Draw) -> None:
    """One call in train mode moves the running statistics as it should."""
    x, (gamma, beta) = columns(draw, 6, 4), scale_and_shift(draw, 4)
    before = bn_param(draw, 4, eps=1e-3, momentum=0.8)
    after = []
    for code in (student, reference):
        param = code.keep(before)
        code.batchnorm_forward(x, gamma, beta, param)
        after.append([code.read(param[name]) for name in ("running_mean", "running_var")])
    for name, given, wanted in zip(("running_mean", "running_var"), *after, strict=True):
        expect.close(given, wanted, what=name, tolerance=1e-6, scale="array")


@check(item="batchnorm.forward.test", ru="Выход в режиме test совпадает с эталоном")
def batchnorm_test_out_equals_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """The output in test mode equals the reference's."""
    x = columns(draw, 6, 4)
    param = bn_param(draw, 4, mode="test", eps=1e-3, momentum=0.8)
    param["running_var"][draw.integers(0, 4)] = 2e-3  # a feature that has hardly varied
    arguments = (x, *scale_and_shift(draw, 4), param)
    out, wanted = (code.batchnorm_forward(*arguments)[0] for code in (student, reference))
    expect.close(out, wanted, what="out")


def batchnorm_case(draw: Draw) -> tuple[Any, ...]:
    """The arguments of one forward pass in train mode."""
    return columns(draw, 6, 4), *scale_and_shift(draw, 4), bn_param(draw, 4, eps=1e-3, momentum=0.8)


def refuse_alone(forward: Any, arguments: tuple[Any, ...]) -> None:
    """Refuse a layer that treats each number by itself: on inputs of unit scale it looks right.

    All numbers but the first and the last are moved, and one of those two outputs must move too.
    """
    x, *rest = arguments
    others = 2 * x + 1
    others.flat[[0, -1]] = x.flat[[0, -1]]
    (one, _), (two, _) = forward.many([(x, *rest), (others, *rest)])
    moved = np.abs(two - one).flat[[0, -1]] > 1e-6
    expect.equal(bool(moved.any()), True, what="an output depends on more than its own input")


@check(item="batchnorm.backward", ru="dx совпадает с эталоном")
def batchnorm_dx_equals_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """dx equals the reference's."""
    arguments, dout = batchnorm_case(draw), draw.upstream(6, 4)
    (dx, _, _), (wanted, _, _) = (
        code.batchnorm_backward(dout, code.batchnorm_forward(*arguments)[1])
        for code in (student, reference)
    )
    expect.close(dx, wanted, what="dx", scale="array")


@check(item="batchnorm.backward", carries="batchnorm.forward", ru="dx — наклон вашего forward")
def batchnorm_dx_is_the_slope(student: Code, reference: Code, draw: Draw) -> None:
    """dx is the slope of your own batchnorm_forward."""
    (*at, param), dout = batchnorm_case(draw), draw.upstream(6, 4)
    dx, _, _ = student.batchnorm_backward(dout, student.batchnorm_forward(*at, param)[1])
    refuse_alone(student.batchnorm_forward, (*at, param))
    expect.slope(
        student.batchnorm_forward, at=tuple(at), rest=(param,), upstream=dout,
        gradients=(dx, None, None), draw=draw, what=("dx",), near=reference.batchnorm_forward,
    )  # fmt: skip


@check(item="batchnorm.backward.parameters", ru="dgamma и dbeta совпадают с эталоном")
def batchnorm_dgamma_dbeta_equal_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """dgamma and dbeta equal the reference's."""
    arguments, dout = batchnorm_case(draw), draw.upstream(6, 4)
    given, wanted = (
        code.batchnorm_backward(dout, code.batchnorm_forward(*arguments)[1])
        for code in (student, reference)
    )
    for name, mine, theirs in list(zip(GRADIENTS, given, wanted, strict=True))[1:]:
        expect.close(mine, theirs, what=name, scale="array")


@check(
    item="batchnorm.backward.parameters", carries="batchnorm.forward",
    ru="dgamma и dbeta — наклоны вашего forward",
)  # fmt: skip
def batchnorm_dgamma_dbeta_are_the_slopes(student: Code, reference: Code, draw: Draw) -> None:
    """dgamma and dbeta are the slopes of your own batchnorm_forward."""
    (*at, param), dout = batchnorm_case(draw), draw.upstream(6, 4)
    _, dgamma, dbeta = student.batchnorm_backward(dout, student.batchnorm_forward(*at, param)[1])
    refuse_alone(student.batchnorm_forward, (*at, param))
    expect.slope(
        student.batchnorm_forward, at=tuple(at), rest=(param,), upstream=dout,
        gradients=(None, dgamma, dbeta), draw=draw, what=("dgamma", "dbeta"),
        near=reference.batchnorm_forward,
    )  # fmt: skip


# --- layers for images, and layernorm --------------------------------------------------------


def spatial_case(draw: Draw) -> tuple[Any, ...]:
    """The arguments of a spatial batchnorm: N, C, H and W all differ."""
    param = bn_param(draw, 4, eps=1e-3, momentum=0.8)
    return images(draw, 2, 4, 3, 5), *scale_and_shift(draw, 4), param


def layernorm_case(draw: Draw, n: int = 5, d: int = 7) -> tuple[Any, ...]:
    """The arguments of a layernorm: every row with its own spread and offset."""
    return columns(draw, d, n).T.copy(), *scale_and_shift(draw, d), {"eps": 1e-3}


def instancenorm_case(draw: Draw) -> tuple[Any, ...]:
    """The arguments of an instancenorm."""
    return images(draw, 2, 4, 3, 5), *scale_and_shift(draw, 4), {"eps": 1e-3}


def groupnorm_case(draw: Draw) -> tuple[Any, ...]:
    """The arguments of a groupnorm with two groups of three channels."""
    return images(draw, 2, 6, 3, 5), *scale_and_shift(draw, 6), 2, {"eps": 1e-3}


def out_agrees(student: Code, reference: Code, layer: str, arguments: tuple[Any, ...]) -> None:
    """The layer's output is the reference's."""
    out, wanted = (
        getattr(code, f"{layer}_forward")(*arguments)[0] for code in (student, reference)
    )
    expect.close(out, wanted, what="out")


def gradients_agree(
    student: Code, reference: Code, layer: str, arguments: tuple[Any, ...], dout: np.ndarray
) -> None:
    """dx, dgamma and dbeta are the reference's."""
    given, wanted = (
        getattr(code, f"{layer}_backward")(dout, getattr(code, f"{layer}_forward")(*arguments)[1])
        for code in (student, reference)
    )
    for name, mine, theirs in zip(GRADIENTS, given, wanted, strict=True):
        expect.close(mine, theirs, what=name, scale="array")


def gradients_are_slopes(
    student: Code, reference: Code, draw: Draw, layer: str, arguments: tuple[Any, ...],
    dout: np.ndarray,
) -> None:  # fmt: skip
    """dx, dgamma and dbeta are the slopes of the student's own forward pass."""
    forward, at, rest = getattr(student, f"{layer}_forward"), arguments[:3], arguments[3:]
    gradients = getattr(student, f"{layer}_backward")(dout, forward(*arguments)[1])
    refuse_alone(forward, arguments)
    expect.slope(
        forward, at=at, rest=rest, upstream=dout, gradients=gradients, draw=draw, what=GRADIENTS,
        near=getattr(reference, f"{layer}_forward"),
    )  # fmt: skip


@check(item="spatial_batchnorm.forward", ru="Выход совпадает с эталоном")
def spatial_out_equals_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """The output equals the reference's."""
    out_agrees(student, reference, "spatial_batchnorm", spatial_case(draw))


@check(item="spatial_batchnorm.forward.modes", ru="Выход в режиме test совпадает с эталоном")
def spatial_test_out_equals_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """The output in test mode equals the reference's."""
    *rest, param = spatial_case(draw)
    out_agrees(student, reference, "spatial_batchnorm", (*rest, {**param, "mode": "test"}))


@check(item="spatial_batchnorm.backward", ru="dx, dgamma и dbeta совпадают с эталоном")
def spatial_gradients_equal_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """dx, dgamma and dbeta equal the reference's."""
    case, dout = spatial_case(draw), draw.upstream(2, 4, 3, 5)
    gradients_agree(student, reference, "spatial_batchnorm", case, dout)


@check(
    item="spatial_batchnorm.backward", carries="spatial_batchnorm.forward",
    ru="Градиенты — наклоны вашего spatial_batchnorm_forward",
)  # fmt: skip
def spatial_gradients_are_the_slopes(student: Code, reference: Code, draw: Draw) -> None:
    """The gradients are the slopes of your own spatial_batchnorm_forward."""
    case, dout = spatial_case(draw), draw.upstream(2, 4, 3, 5)
    gradients_are_slopes(student, reference, draw, "spatial_batchnorm", case, dout)


@check(item="layernorm.forward", ru="Выход совпадает с эталоном")
def layernorm_out_equals_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """The output equals the reference's."""
    out_agrees(student, reference, "layernorm", layernorm_case(draw))


@check(item="layernorm.backward", ru="dx, dgamma и dbeta совпадают с эталоном")
def layernorm_gradients_equal_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """dx, dgamma and dbeta equal the reference's."""
    case, dout = layernorm_case(draw), draw.upstream(5, 7)
    gradients_agree(student, reference, "layernorm", case, dout)


@check(
    item="layernorm.backward", carries="layernorm.forward",
    ru="Градиенты — наклоны вашего layernorm_forward",
)  # fmt: skip
def layernorm_gradients_are_the_slopes(student: Code, reference: Code, draw: Draw) -> None:
    """The gradients are the slopes of your own layernorm_forward."""
    case, dout = layernorm_case(draw, 2, 16), draw.upstream(2, 16)
    gradients_are_slopes(student, reference, draw, "layernorm", case, dout)


@check(item="instancenorm.forward", ru="Выход совпадает с эталоном")
def instancenorm_out_equals_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """The output equals the reference's."""
    out_agrees(student, reference, "instancenorm", instancenorm_case(draw))


@check(item="instancenorm.backward", ru="dx, dgamma и dbeta совпадают с эталоном")
def instancenorm_gradients_equal_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """dx, dgamma and dbeta equal the reference's."""
    case, dout = instancenorm_case(draw), draw.upstream(2, 4, 3, 5)
    gradients_agree(student, reference, "instancenorm", case, dout)


@check(
    item="instancenorm.backward", carries="instancenorm.forward",
    ru="Градиенты — наклоны вашего instancenorm_forward",
)  # fmt: skip
def instancenorm_gradients_are_the_slopes(student: Code, reference: Code, draw: Draw) -> None:
    """The gradients are the slopes of your own instancenorm_forward."""
    case, dout = instancenorm_case(draw), draw.upstream(2, 4, 3, 5)
    gradients_are_slopes(student, reference, draw, "instancenorm", case, dout)


@check(item="groupnorm.forward", ru="Выход для двух групп совпадает с эталоном")
def groupnorm_out_equals_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """The output for two groups equals the reference's."""
    out_agrees(student, reference, "groupnorm", groupnorm_case(draw))


@check(item="groupnorm.backward", ru="dx, dgamma и dbeta для двух групп совпадают с эталоном")
def groupnorm_gradients_equal_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """dx, dgamma and dbeta for two groups equal the reference's."""
    case, dout = groupnorm_case(draw), draw.upstream(2, 6, 3, 5)
    gradients_agree(student, reference, "groupnorm", case, dout)


@check(
    item="groupnorm.backward", carries="groupnorm.forward",
    ru="Градиенты — наклоны вашего groupnorm_forward",
)  # fmt: skip
def groupnorm_gradients_are_the_slopes(student: Code, reference: Code, draw: Draw) -> None:
    """The gradients are the slopes of your own groupnorm_forward."""
    case, dout = groupnorm_case(draw), draw.upstream(2, 6, 3, 5)
    gradients_are_slopes(student, reference, draw, "groupnorm", case, dout)


# --- folding ---------------------------------------------------------------------------------


def folding_case(draw: Draw, *shape: int) -> tuple[Any, ...]:
    """The arguments of a folding: w of this shape, whose outputs are counted by its `outputs`."""
    outputs = shape[1] if len(shape) == 2 else shape[0]
    w, b = draw.normal(*shape), draw.normal(outputs)
    mean, var = draw.normal(outputs), 10.0 ** draw.uniform(outputs, low=-3.0, high=0.3)
    return w, b, *scale_and_shift(draw, outputs), mean, var


@check(item="fold_linear", ru="w и b совпадают с эталоном при eps = 1e-3")
def folded_linear_equals_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """w and b equal the reference's for an eps of 1e-3."""
    arguments = (*folding_case(draw, 5, 4), 1e-3)
    given, wanted = (code.fold_linear(*arguments) for code in (student, reference))
    for name, mine, theirs in zip(("w", "b"), given, wanted, strict=True):
        expect.close(mine, theirs, what=name)


@check(item="fold_conv", ru="w и b совпадают с эталоном при eps = 1e-3")
def folded_conv_equals_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """w and b equal the reference's for an eps of 1e-3."""
    arguments = (*folding_case(draw, 4, 3, 2, 2), 1e-3)
    given, wanted = (code.fold_conv(*arguments) for code in (student, reference))
    for name, mine, theirs in zip(("w", "b"), given, wanted, strict=True):
        expect.close(mine, theirs, what=name)
