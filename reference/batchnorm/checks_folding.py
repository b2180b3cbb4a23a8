"""Hidden checks of folding a batchnorm into the layer before it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from grader import Code, Draw, check, expect

from .checks_inputs import scale_and_shift
from .checks_layers import Arguments, Check, single_precision
from .checks_own import own_pair, refuse_unlike


def folding_case(draw: Draw, *shape: int) -> Arguments:
    """w of this shape, b, gamma, beta, and running statistics, some variances small."""
    outputs = shape[1] if len(shape) == 2 else shape[0]
    w, b = draw.normal(*shape), draw.normal(outputs)
    var = 10.0 ** draw.uniform(outputs, low=-3.0, high=0.3)
    return w, b, *scale_and_shift(draw, outputs), draw.normal(outputs), var


def folds_agree(
    student: Code, reference: Code, name: str, cases: Sequence[Arguments], tolerance: float = 1e-4
) -> None:
    """The folded w and b are the reference's."""
    given, wanted = (getattr(code, name).many(cases) for code in (student, reference))
    for mine, theirs in zip(given, wanted, strict=True):
        expect.close(mine, theirs, what="(w, b)", tolerance=tolerance)


def fold_is_polite(name: str, *shape: int) -> Check:
    """Folding changes no argument, and keeps float32."""

    def is_polite(student: Code, reference: Code, draw: Draw) -> None:
        """The arguments stay as they were, and float32 stays float32."""
        arguments = folding_case(draw, *shape)
        held = [student.keep(argument) for argument in arguments]
        getattr(student, name)(*held, 1e-3)
        for place, argument in enumerate(held, 1):
            expect.unchanged(argument, what=f"argument {place} after the call")
        single = (*single_precision(arguments), 1e-3)
        folds_agree(student, reference, name, [single], tolerance=5e-3)

    is_polite.__name__ = f"{name}_is_polite"
    return check(item=name, ru="Аргументы не изменены, float32 остаётся float32")(is_polite)


@check(item="fold_linear", ru="Верно для других форм, eps по умолчанию 1e-5")
def folded_linear_for_other_shapes(student: Code, reference: Code, draw: Draw) -> None:
    """w and b are right for other shapes; the default eps is 1e-5."""
    small = folding_case(draw, 3, 6)
    small = (*small[:5], 1e-2 * small[5])
    cases = [small, (*folding_case(draw, 4, 4), 1e-2), (*folding_case(draw, 7, 2), 1e-3)]
    folds_agree(student, reference, "fold_linear", cases)


@check(item="fold_conv", ru="Верно для других форм, eps по умолчанию 1e-5")
def folded_conv_for_other_shapes(student: Code, reference: Code, draw: Draw) -> None:
    """w and b are right for other shapes; the default eps is 1e-5."""
    small = folding_case(draw, 2, 5, 3, 3)
    small = (*small[:5], 1e-2 * small[5])
    cases = [
        small,
        (*folding_case(draw, 3, 3, 3, 3), 1e-2),
        (*folding_case(draw, 6, 4, 1, 1), 1e-3),
    ]
    folds_agree(student, reference, "fold_conv", cases)


fold_linear_is_polite = fold_is_polite("fold_linear", 5, 3)
fold_conv_is_polite = fold_is_polite("fold_conv", 3, 4, 2, 2)


def own_test_mode(student: Code, z: np.ndarray, arguments: Arguments, eps: float) -> np.ndarray:
    """What the student's own test mode makes of z (n, d), once it is not far from right."""
    gamma, beta, mean, var = arguments
    param = {"mode": "test", "eps": eps, "momentum": 0.9, "running_mean": mean, "running_var": var}
    out, normal = own_pair(student, z, gamma, beta, param)
    right = (z - mean) / np.sqrt(var + eps)
    with np.errstate(all="ignore"):
        cosine = np.sum(normal * right) / (np.linalg.norm(normal) * np.linalg.norm(right))
    expect.equal(bool(cosine >= 0.9), True, what="test mode is near the right one")
    refuse_unlike(z.T, out.T)
    return out


@check(
    item="fold_linear", carries="batchnorm.forward.test",
    ru="Сложенный слой равен линейному слою и вашему режиму test",
)  # fmt: skip
def folded_linear_is_your_own_test_mode(student: Code, reference: Code, draw: Draw) -> None:
    """The folded layer equals the linear layer followed by your own test mode."""
    w, b, *rest = folding_case(draw, 5, 4)
    x = draw.normal(6, 5)
    folded_w, folded_b = student.fold_linear(w, b, *rest, 1e-3)
    own = own_test_mode(student, x @ w + b, tuple(rest), 1e-3)
    expect.close(x @ folded_w + folded_b, own, what="output of the folded layer", scale="array")


@check(
    item="fold_conv", carries="batchnorm.forward.test",
    ru="Сложенная свёртка равна свёртке и вашему режиму test",
)  # fmt: skip
def folded_conv_is_your_own_test_mode(student: Code, reference: Code, draw: Draw) -> None:
    """The folded convolution equals the convolution followed by your own test mode."""
    w, b, *rest = folding_case(draw, 4, 3, 2, 2)
    x = draw.normal(2, 3, 4, 5)
    folded_w, folded_b = student.fold_conv(w, b, *rest, 1e-3)
    own = own_test_mode(student, convolved(x, w, b), tuple(rest), 1e-3)
    given = convolved(x, folded_w, folded_b)
    expect.close(given, own, what="output of the folded convolution", scale="array")


def convolved(x: np.ndarray, w: np.ndarray, b: np.ndarray) -> np.ndarray:
    """A convolution without padding, one row an output pixel: (n·h·w, Cout)."""
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2:], axis=(2, 3))
    return np.einsum("ncijkl,ockl->nijo", windows, w).reshape(-1, len(w)) + b
