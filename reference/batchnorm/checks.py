"""Hidden checks of batch normalization.

What every layer must do is written once, as functions of two Codes; a check hands them its cases.
Only what is drawn is ever sent to the reference, so that its answers can be recorded.

A wrong batchnorm_forward is paid once. What is built on it, and what comes after it, is also
compared with the student's own: the checks with `carries` know only what the student's functions
answered, and that these are not far from a batchnorm at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from grader import Code, Draw, check, expect

Arguments = tuple[Any, ...]
Case = tuple[Arguments, np.ndarray]
Check = Any  # what `check` makes; the words a course may import do not name its type

GRADIENTS = ("dx", "dgamma", "dbeta")
RUNNING = ("running_mean", "running_var")


# --- inputs ----------------------------------------------------------------------------------


def columns(draw: Draw, n: int, d: int, low: float = 0.3, high: float = 1.6) -> np.ndarray:
    """x (n, d): every column with its own spread, and with an offset away from zero."""
    offset = np.where(draw.permutation(d) % 2, -1.0, 1.0) * draw.uniform(d, low=1.5, high=3.0)
    spread = np.geomspace(low, high, d)[draw.permutation(d)]
    return offset + spread * draw.normal(n, d)


def images(draw: Draw, n: int, c: int, h: int, w: int) -> np.ndarray:
    """x (n, c, h, w), every channel with its own spread and offset."""
    return columns(draw, n * h * w, c).reshape(n, h, w, c).transpose(0, 3, 1, 2).copy()


def scale_and_shift(draw: Draw, d: int) -> tuple[np.ndarray, np.ndarray]:
    """gamma and beta (d,), half of them negative: no output looks like the input by chance."""
    signs = np.where(np.arange(d) < d // 2, -1.0, 1.0)
    gamma = signs[draw.permutation(d)] * draw.uniform(d, low=0.5, high=2.0)
    return gamma, signs[draw.permutation(d)] * draw.uniform(d, low=0.2, high=1.0)


def bn_param(draw: Draw, d: int, mode: str = "train", **settings: float) -> dict[str, Any]:
    """A bn_param that has seen other batches before."""
    mean, var = draw.normal(d), draw.uniform(d, low=0.3, high=2.0)
    return {"mode": mode, **settings, "running_mean": mean, "running_var": var}


def single_precision(value: Any) -> Any:
    """The same value, floating arrays in float32."""
    if isinstance(value, np.ndarray):
        return value.astype(np.float32) if value.dtype == np.float64 else value
    if isinstance(value, (tuple, list)):
        return type(value)(map(single_precision, value))
    if isinstance(value, dict):
        return {key: single_precision(entry) for key, entry in value.items()}
    return value


# --- what every layer must do ----------------------------------------------------------------


def forward(code: Code, layer: str) -> Any:
    """The forward function of a layer."""
    return getattr(code, f"{layer}_forward")


def outputs_agree(
    student: Code, reference: Code, layer: str, cases: Sequence[Arguments], scale: Any = "element"
) -> None:
    """The layer's output is the reference's for each tuple of arguments."""
    given, wanted = (forward(code, layer).many(cases) for code in (student, reference))
    for (out, _), (expected, _) in zip(given, wanted, strict=True):
        expect.close(out, expected, what="out", scale=scale)


def scattered(code: Code, dout: np.ndarray) -> Any:
    """The same upstream gradient as a view whose numbers are not contiguous in memory."""
    axes = range(dout.ndim)[::-1]
    return code.keep(np.ascontiguousarray(dout.transpose(*axes))).permute(*axes)


def gradients(code: Code, layer: str, cases: Sequence[Case]) -> list[Any]:
    """What the backward pass answers in each case.

    All forwards come first, then the backwards in reverse order: no call may lean on the one
    before it. The upstream gradients are not contiguous.
    """
    answers = forward(code, layer).many([arguments for arguments, _ in cases])
    upstreams = [scattered(code, dout) for _, dout in cases]
    pairs = [(dout, cache) for dout, (_, cache) in zip(upstreams, answers, strict=True)]
    return list(getattr(code, f"{layer}_backward").many(pairs[::-1]))[::-1]


def gradients_agree(
    student: Code, reference: Code, layer: str, cases: Sequence[Case], names: Sequence[str]
) -> None:
    """The named gradients are the reference's in each case."""
    given, wanted = (gradients(code, layer, cases) for code in (student, reference))
    for mine, theirs in zip(given, wanted, strict=True):
        for name in names:
            place = GRADIENTS.index(name)
            expect.close(mine[place], theirs[place], what=name, scale="array")


