"""What every layer must do, and what it is asked with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from grader import Code, Draw, check, expect

from .checks_inputs import GRADIENTS, bn_param, scale_and_shift

Arguments = tuple[Any, ...]
Case = tuple[Arguments, np.ndarray]
Check = Any  # what `check` makes; the words a course may import do not name its type
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


# --- what every layer with running statistics must do ----------------------------------------


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


def settled_case(draw: Draw, n: int, d: int, **settings: float) -> Arguments:
    """A call in test mode, where one feature has hardly varied so far."""
    param = bn_param(draw, d, mode="test", **settings)
    small = np.where(np.arange(d) == 0, 1e-3, 1.0)[draw.permutation(d)]
    param["running_var"] = param["running_var"] * small
    return columns(draw, n, d), *scale_and_shift(draw, d), param


def settled_on(rows: np.ndarray, param: dict[str, Any]) -> dict[str, Any]:
    """Test mode whose running statistics are those of these very rows."""
    mean, var = rows.mean(axis=1), rows.var(axis=1)
    return {**param, "mode": "test", "running_mean": mean, "running_var": var}
