"""Hidden checks of layernorm, instancenorm and groupnorm."""

from __future__ import annotations

from grader import Code, Draw, check

from .checks_inputs import GRADIENTS, scale_and_shift
from .checks_layers import (
    Arguments,
    columns,
    gradients_agree,
    images,
    outputs_agree,
    polite_backward,
    polite_forward,
)
from .checks_own import (
    GROUPNORM,
    INSTANCENORM,
    LAYERNORM,
    follows_own_forward,
    goes_back_through_own_batchnorm,
    is_own_batchnorm_turned,
)


def layernorm_case(
    draw: Draw, n: int = 5, d: int = 6, low: float = 0.3, **param: float
) -> Arguments:
    """The arguments of a layernorm, every row with its own spread and offset."""
    x = columns(draw, d, n, low=low).T.copy()
    return x, *scale_and_shift(draw, d), param or {"eps": 1e-3}


def instancenorm_case(draw: Draw, *shape: int, **param: float) -> Arguments:
    """The arguments of an instancenorm."""
    n, c, h, w = shape or (3, 4, 2, 5)
    return images(draw, n, c, h, w), *scale_and_shift(draw, c), param or {"eps": 1e-3}


def groupnorm_case(draw: Draw, *shape: int, groups: int = 2, **param: float) -> Arguments:
    """The arguments of a groupnorm."""
    n, c, h, w = shape or (3, 4, 2, 5)
    return images(draw, n, c, h, w), *scale_and_shift(draw, c), groups, param or {"eps": 1e-3}


@check(item="layernorm.forward", ru="Выход верен для других форм и eps, в том числе по умолчанию")
def layernorm_out_for_other_shapes(student: Code, reference: Code, draw: Draw) -> None:
    """The output is right for other shapes and eps, its default among them."""
    x, gamma, beta, _ = layernorm_case(draw, 4, 8)
    cases = [
        layernorm_case(draw, 3, 7, low=0.03, eps=1e-3),
        layernorm_case(draw, 6, 6, eps=1e-2),
        (x, gamma, beta, {}),
        layernorm_case(draw, 1, 5, eps=1e-5),
    ]
    outputs_agree(student, reference, "layernorm", cases)


@check(item="layernorm.backward", ru="Градиенты верны при чередовании вызовов и для других форм")
def layernorm_gradients_for_other_shapes(student: Code, reference: Code, draw: Draw) -> None:
    """The gradients are right when calls are interleaved, and for other shapes."""
    for shapes in (((5, 4), (5, 4)), ((3, 8), (6, 6))):
        cases = [(layernorm_case(draw, *shape), draw.upstream(*shape)) for shape in shapes]
        gradients_agree(student, reference, "layernorm", cases, GRADIENTS)


@check(
    item="instancenorm.forward", ru="Выход верен для других форм и eps, в том числе по умолчанию"
)
def instancenorm_out_for_other_shapes(student: Code, reference: Code, draw: Draw) -> None:
    """The output is right for other shapes and eps, its default among them."""
    x, gamma, beta, _ = instancenorm_case(draw, 2, 3, 4, 2)
    cases = [
        instancenorm_case(draw, 2, 5, 4, 3, eps=1e-2),
        instancenorm_case(draw, 4, 4, 4, 4, eps=1e-3),
        (x, gamma, beta, {}),
        instancenorm_case(draw, 1, 3, 1, 6, eps=1e-5),
    ]
    outputs_agree(student, reference, "instancenorm", cases)


@check(item="instancenorm.backward", ru="Градиенты верны при чередовании вызовов и для других форм")
def instancenorm_gradients_for_other_shapes(student: Code, reference: Code, draw: Draw) -> None:
    """The gradients are right when calls are interleaved, and for other shapes."""
    for shapes in (((2, 3, 4, 5), (2, 3, 4, 5)), ((3, 5, 2, 4), (4, 4, 4, 4))):
        cases = [(instancenorm_case(draw, *shape), draw.upstream(*shape)) for shape in shapes]
        gradients_agree(student, reference, "instancenorm", cases, GRADIENTS)


@check(item="groupnorm.forward", ru="Выход верен для 1, 2, 3 и C групп")
def groupnorm_out_for_other_groups(student: Code, reference: Code, draw: Draw) -> None:
    """The output is right for 1, 2, 3 and C groups."""
    cases = [
        groupnorm_case(draw, 2, 6, 4, 3, groups=3, eps=1e-2),
        groupnorm_case(draw, 3, 4, 2, 5, groups=1, eps=1e-3),
        groupnorm_case(draw, 2, 4, 3, 5, groups=4, eps=1e-5),
        groupnorm_case(draw, 4, 4, 4, 4, groups=2, eps=1e-3),
    ]
    cases.append((*cases[0][:4], {}))
    outputs_agree(student, reference, "groupnorm", cases)


@check(item="groupnorm.backward", ru="Градиенты верны для 1, 2, 3 и C групп")
def groupnorm_gradients_for_other_groups(student: Code, reference: Code, draw: Draw) -> None:
    """The gradients are right for 1, 2, 3 and C groups, and when calls are interleaved."""
    for shapes in (((2, 6, 3, 4, 2), (2, 6, 3, 4, 3)), ((3, 4, 2, 5, 1), (4, 4, 4, 4, 4))):
        cases = [
            (groupnorm_case(draw, *shape, groups=groups), draw.upstream(*shape))
            for *shape, groups in shapes
        ]
        gradients_agree(student, reference, "groupnorm", cases, GRADIENTS)


layernorm_forward_is_polite = polite_forward("layernorm", layernorm_case)
layernorm_is_your_own_batchnorm = is_own_batchnorm_turned(LAYERNORM, layernorm_case)
layernorm_backward_is_polite = polite_backward("layernorm", layernorm_case)
layernorm_follows = follows_own_forward("layernorm.backward", LAYERNORM, layernorm_case, GRADIENTS)
layernorm_goes_back = goes_back_through_own_batchnorm(LAYERNORM, layernorm_case)

instancenorm_forward_is_polite = polite_forward("instancenorm", instancenorm_case)
instancenorm_is_your_own_batchnorm = is_own_batchnorm_turned(INSTANCENORM, instancenorm_case)
instancenorm_backward_is_polite = polite_backward("instancenorm", instancenorm_case)
instancenorm_follows = follows_own_forward(
    "instancenorm.backward", INSTANCENORM, instancenorm_case, GRADIENTS
)
instancenorm_goes_back = goes_back_through_own_batchnorm(INSTANCENORM, instancenorm_case)

groupnorm_forward_is_polite = polite_forward("groupnorm", groupnorm_case)
groupnorm_is_your_own_batchnorm = is_own_batchnorm_turned(GROUPNORM, groupnorm_case)
groupnorm_backward_is_polite = polite_backward("groupnorm", groupnorm_case)
groupnorm_follows = follows_own_forward("groupnorm.backward", GROUPNORM, groupnorm_case, GRADIENTS)
groupnorm_goes_back = goes_back_through_own_batchnorm(GROUPNORM, groupnorm_case)