def polite_forward(layer: str, arguments_of: Callable[[Draw], Arguments]) -> Check:
    """The forward pass changes no argument, and keeps float32."""

    def is_polite(student: Code, reference: Code, draw: Draw) -> None:
        """The arguments stay as they were, and float32 stays float32."""
        arguments = arguments_of(draw)
        # What becomes of a bn_param is asked in an item of its own.
        seen = [not (isinstance(one, dict) and "mode" in one) for one in arguments]
        held = [
            student.keep(one) if keep else one for one, keep in zip(arguments, seen, strict=True)
        ]
        forward(student, layer)(*held)
        for place, (argument, keep) in enumerate(zip(held, seen, strict=True), 1):
            if keep:
                expect.unchanged(argument, what=f"argument {place} after the call")
        single = single_precision(arguments)
        out, wanted = (forward(code, layer)(*single)[0] for code in (student, reference))
        expect.close(out, wanted, what="out for float32", tolerance=5e-3, scale="array")

    is_polite.__name__ = f"{layer}_forward_is_polite"
    ru = "Аргументы не изменены, float32 остаётся float32"
    return check(item=f"{layer}.forward", ru=ru)(is_polite)


def polite_backward(
    layer: str, arguments_of: Callable[[Draw], Arguments], names: Sequence[str] = GRADIENTS
) -> Check:
    """The backward pass changes neither dout nor the inputs, and keeps float32."""

    def is_polite(student: Code, reference: Code, draw: Draw) -> None:
        """dout and the inputs stay as they were, and float32 stays float32."""
        arguments = arguments_of(draw)
        dout = draw.upstream(*arguments[0].shape)
        held, upstream = [student.keep(argument) for argument in arguments], student.keep(dout)
        _, cache = forward(student, layer)(*held)
        # What the forward pass did to its arguments is judged there, not here.
        before = [student.read(argument) for argument in held]
        getattr(student, f"{layer}_backward")(upstream, cache)
        expect.unchanged(upstream, what="dout after the call")
        for place, (argument, value) in enumerate(zip(held, before, strict=True), 1):
            expect.equal(student.read(argument), value, what=f"argument {place} after the call")

        single, thin = single_precision(arguments), dout.astype(np.float32)
        given, wanted = (
            getattr(code, f"{layer}_backward")(thin, forward(code, layer)(*single)[1])
            for code in (student, reference)
        )
        for name in names:
            mine, theirs = (one[GRADIENTS.index(name)] for one in (given, wanted))
            expect.close(mine, theirs, what=f"{name} for float32", tolerance=5e-3, scale="array")

    is_polite.__name__ = f"{layer}_backward_is_polite"
    ru = "dout и входы не изменены, float32 остаётся float32"
    return check(item=f"{layer}.backward", ru=ru)(is_polite)


# --- what the student's own batchnorm says ---------------------------------------------------


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


# --- batchnorm: forward ----------------------------------------------------------------------


def batchnorm_case(draw: Draw) -> Arguments:
    """x (7, 4), gamma, beta and a bn_param in train mode."""
    return columns(draw, 7, 4), *scale_and_shift(draw, 4), bn_param(draw, 4, eps=1e-3, momentum=0.8)


@check(
    item="batchnorm.forward", ru="Выход верен для других форм и eps, в том числе малых разбросов"
)
def batchnorm_out_for_other_shapes(student: Code, reference: Code, draw: Draw) -> None:
    """The output is right for other shapes and eps, small spreads among them."""
    cases = [
        (columns(draw, n, d, low=0.03), *scale_and_shift(draw, d), bn_param(draw, d, **settings))
        for n, d, settings in (
            (5, 7, {"eps": 1e-3, "momentum": 0.75}),
            (8, 3, {"eps": 1e-5, "momentum": 0.9}),
            (6, 6, {"eps": 1e-2}),
        )
    ]
    outputs_agree(student, reference, "batchnorm", cases)


