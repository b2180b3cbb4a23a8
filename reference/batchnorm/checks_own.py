"""What the student's own batchnorm says: what errors are carried forward by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from grader import Code, Draw, check, expect

from .checks_inputs import GRADIENTS
from .checks_layers import RUNNING, Arguments, Check, forward


class Layer(NamedTuple):
    """A layer as rows that are normalised alone: of columns, images, or groups of an image."""

    name: str
    groups: int = 1

    def rows(self, x: np.ndarray) -> np.ndarray:
        """x with everything that shares a mean in one row."""
        if self.name == "batchnorm":
            return x.T
        if self.name == "layernorm":
            return x
        if self.name == "spatial_batchnorm":
            return x.swapaxes(0, 1).reshape(x.shape[1], -1)
        return x.reshape(len(x) * (x.shape[1] if self.name == "instancenorm" else self.groups), -1)

    def back(self, rows: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
        """The way back to the shape of x."""
        if self.name == "spatial_batchnorm":
            n, c, h, w = shape
            return rows.reshape(c, n, h, w).swapaxes(0, 1)
        return rows.T if self.name == "batchnorm" else rows.reshape(shape)

    def wide(self, parameter: np.ndarray) -> np.ndarray:
        """gamma or beta in a form that acts on x."""
        return parameter if self.name in ("batchnorm", "layernorm") else parameter[:, None, None]

    def narrow(self, products: np.ndarray) -> np.ndarray:
        """The sum over all that one gamma or beta acts on."""
        return products.sum(axis=0 if products.ndim == 2 else (0, 2, 3))

    def rest(self, param: dict[str, Any]) -> Arguments:
        """What follows gamma and beta."""
        return (self.groups, param) if self.name == "groupnorm" else (param,)

    def sample(self, draw: Draw) -> np.ndarray:
        """Inputs of unit scale, among which every row is long and there are few of them."""
        shapes = {"batchnorm": (40, 3), "layernorm": (2, 40)}
        return draw.normal(*shapes.get(self.name, (2, 4, 6, 6)))


BATCHNORM, LAYERNORM = Layer("batchnorm"), Layer("layernorm")
INSTANCENORM, GROUPNORM = Layer("instancenorm"), Layer("groupnorm", 2)
SPATIAL = Layer("spatial_batchnorm")


def plain(layer: Layer, d: int, eps: float) -> Arguments:
    """What follows x where a layer shall only normalise."""
    running = {"running_mean": np.zeros(d), "running_var": np.ones(d)}
    param = {"mode": "train", "eps": eps, "momentum": 0.9, **running}
    with_modes = layer.name in ("batchnorm", "spatial_batchnorm")
    return np.ones(d), np.zeros(d), *layer.rest(param if with_modes else {"eps": eps})


def refuse_strangers(student: Code, layer: Layer, draw: Draw) -> None:
    """Refuse a layer that is too far from normalising for anything to be carried.

    On inputs of unit scale its output must have a cosine of 0.9 with the right one. There the
    input itself has that too, so a number's output must also depend on the rest of its row.
    """
    x = layer.sample(draw)
    settings = plain(layer, x.shape[1], 1e-3)
    rows = layer.rows(x)
    (one, _), (two, _) = forward(student, layer.name).many(
        [(x, *settings), (layer.back(with_other_rest(rows), x.shape), *settings)]
    )
    one, two = layer.rows(one), layer.rows(two)
    right = normalised(rows)
    with np.errstate(all="ignore"):
        cosine = np.sum(one * right) / (np.linalg.norm(one) * np.linalg.norm(right))
    expect.equal(bool(cosine >= 0.9), True, what="normalised x is near the right one")
    moved = np.abs(two[:, 0] - one[:, 0]) > 1e-3
    expect.equal(bool(moved.any()), True, what="the output depends on the rest of what is averaged")


def with_other_rest(rows: np.ndarray) -> np.ndarray:
    """The same first number in each row, and all others moved."""
    others = 2 * rows + 1
    others[:, 0] = rows[:, 0]
    return others


def near_forward(student: Code, layer: Layer, x: np.ndarray, *arguments: Any) -> np.ndarray:
    """The student's output at a case's own x, refused where it is far from normalising.

    `refuse_strangers` asks elsewhere, and a function may look at its argument and be another one
    there. x is not of unit scale, where the cosine of 0.9 means something; so each row is centred
    here, after which a layer that divides by anything has it, and neither zero nor beta. Nor may
    the numbers almost vanish: gradients of zero would be as good as right ones.
    """
    rows = layer.rows(x)
    (out, _), (other, _) = forward(student, layer.name).many(
        [(x, *arguments), (layer.back(with_other_rest(rows), x.shape), *arguments)]
    )
    expect.equal(np.shape(out), x.shape, what="shape of out")
    one, two = layer.rows(out), layer.rows(other)
    refuse_unlike(rows, one)
    with np.errstate(all="ignore"):
        spread = one.std(axis=1)
        moved = np.abs(two[:, 0] - one[:, 0]) > 1e-6
    # Wrong gradients may bring a gamma close to zero: of 7,129 trainings with one wrong dgamma, one
    # came below 0.02 and none below 0.005.
    fair = (spread > 1e-3) & (spread < 50)
    expect.equal(bool(fair.all()), True, what="the output has about the spread of a normalised x")
    # A row may be moved onto itself by chance; half of them are not.
    expect.equal(
        bool(moved.mean() >= 0.5), True, what="the output depends on the rest of what is averaged"
    )
    return out


def near_normal(student: Code, layer: Layer, x: np.ndarray, eps: float) -> np.ndarray:
    """The student's normalised x, refused where it is far from right."""
    return near_forward(student, layer, x, *plain(layer, x.shape[1], eps))


