"""Hidden checks of spatial batchnorm."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader import Code, Draw, check, expect

from .checks_inputs import GRADIENTS, bn_param, scale_and_shift
from .checks_layers import (
    RUNNING,
    Arguments,
    gradients_agree,
    images,
    outputs_agree,
    polite_backward,
    polite_forward,
    running_after,
    running_agree,
    running_keeps_float32,
    settled_on,
)
from .checks_own import (
    BATCHNORM,
    SPATIAL,
    distance,
    follows_own_forward,
    near_forward,
    own_pair,
    own_running,
    refuse_multiples,
    refuse_strangers,
    refuse_unlike,
    refuse_zero,
)


def spatial_case(draw: Draw, *shape: int, **settings: float) -> Arguments:
    """The arguments of a spatial batchnorm in train mode."""
    n, c, h, w = shape or (2, 4, 3, 5)
    param = bn_param(draw, c, **(settings or {"eps": 1e-3, "momentum": 0.8}))
    return images(draw, n, c, h, w), *scale_and_shift(draw, c), param


def pixels_as_rows(x: np.ndarray) -> np.ndarray:
    """(n, c, h, w) as (n·h·w, c)."""
    return x.transpose(0, 2, 3, 1).reshape(-1, x.shape[1])


@check(item="spatial_batchnorm.forward", ru="Выход верен для других форм, квадратных тоже")
def spatial_out_for_other_shapes(student: Code, reference: Code, draw: Draw) -> None:
    """The output is right for other shapes, square ones among them."""
    cases = [
        spatial_case(draw, 3, 5, 4, 2, eps=1e-2, momentum=0.75),
        spatial_case(draw, 4, 4, 4, 4, eps=1e-3),
        spatial_case(draw, 1, 2, 2, 3, momentum=0.95),
    ]
    outputs_agree(student, reference, "spatial_batchnorm", cases)


spatial_forward_is_polite = polite_forward("spatial_batchnorm", spatial_case)


@check(
    item="spatial_batchnorm.forward", carries="batchnorm.forward",
    ru="Выход — это ваш batchnorm_forward по пикселям",
)  # fmt: skip
def spatial_out_is_your_own_batchnorm(student: Code, reference: Code, draw: Draw) -> None:
    """The output is that of your own batchnorm_forward, pixels as rows."""
    x, gamma, beta, param = spatial_case(draw)
    out, _ = student.spatial_batchnorm_forward(x, gamma, beta, param)
    refuse_strangers(student, BATCHNORM, draw)
    wanted = near_forward(student, BATCHNORM, pixels_as_rows(x), gamma, beta, param)
    expect.close(pixels_as_rows(out), wanted, what="out, pixels as rows")


@check(item="spatial_batchnorm.forward.modes", ru="Скользящие статистики верны")
def spatial_running_statistics(student: Code, reference: Code, draw: Draw) -> None:
    """One call in train mode leaves the right running statistics, (C,)."""
    cases = [
        spatial_case(draw, 2, 4, 3, 2, eps=1e-3, momentum=0.8),
        spatial_case(draw, 1, 3, 2, 4),
    ]
    running_agree(student, reference, "spatial_batchnorm", cases)


@check(item="spatial_batchnorm.forward.modes", ru="В режиме test каждое изображение само по себе")
def spatial_test_goes_image_by_image(student: Code, reference: Code, draw: Draw) -> None:
    """In test mode each image alone gives the right output, and bn_param stays as it was."""
    x, gamma, beta, before = spatial_case(draw, 3, 4, 2, 5, eps=1e-2, momentum=0.75)
    before = {**before, "mode": "test"}
    cases = [(some, gamma, beta, before) for some in (x, x[:1], x[1:])]
    outputs_agree(student, reference, "spatial_batchnorm", cases)
    after = []
    for code in (student, reference):
        param = code.keep(before)
        code.spatial_batchnorm_forward(x, gamma, beta, param)
        after.append(code.read(param))
    expect.equal(*after, what="bn_param after a call in test mode")


@check(
    item="spatial_batchnorm.forward.modes",
    carries=("batchnorm.forward", "batchnorm.forward.running", "batchnorm.forward.test"),
    ru="Статистики и test — как у вашего batchnorm_forward",
)
def spatial_modes_are_your_own(student: Code, reference: Code, draw: Draw) -> None:
    """Running statistics and test mode are those of your own batchnorm_forward."""
    x, gamma, beta, before = spatial_case(draw)
    rows = pixels_as_rows(x)
    refuse_strangers(student, BATCHNORM, draw)
    near_forward(student, BATCHNORM, rows, gamma, beta, before)
    given = running_after(student, "spatial_batchnorm", (x, gamma, beta, before))
    wanted = running_after(student, "batchnorm", (rows, gamma, beta, before))
    for name, mine, theirs in zip(RUNNING, given, wanted, strict=True):
        expect.close(mine, theirs, what=name, tolerance=1e-6, scale="array")
    settled = {**before, "mode": "test"}
    out, _ = student.spatial_batchnorm_forward(x, gamma, beta, settled)
    own = near_test_mode(student, rows, gamma, beta, settled)
    expect.close(pixels_as_rows(out), own, what="out in test mode, pixels as rows")


def near_test_mode(
    student: Code, x: np.ndarray, gamma: np.ndarray, beta: np.ndarray, param: dict[str, Any]
) -> np.ndarray:
    """The student's output in test mode, refused where it does not follow x, or is x itself."""
    out, normal = own_pair(student, x, gamma, beta, param)
    for one in (out, normal):
        refuse_unlike(x.T, one.T)
    refuse_multiples(normal, x)
    return out