@check(item="batchnorm.forward", ru="Постоянный столбец превращается в beta")
def batchnorm_of_a_constant_column(student: Code, reference: Code, draw: Draw) -> None:
    """A column that is constant comes out as beta."""
    x = columns(draw, 8, 4)
    # A small whole number: its mean over 8 rows is exact in every floating type.
    x[:, draw.integers(0, 4)] = draw.integers(1, 4)
    case = (x, *scale_and_shift(draw, 4), bn_param(draw, 4, eps=1e-5, momentum=0.9))
    outputs_agree(student, reference, "batchnorm", [case], scale="array")


batchnorm_forward_is_polite = polite_forward("batchnorm", batchnorm_case)


@check(item="batchnorm.forward.identity", ru="γ и β растягивают и сдвигают то, что нормировано")
def batchnorm_can_be_undone_or_not(student: Code, reference: Code, draw: Draw) -> None:
    """gamma and beta stretch and move what is normalised."""
    x = columns(draw, 8, 5)
    std, mean = np.sqrt(x.var(axis=0) + 1e-2), x.mean(axis=0)
    param = bn_param(draw, 5, eps=1e-2, momentum=0.8)
    cases = [
        (x, gamma, beta, param)
        for gamma, beta in ((std, mean), (2 * std, 2 * mean), (np.ones(5), np.zeros(5)))
    ]
    outputs_agree(student, reference, "batchnorm", cases)


@check(
    item="batchnorm.forward.identity", carries="batchnorm.forward",
    ru="γ и β действуют на то, что нормировал ваш прямой проход",
)  # fmt: skip
def gamma_and_beta_act_on_your_own(student: Code, reference: Code, draw: Draw) -> None:
    """gamma and beta act on what your own batchnorm_forward normalised."""
    refuse_strangers(student, BATCHNORM, draw)
    x, gamma, beta, param = batchnorm_case(draw)
    out, _ = student.batchnorm_forward(x, gamma, beta, param)
    normal = near_forward(student, BATCHNORM, x, np.ones(4), np.zeros(4), param)
    expect.close(out, gamma * normal + beta, what="out")


def own_pair(student: Code, x: np.ndarray, *arguments: Any) -> tuple[np.ndarray, np.ndarray]:
    """The student's output, and the same with gamma 1 and beta 0."""
    gamma, beta, param = arguments
    plain = (np.ones_like(gamma), np.zeros_like(beta))
    (out, _), (normal, _) = student.batchnorm_forward.many(
        [(x, gamma, beta, param), (x, *plain, param)]
    )
    return out, normal


def far_columns(draw: Draw, n: int) -> tuple[np.ndarray, np.ndarray]:
    """x (n, 4) around zero, and the same a million and more away."""
    x = draw.normal(n, 4) * np.asarray([1.0, 0.5, 1.0, 2.0])
    return x, x + np.asarray([3e6, -1e6, 4e6, 0.0])[draw.permutation(4)]


@check(item="batchnorm.forward.stable", ru="Сдвиг на миллионы не портит выход")
def batchnorm_out_at_some_millions(student: Code, reference: Code, draw: Draw) -> None:
    """Offsets of some millions do no harm."""
    cases = [
        (far_columns(draw, n)[1], *scale_and_shift(draw, 4), bn_param(draw, 4, eps=1e-5))
        for n in (16, 40)
    ]
    outputs_agree(student, reference, "batchnorm", cases)


@check(
    item="batchnorm.forward.stable", carries="batchnorm.forward",
    ru="Сдвиг на миллионы не меняет вашего выхода",
)  # fmt: skip
def an_offset_changes_nothing_of_your_own(student: Code, reference: Code, draw: Draw) -> None:
    """An offset of millions changes nothing in the output of your own batchnorm_forward."""
    (x, far), affine = far_columns(draw, 40), scale_and_shift(draw, 4)
    param = bn_param(draw, 4, eps=1e-5, momentum=0.9)
    refuse_strangers(student, BATCHNORM, draw)
    out = near_forward(student, BATCHNORM, x, *affine, param)
    moved, _ = student.batchnorm_forward(far, *affine, param)
    expect.close(moved, out, what="out")


# --- batchnorm: running statistics and test mode ---------------------------------------------


