"""What every layer must do, as functions of two Codes, and the checks that many share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from grader import Code, Draw, check, expect

Arguments = tuple[Any, ...]
Case = tuple[Arguments, np.ndarray]
Check = Any  # what `check` makes; the words a course may import do not name its type


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


def cosine(a: np.ndarray, b: np.ndarray) -> float:
    """Of the angle between two arrays; NaN where one of them is zero or not finite."""
    with np.errstate(all="ignore"):
        return float(np.sum(a * b) / (np.linalg.norm(a) * np.linalg.norm(b)))