def refuse_unlike(rows: np.ndarray, out: np.ndarray) -> None:
    """Refuse an output whose rows are not the input's, moved and stretched, up to a cosine of 0.9.

    A negative gamma turns a row round.
    """
    with np.errstate(all="ignore"):
        one, two = (part - part.mean(axis=1, keepdims=True) for part in (rows, out))
        norms = np.linalg.norm(one, axis=1) * np.linalg.norm(two, axis=1)
        cosines = np.abs(np.sum(one * two, axis=1)) / norms
    near = bool((cosines >= 0.9).all())
    expect.equal(near, True, what="the output follows x where it is compared")


def refuse_zero(gradient: np.ndarray, what: str) -> None:
    """Refuse a gradient that is zero, or not finite: whoever knows nothing can give that."""
    size = np.linalg.norm(gradient)
    expect.equal(bool(0 < size < np.inf), True, what=f"{what} is not zero")


def normalised(rows: np.ndarray, eps: float = 1e-3) -> np.ndarray:
    """Each row to mean 0 and variance 1."""
    centred = rows - rows.mean(axis=1, keepdims=True)
    return centred / np.sqrt(np.mean(centred**2, axis=1, keepdims=True) + eps)


class Own(NamedTuple):
    """What the student's layer makes of some rows, before gamma and beta.

    std is what it divided by, as far as its output tells: the one number a row that fits best.
    """

    normal: np.ndarray
    mean: np.ndarray
    std: np.ndarray


def own_statistics(rows: np.ndarray, normal: np.ndarray) -> Own:
    """The statistics in a student's normalised rows, which must be near the right ones."""
    mean = rows.mean(axis=1, keepdims=True)
    centred = rows - mean
    with np.errstate(all="ignore"):  # a wrong layer may give anything
        products = np.sum(normal * centred, axis=1, keepdims=True)
        std = np.sum(centred**2, axis=1, keepdims=True) / products
        usable = bool((np.isfinite(std) & (std > 0)).all())
        expect.equal(usable, True, what="what x is divided by is a positive number")
        return Own(normal, mean - std * normal.mean(axis=1, keepdims=True), std)


def through(own: Own, dnormal: np.ndarray) -> np.ndarray:
    """The gradient by the rows: what the formula gives with the student's own statistics."""
    with np.errstate(all="ignore"):
        rest = own.normal * np.mean(dnormal * own.normal, axis=1, keepdims=True)
        return (dnormal - dnormal.mean(axis=1, keepdims=True) - rest) / own.std


def own_gradients(
    student: Code, layer: Layer, x: np.ndarray, gamma: np.ndarray, dout: np.ndarray, eps: float
) -> tuple[np.ndarray, ...]:
    """The three gradients that follow from the student's own normalised x."""
    normal = near_normal(student, layer, x, eps)
    own = own_statistics(layer.rows(x), layer.rows(normal))
    dx = layer.back(through(own, layer.rows(dout * layer.wide(gamma))), x.shape)
    return dx, layer.narrow(dout * normal), layer.narrow(dout)


def follows_own_forward(
    item: str, layer: Layer, case: Callable[[Draw], Arguments], names: Sequence[str]
) -> Check:
    """The gradients are right for what the student's own forward pass normalised."""

    def follows(student: Code, reference: Code, draw: Draw) -> None:
        """The gradients follow from what your own forward pass normalised."""
        x, gamma, beta, *_, param = case(draw)
        dout = draw.upstream(*x.shape)
        cache = forward(student, layer.name)(x, gamma, beta, *layer.rest(param))[1]
        given = getattr(student, f"{layer.name}_backward")(dout, cache)
        refuse_strangers(student, layer, draw)
        wanted = own_gradients(student, layer, x, gamma, dout, param["eps"])
        for name in names:
            place = GRADIENTS.index(name)
            expect.close(given[place], wanted[place], what=name, scale="array")
            refuse_zero(given[place], name)

    follows.__name__ = f"{layer.name}_{names[-1]}_follows_your_own_forward"
    ru = "Градиенты верны для того, что нормировал ваш прямой проход"
    return check(item=item, carries=f"{layer.name}.forward", ru=ru)(follows)