def running_after(code: Code, layer: str, arguments: Arguments) -> list[np.ndarray]:
    """The running mean and variance after one call."""
    *rest, before = arguments
    param = code.keep(before)
    forward(code, layer)(*rest, param)
    return [code.read(param[name]) for name in RUNNING]


def running_agree(
    student: Code, reference: Code, layer: str, cases: Sequence[Arguments]
) -> None:  # fmt: skip
    """One call in train mode leaves the reference's running statistics."""
    for case in cases:
        given, wanted = (running_after(code, layer, case) for code in (student, reference))
        for name, mine, theirs in zip(RUNNING, given, wanted, strict=True):
            expect.close(mine, theirs, what=name, tolerance=1e-6, scale="array")


@check(item="batchnorm.forward.running", ru="Верны для других форм и momentum, по умолчанию 0.9")
def running_statistics_for_other_momentum(student: Code, reference: Code, draw: Draw) -> None:
    """The running statistics are right for other shapes and momentum; its default is 0.9."""
    cases = [
        (columns(draw, n, d), *scale_and_shift(draw, d), bn_param(draw, d, **settings))
        for n, d, settings in (
            (5, 7, {"eps": 1e-3, "momentum": 0.75}),
            (8, 3, {"eps": 1e-3}),
            (4, 4, {"eps": 1e-2, "momentum": 0.95}),
        )
    ]
    running_agree(student, reference, "batchnorm", cases)


@check(
    item="batchnorm.forward.running", ru="Кроме скользящих статистик, в bn_param ничего не меняется"
)
def the_rest_of_bn_param_stays(student: Code, reference: Code, draw: Draw) -> None:
    """Nothing else in bn_param changes."""
    *rest, before = batchnorm_case(draw)
    left = []
    for code in (student, reference):
        param = code.keep(before)
        code.batchnorm_forward(*rest, param)
        after = code.read(param)
        left.append({key: after[key] for key in sorted(after) if key not in RUNNING})
    expect.equal(left[0], left[1], what="bn_param without the running statistics")


@check(
    item="batchnorm.forward.running", carries="batchnorm.forward",
    ru="Скользящие статистики усредняют то, чем делит ваш прямой проход",
)  # fmt: skip
def running_statistics_hold_your_own(student: Code, reference: Code, draw: Draw) -> None:
    """The running statistics average those that your own forward pass normalises with."""
    refuse_strangers(student, BATCHNORM, draw)
    x, gamma, beta, before = batchnorm_case(draw)
    given = running_after(student, "batchnorm", (x, gamma, beta, before))
    for name, mine, wanted in zip(
        RUNNING, given, own_running(student, BATCHNORM, x, before), strict=True
    ):
        expect.close(mine, wanted, what=name, tolerance=1e-6, scale="array")


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


def running_keeps_float32(item: str, layer: str, case: Callable[[Draw], Arguments]) -> Check:
    """The running statistics stay float32 where everything is."""

    def keeps_float32(student: Code, reference: Code, draw: Draw) -> None:
        """For float32 the running statistics are float32 too."""
        single = single_precision(case(draw))
        given, wanted = (running_after(code, layer, single) for code in (student, reference))
        for name, mine, theirs in zip(RUNNING, given, wanted, strict=True):
            expect.close(mine, theirs, what=f"{name} for float32", tolerance=5e-3, scale="array")

    keeps_float32.__name__ = f"{layer}_running_keeps_float32"
    ru = "Для float32 и скользящие статистики float32"
    return check(item=item, ru=ru)(keeps_float32)


batchnorm_running_keeps_float32 = running_keeps_float32(
    "batchnorm.forward.running", "batchnorm", batchnorm_case
)


def settled_case(draw: Draw, n: int, d: int, **settings: float) -> Arguments:
    """A call in test mode, where one feature has hardly varied so far."""
    param = bn_param(draw, d, mode="test", **settings)
    small = np.where(np.arange(d) == 0, 1e-3, 1.0)[draw.permutation(d)]
    param["running_var"] = param["running_var"] * small
    return columns(draw, n, d), *scale_and_shift(draw, d), param