@check(
    item="spatial_batchnorm.forward.modes", carries="spatial_batchnorm.forward",
    ru="Статистики и test следуют вашему режиму train",
)  # fmt: skip
def spatial_modes_follow_your_own_train_mode(student: Code, reference: Code, draw: Draw) -> None:
    """Running statistics and test mode follow what your own train mode normalises with."""
    refuse_strangers(student, SPATIAL, draw)
    x, gamma, beta, before = spatial_case(draw)
    given, right = (
        running_after(code, "spatial_batchnorm", (x, gamma, beta, before))
        for code in (student, reference)
    )
    own = own_running(student, SPATIAL, x, before)
    for name, mine, *both in zip(RUNNING, given, right, own, strict=True):
        # Who divides by something else may still average the variance itself.
        wanted = min(both, key=lambda one: distance(mine, one))
        expect.close(mine, wanted, what=name, tolerance=1e-6, scale="array")
    out = near_forward(student, SPATIAL, x, gamma, beta, before)
    settled = settled_on(SPATIAL.rows(x), before)
    images_alone = [(x[i : i + 1], gamma, beta, settled) for i in range(len(x))]
    again = [image for image, _ in student.spatial_batchnorm_forward.many(images_alone)]
    expect.close(np.concatenate(again), out, what="out in test mode")


spatial_running_keeps_float32 = running_keeps_float32(
    "spatial_batchnorm.forward.modes", "spatial_batchnorm", spatial_case
)


@check(item="spatial_batchnorm.backward", ru="Градиенты верны при чередовании и для других форм")
def spatial_gradients_for_other_shapes(student: Code, reference: Code, draw: Draw) -> None:
    """The gradients are right when calls are interleaved, and for other shapes."""
    for shapes in (((2, 4, 3, 5), (2, 4, 3, 5)), ((3, 5, 4, 2), (4, 4, 4, 4))):
        cases = [(spatial_case(draw, *shape, eps=1e-3), draw.upstream(*shape)) for shape in shapes]
        gradients_agree(student, reference, "spatial_batchnorm", cases, GRADIENTS)


spatial_backward_is_polite = polite_backward("spatial_batchnorm", spatial_case)
spatial_follows_your_own_forward = follows_own_forward(
    "spatial_batchnorm.backward", SPATIAL, spatial_case, GRADIENTS
)


@check(
    item="spatial_batchnorm.backward",
    carries=("batchnorm.backward", "batchnorm.backward.parameters"),
    ru="Градиенты — как у вашего batchnorm_backward по пикселям",
)
def spatial_goes_back_through_your_own(student: Code, reference: Code, draw: Draw) -> None:
    """The gradients are those of your own batchnorm_backward, pixels as rows."""
    x, gamma, beta, param = spatial_case(draw)
    dout = draw.upstream(*x.shape)
    cache = student.spatial_batchnorm_forward(x, gamma, beta, param)[1]
    dx, dgamma, dbeta = student.spatial_batchnorm_backward(dout, cache)
    rows, upstream = pixels_as_rows(x), pixels_as_rows(dout)
    cache = student.batchnorm_forward(rows, gamma, beta, param)[1]
    own = student.batchnorm_backward(upstream, cache)
    refuse_strangers(student, BATCHNORM, draw)
    near_forward(student, BATCHNORM, rows, gamma, beta, param)
    refuse_multiples(own[0], upstream)
    for name, gradient in zip(GRADIENTS, own, strict=True):
        refuse_zero(gradient, name)
    given = pixels_as_rows(dx), dgamma, dbeta
    for name, mine, theirs in zip(GRADIENTS, given, own, strict=True):
        expect.close(mine, theirs, what=f"{name}, pixels as rows", scale="array")