def is_own_batchnorm_turned(layer: Layer, case: Callable[[Draw], Arguments]) -> Check:
    """The layer does what the student's own batchnorm_forward does to the turned input."""

    def is_turned(student: Code, reference: Code, draw: Draw) -> None:
        """The output is that of your own batchnorm_forward, turned."""
        x, gamma, beta, *_, param = case(draw)
        out, _ = forward(student, layer.name)(x, gamma, beta, *layer.rest(param))
        refuse_strangers(student, BATCHNORM, draw)
        rows = layer.rows(x)
        normal = near_normal(student, BATCHNORM, rows.T, param["eps"])
        wanted = layer.wide(gamma) * layer.back(normal.T, x.shape) + layer.wide(beta)
        expect.close(out, wanted, what="out")

    is_turned.__name__ = f"{layer.name}_is_your_own_batchnorm_turned"
    ru = "Выход — это ваш batchnorm_forward от повёрнутого входа"
    return check(item=f"{layer.name}.forward", carries="batchnorm.forward", ru=ru)(is_turned)


def goes_back_through_own_batchnorm(layer: Layer, case: Callable[[Draw], Arguments]) -> Check:
    """dx is what the student's own batchnorm_backward gives for the turned input."""

    def goes_back(student: Code, reference: Code, draw: Draw) -> None:
        """dx is that of your own batchnorm_backward, turned."""
        x, gamma, beta, *_, param = case(draw)
        dout = draw.upstream(*x.shape)
        cache = forward(student, layer.name)(x, gamma, beta, *layer.rest(param))[1]
        dx, dgamma, dbeta = getattr(student, f"{layer.name}_backward")(dout, cache)
        refuse_strangers(student, BATCHNORM, draw)
        rows, upstream = layer.rows(x), layer.rows(dout * layer.wide(gamma))
        normal = near_normal(student, BATCHNORM, rows.T, param["eps"])
        settings = plain(BATCHNORM, len(rows), param["eps"])
        turned = student.batchnorm_forward(rows.T, *settings)[1]
        drows = student.batchnorm_backward(upstream.T, turned)[0].T
        refuse_multiples(drows, upstream)
        expect.close(dx, layer.back(drows, x.shape), what="dx", scale="array")
        products = dout * layer.back(normal.T, x.shape)
        expect.close(dgamma, layer.narrow(products), what="dgamma", scale="array")
        expect.close(dbeta, layer.narrow(dout), what="dbeta", scale="array")

    goes_back.__name__ = f"{layer.name}_goes_back_through_your_own_batchnorm"
    ru = "dx — это ваш batchnorm_backward от повёрнутого входа"
    item = f"{layer.name}.backward"
    return check(item=item, carries="batchnorm.backward", ru=ru)(goes_back)


def refuse_multiples(dx: np.ndarray, dout: np.ndarray) -> None:
    """Refuse a dx that is one number times the upstream gradient, zero included."""
    expect.equal(np.shape(dx), np.shape(dout), what="shape of dx")
    with np.errstate(all="ignore"):
        cosine = np.sum(dx * dout) / (np.linalg.norm(dx) * np.linalg.norm(dout))
    expect.equal(bool(abs(cosine) < 1 - 1e-6), True, what="dx is no multiple of dout")


def own_pair(student: Code, x: np.ndarray, *arguments: Any) -> tuple[np.ndarray, np.ndarray]:
    """The student's output, and the same with gamma 1 and beta 0."""
    gamma, beta, param = arguments
    plain = (np.ones_like(gamma), np.zeros_like(beta))
    (out, _), (normal, _) = student.batchnorm_forward.many(
        [(x, gamma, beta, param), (x, *plain, param)]
    )
    return out, normal


def own_running(
    student: Code, layer: Layer, x: np.ndarray, before: dict[str, Any]
) -> list[np.ndarray]:
    """The running statistics, moved by those that the student normalises with."""
    channels = x.shape[1]
    normal = near_forward(student, layer, x, np.ones(channels), np.zeros(channels), before)
    own = own_statistics(layer.rows(x), layer.rows(normal))
    samples = own.mean[:, 0], own.std[:, 0] ** 2 - before["eps"]
    return [0.8 * before[name] + 0.2 * new for name, new in zip(RUNNING, samples, strict=True)]


def distance(one: np.ndarray, other: np.ndarray) -> float:
    """The largest difference; infinite for another shape."""
    return float(np.max(np.abs(one - other))) if np.shape(one) == np.shape(other) else np.inf