@check(item="batchnorm.forward.test", ru="Выход верен для других форм и eps, и для одного примера")
def batchnorm_test_out_for_other_shapes(student: Code, reference: Code, draw: Draw) -> None:
    """The output in test mode is right for other shapes and eps, and for a single example."""
    cases = [
        settled_case(draw, 5, 7, eps=1e-3, momentum=0.75),
        settled_case(draw, 1, 3, eps=1e-2),
        settled_case(draw, 6, 4),
    ]
    outputs_agree(student, reference, "batchnorm", cases)


@check(item="batchnorm.forward.test", ru="Каждая строка сама по себе, и смесь двух строк")
def batchnorm_test_goes_row_by_row(student: Code, reference: Code, draw: Draw) -> None:
    """In test mode each row alone is right, and so is a mixture of two: the layer is linear."""
    x, *rest = settled_case(draw, 6, 4, eps=1e-3, momentum=0.8)
    mixture = 0.25 * x[:1] + 0.75 * x[1:2]
    calls = [(rows, *rest) for rows in (x, *(x[i : i + 1] for i in range(6)), mixture)]
    given, wanted = (
        [out for out, _ in code.batchnorm_forward.many(calls)] for code in (student, reference)
    )
    expect.close(np.concatenate(given[1:-1]), wanted[0], what="out, row by row")
    expect.close(given[0], wanted[0], what="out of all rows")
    mixed = 0.25 * wanted[0][:1] + 0.75 * wanted[0][1:2]
    expect.close(given[-1], mixed, what="out of a mixture of two rows", scale="array")


@check(item="batchnorm.forward.test", ru="bn_param остаётся как был")
def batchnorm_test_leaves_bn_param_alone(student: Code, reference: Code, draw: Draw) -> None:
    """In test mode bn_param stays as it was."""
    *rest, before = settled_case(draw, 6, 4, eps=1e-3, momentum=0.8)
    after = []
    for code in (student, reference):
        param = code.keep(before)
        code.batchnorm_forward(*rest, param)
        after.append(code.read(param))
    expect.equal(*after, what="bn_param after a call in test mode")


@check(
    item="batchnorm.forward.test", carries="batchnorm.forward",
    ru="Со статистиками батча test даёт то же, что ваш train",
)  # fmt: skip
def test_mode_repeats_your_own_train_mode(student: Code, reference: Code, draw: Draw) -> None:
    """With the batch's own statistics, test mode gives what your train mode gives."""
    refuse_strangers(student, BATCHNORM, draw)
    x, gamma, beta, param = batchnorm_case(draw)
    out = near_forward(student, BATCHNORM, x, gamma, beta, param)
    settled = settled_on(x.T, param)
    rows = [(x[i : i + 1], gamma, beta, settled) for i in range(len(x))]
    again = np.concatenate([row for row, _ in student.batchnorm_forward.many(rows)])
    expect.close(again, out, what="out in test mode")


def settled_on(rows: np.ndarray, param: dict[str, Any]) -> dict[str, Any]:
    """Test mode whose running statistics are those of these very rows."""
    mean, var = rows.mean(axis=1), rows.var(axis=1)
    return {**param, "mode": "test", "running_mean": mean, "running_var": var}


# --- batchnorm: backward ---------------------------------------------------------------------


def batchnorm_cases(draw: Draw) -> tuple[list[Case], list[Case]]:
    """Two cases of one shape, and others, one with a column of small spread."""

    def case(n: int, d: int, low: float = 0.3, **settings: float) -> Case:
        x, affine = columns(draw, n, d, low=low), scale_and_shift(draw, d)
        return (x, *affine, bn_param(draw, d, **settings)), draw.upstream(n, d)

    twins = [case(6, 4, eps=1e-3, momentum=0.8) for _ in range(2)]
    others = [case(8, 3, low=0.03, eps=1e-3), case(5, 7, eps=1e-5), case(6, 6, eps=1e-2)]
    return twins, others


@check(item="batchnorm.backward", ru="dx верен при чередовании вызовов и для других форм")
def batchnorm_dx_for_other_shapes(student: Code, reference: Code, draw: Draw) -> None:
    """dx is right when calls are interleaved, and for other shapes."""
    for cases in batchnorm_cases(draw):
        gradients_agree(student, reference, "batchnorm", cases, ("dx",))


@check(item="batchnorm.backward.parameters", ru="dgamma и dbeta верны для других форм")
def batchnorm_dgamma_dbeta_for_other_shapes(student: Code, reference: Code, draw: Draw) -> None:
    """dgamma and dbeta are right when calls are interleaved, and for other shapes."""
    for cases in batchnorm_cases(draw):
        gradients_agree(student, reference, "batchnorm", cases, ("dgamma", "dbeta"))


batchnorm_dx_follows_your_own_forward = follows_own_forward(
    "batchnorm.backward", BATCHNORM, batchnorm_case, ("dx",)
)
batchnorm_dgamma_follows_your_own_forward = follows_own_forward(
    "batchnorm.backward.parameters", BATCHNORM, batchnorm_case, ("dgamma", "dbeta")
)
batchnorm_backward_is_polite = polite_backward("batchnorm", batchnorm_case, ("dx",))


@check(item="batchnorm.backward.parameters", ru="float32 остаётся float32")
def batchnorm_dgamma_dbeta_keep_float32(student: Code, reference: Code, draw: Draw) -> None:
    """float32 stays float32."""
    single = single_precision(batchnorm_case(draw))
    dout = draw.upstream(*single[0].shape).astype(np.float32)
    given, wanted = (
        code.batchnorm_backward(dout, code.batchnorm_forward(*single)[1])
        for code in (student, reference)
    )
    for name, mine, theirs in list(zip(GRADIENTS, given, wanted, strict=True))[1:]:
        expect.close(mine, theirs, what=f"{name} for float32", tolerance=5e-3, scale="array")


# --- spatial batchnorm -----------------------------------------------------------------------


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


# --- layernorm, instancenorm, groupnorm ------------------------------------------------------


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


# --- folding ---------------------------------------------------------------------------------


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


# --- training --------------------------------------------------------------------------------


TRAINED = ("params", "running statistics", "losses")


def network(
    draw: Draw, widths: tuple[int, ...], std: Callable[[int], float]
) -> list[tuple[np.ndarray, ...]]:
    """Initial parameters, none at its usual value; weights have the deviation std(fan in)."""
    params: list[tuple[np.ndarray, ...]] = []
    for din, dout in pairwise(widths[:-1]):
        w, b = draw.normal(din, dout, scale=std(din)), draw.normal(dout, scale=0.1)
        params.append((w, b, draw.uniform(dout, low=0.5, high=1.5), draw.normal(dout, scale=0.1)))
    last = draw.normal(*widths[-2:], scale=std(widths[-2]))
    return [*params, (last, draw.normal(widths[-1], scale=0.1))]


def trained(returned: Any) -> Any:
    """What a training returned, but for further keys: whoever returns each bn_param is right."""
    if not isinstance(returned, (tuple, list)) or len(returned) != 3:
        return returned
    params, running, losses = returned
    if isinstance(running, (tuple, list)):
        running = [
            {name: seen[name] for name in RUNNING if name in seen}
            if isinstance(seen, dict)
            else seen
            for seen in running
        ]
    return params, running, losses


def kaiming(din: int) -> float:
    """The standard deviation of Kaiming's initial weights."""
    return float((2 / din) ** 0.5)


def short_training(draw: Draw, steps: int = 4) -> Arguments:
    """A few steps of a net with two hidden layers, on batches of different sizes."""
    x, y = draw.normal(30, 5), draw.labels(30, classes=4)
    params = network(draw, (5, 7, 6, 4), kaiming)
    batches = [draw.permutation(30)[: 8 + step % 3] for step in range(steps)]
    return x, y, params, batches, 0.2


@check(item="train_batchnorm_mlp", ru="Двадцать шагов трёх скрытых слоёв, батчи разной длины")
def twenty_steps_equal_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """Twenty steps on batches of different sizes, three hidden layers, end where they should."""
    x, y = draw.normal(60, 12), draw.labels(60, classes=5)
    deep = (x, y, network(draw, (12, 16, 9, 11, 5), kaiming))
    batches = [draw.permutation(60)[: 12 + 4 * (step % 3)] for step in range(20)]
    flat = (x[:, :3], y % 2, network(draw, (3, 6, 2), lambda din: 0.01))
    cases = [(*deep, batches, 0.1), (*flat, batches[:7], 0.5)]
    given, wanted = (code.train_batchnorm_mlp.many(cases) for code in (student, reference))
    for mine, theirs in zip(given, wanted, strict=True):
        for name, one, other in zip(TRAINED, trained(mine), theirs, strict=True):
            expect.trajectory(one, other, what=name)


@check(item="train_batchnorm_mlp", ru="Аргументы остаются как были")
def training_is_polite(student: Code, reference: Code, draw: Draw) -> None:
    """The data, the initial parameters and the list of batches stay as they were."""
    *arguments, lr = short_training(draw)
    held = [student.keep(argument) for argument in arguments]
    student.train_batchnorm_mlp(*held, lr)
    for name, argument in zip(("x", "y", "params", "batches"), held, strict=True):
        expect.unchanged(argument, what=f"{name} after the call")


LAYERS_OF_THE_TRAINING = (
    *("batchnorm.forward", "batchnorm.forward.running"),
    *("batchnorm.backward", "batchnorm.backward.parameters"),
)


def trains_with_own_layers(item: str) -> Check:
    """The training is that of the student's own batchnorm functions."""

    def trains_with_own(student: Code, reference: Code, draw: Draw) -> None:
        """Four steps lead where your own batchnorm_forward and _backward lead."""
        x, y, params, batches, lr = short_training(draw)
        given = trained(student.train_batchnorm_mlp(x, y, params, batches, lr))
        refuse_strange_layers(student, draw)
        with np.errstate(all="ignore"):  # wrong gradients may be huge
            wanted = own_training(student, x, y, params, batches, lr)
        if expect.like(given, wanted, what="returned"):
            # On an accelerator both are float32, and in four steps not far apart.
            tolerance = 1e-6 if item == "train_batchnorm_mlp" else 1e-2
            for name, mine, theirs in zip(TRAINED, given, wanted, strict=True):
                for one, other in zip(flat(mine), flat(theirs), strict=True):
                    expect.close(one, other, what=name, tolerance=tolerance, scale="array")

    trains_with_own.__name__ = "training_uses_your_own_layers"
    ru = "Четыре шага ведут туда же, куда ваши batchnorm_forward и _backward"
    return check(item=item, carries=LAYERS_OF_THE_TRAINING, ru=ru)(trains_with_own)


def flat(value: Any) -> list[np.ndarray]:
    """The arrays in lists, tuples and dicts, in float64."""
    if isinstance(value, dict):
        return [array for key in RUNNING for array in flat(value[key])]
    if isinstance(value, (tuple, list)):
        return [array for one in value for array in flat(one)]
    return [np.asarray(value, dtype=np.float64)]


def refuse_strange_layers(student: Code, draw: Draw) -> None:
    """Refuse layers that know nothing of normalising, forward or backward."""
    refuse_strangers(student, BATCHNORM, draw)
    z, dout = draw.normal(8, 5), draw.upstream(8, 5)
    cache = student.batchnorm_forward(z, *plain(BATCHNORM, 5, 1e-3))[1]
    refuse_multiples(student.batchnorm_backward(dout, cache)[0], dout)


def own_training(
    student: Code, x: np.ndarray, y: np.ndarray, params: list[tuple[np.ndarray, ...]],
    batches: list[np.ndarray], lr: float,
) -> tuple[Any, ...]:  # fmt: skip
    """The same training, computed here, but for the student's own batchnorm functions."""
    seen = [student.keep(plain(BATCHNORM, len(b), 1e-5)[2]) for _, b, *_ in params[:-1]]
    losses = []
    for batch in batches:
        h, kept = x[batch], []
        for (w, b, gamma, beta), param in zip(params[:-1], seen, strict=True):
            z = h @ w + b
            near_forward(student, BATCHNORM, z, gamma, beta, plain(BATCHNORM, len(b), 1e-5)[2])
            out, cache = student.batchnorm_forward(z, gamma, beta, param)
            refuse_unlike(z.T, out.T)
            kept.append((h, cache, out > 0))
            h = np.maximum(out, 0.0)
        w, b = params[-1]
        share, rows = np.exp(h @ w + b), np.arange(len(batch))
        share /= share.sum(axis=1, keepdims=True)
        losses.append(-np.mean(np.log(share[rows, y[batch]])))
        share[rows, y[batch]] -= 1
        dscores = share / len(batch)
        slopes, dh = [(h.T @ dscores, dscores.sum(axis=0))], dscores @ w.T
        for (w, *_), (h, cache, alive) in zip(params[-2::-1], kept[::-1], strict=True):
            dz, dgamma, dbeta = student.batchnorm_backward(dh * alive, cache)
            refuse_multiples(dz, dh * alive)
            for name, gradient in zip(GRADIENTS, (dz, dgamma, dbeta), strict=True):
                refuse_zero(gradient, name)
            slopes.append((h.T @ dz, dz.sum(axis=0), dgamma, dbeta))
            dh = dz @ w.T
        params = [
            tuple(value - lr * slope for value, slope in zip(*layer, strict=True))
            for layer in zip(params, slopes[::-1], strict=True)
        ]
    running = [{name: student.read(param[name]) for name in RUNNING} for param in seen]
    return params, running, losses


training_uses_your_own_layers = trains_with_own_layers("train_batchnorm_mlp")


# --- the experiment: from other weights, and tried on new data ---------------------------------

MARGIN = 0.40
CEILING = 0.30
FALSE_FAIL = "z = 30 a block: 60 runs with float32 inside lost 0.00 on average, sd 0.02, worst 0.11"
POWER = "z = 5 a block: 60 nets without batchnorm lost 0.75 on average, sd 0.13, least 0.45"


class TrainingCase(NamedTuple):
    """One data set: what a student trains on, and what the weights are then tried on."""

    x: np.ndarray
    y: np.ndarray
    params: list[tuple[np.ndarray, ...]]
    batches: list[np.ndarray]
    lr: float
    new_x: np.ndarray
    new_y: np.ndarray


def training_case(draw: Draw, std: Callable[[int], float], lr: float) -> TrainingCase:
    """20 clouds of points in 32 dimensions, two to a class; 12 rounds over 512 of them."""
    centres = draw.normal(20, 32)
    cloud = draw.integers(0, 20, 912)
    x, y = centres[cloud] + draw.normal(912, 32), cloud % 10
    params = [
        (w, 0 * b) if not affine else (w, 0 * b, 0 * b + 1, 0 * b)
        for w, b, *affine in network(draw, (32, *[48] * 6, 10), std)
    ]
    rounds = np.concatenate([draw.permutation(512) for _ in range(12)])
    batches = np.split(rounds, 96)
    return TrainingCase(x[:512], y[:512], params, batches, lr, x[512:], y[512:])


def accuracy_of(code: Code, case: TrainingCase) -> float:
    """The share of new points that the trained weights get right, in test mode, computed here."""
    returned = trained(code.train_batchnorm_mlp(case.x, case.y, case.params, case.batches, case.lr))
    running = [dict.fromkeys(("running_mean", "running_var"), b) for _, b, *_ in case.params[:-1]]
    form = (case.params, running, [0.0] * len(case.batches))
    if not expect.like(returned, form, what="returned"):
        return float("nan")
    params, running, _ = returned
    h = case.new_x
    with np.errstate(all="ignore"):  # wrong weights may be huge
        for (w, b, gamma, beta), seen in zip(params[:-1], running, strict=True):
            normal = (h @ w + b - seen["running_mean"]) / np.sqrt(seen["running_var"] + 1e-5)
            h = np.maximum(gamma * normal + beta, 0.0)
        w, b = params[-1]
        return float(np.mean(np.argmax(h @ w + b, axis=1) == case.new_y))


@check(item="train_batchnorm_mlp.converges", ru="Шесть слоёв обучаются с шагом 1")
def six_layers_learn_at_a_learning_rate_of_1(
    student: Code, reference: Code, draw: Draw
) -> None:  # fmt: skip
    """Six layers learn at a learning rate of 1, which is too much without batchnorm."""
    cases = [training_case(draw, kaiming, 1.0) for _ in range(6)]
    expect.converges(
        lambda case: accuracy_of(student, case), lambda case: accuracy_of(reference, case), cases,
        what="accuracy on new data", margin=MARGIN, ceiling=CEILING,
        false_fail=FALSE_FAIL, power=POWER,
    )  # fmt: skip


six_layers_use_your_own = trains_with_own_layers("train_batchnorm_mlp.converges")
