"""Hidden checks of the bonus: one initialization a paper."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from grader import Code, Draw, check, expect

from .checks import as_list, unrelated
from .checks_weights import SEEDS, Check, as_double, generator, layers_of, spelt, weights_of


@check(item="orthogonal", ru="Строки ортонормированы, когда Din меньше; gain — множитель")
def rows_are_orthonormal_and_gain_scales(student: Code, reference: Code, draw: Draw) -> None:
    """The rows are orthonormal where Din is smaller; gain multiplies the matrix."""
    seed = draw.integers(1, 1 << 31)
    for din, dout, gain in ((20, 48, 1.7), (33, 22, 0.5), (48, 20, 1.7)):
        (given,), (wanted,) = (
            weights_of(code, "orthogonal", (din, dout, gain), [seed])
            for code in (student, reference)
        )
        if expect.like(given, wanted, what=spelt("orthogonal", (din, dout, gain))):
            mine, theirs = (w.T @ w if din >= dout else w @ w.T for w in (given, wanted))
            name = "W.T @ W" if din >= dout else "W @ W.T"
            # Never square: of one in seven of those, Cholesky in single precision loses 1e-3; of
            # these shapes at most 7e-6 in 20,000 draws. What is not orthogonal misses 0.5.
            expect.close(mine, theirs, what=f"{name} / gain²", tolerance=1e-3, scale="array")


def bonus_generator(function: str, *arguments: Any) -> Check:
    """A bonus function is random, and follows from its generator."""

    def decides(student: Code, reference: Code, draw: Draw) -> None:
        """The same seed gives the same weights; another seed and the next call unrelated ones."""
        one, other = draw.integers(1, 1 << 31, 2)
        facts = []
        for code in (student, reference):
            first, again, second = weights_of(code, function, arguments, (one, one, other))
            shared = generator(code, one)
            ask = getattr(code, function)
            layers = [as_double(ask(*arguments, generator=shared)) for _ in range(2)]
            same = all(map(np.array_equal, as_list(first), as_list(again)))
            facts.append((same, unrelated(first, second), unrelated(*layers)))
        names = (
            "whether one seed gives the same weights twice",
            "whether two seeds give unrelated weights",
            "whether two calls with one generator give unrelated weights",
        )
        for mine, theirs, what in zip(*facts, names, strict=True):
            expect.equal(mine, theirs, what=what)

    decides.__name__ = f"{function}_follows_its_generator"
    ru = "То же зерно даёт те же веса; другое зерно и следующий вызов — несвязанные"
    return check(item=function, ru=ru)(decides)


orthogonal_follows_its_generator = bonus_generator("orthogonal", 40, 30)
random_walk_follows_its_generator = bonus_generator("random_walk", [20] * 4, "relu")
fixup_follows_its_generator = bonus_generator("fixup", 3, 20)


@check(item="random_walk", ru="СКО линейных слоёв ширины 16 и слоёв с ReLU ширины 32")
def random_walk_of_other_layers(student: Code, reference: Code, draw: Draw) -> None:
    """Linear layers of width 16 and ReLU layers of width 32 have the right std."""
    for width, count, activation in ((16, 400, "linear"), (32, 100, "relu")):
        first, *others = draw.integers(1, 1 << 31, SEEDS + 1)
        arguments = ([width] * (count + 1), activation)
        what = f"random_walk([{width}, {width}, …], {activation!r})"
        (given,) = weights_of(student, "random_walk", arguments, [first])
        wanted = weights_of(reference, "random_walk", arguments, others)
        if expect.like(given, wanted[0], what=what):
            expect.statistics([np.stack(given)], [np.stack(one) for one in wanted], what=what)
            mine, theirs = (unrelated(*layers[:2]) for layers in (given, wanted[0]))
            expect.equal(mine, theirs, what="whether the first two layers are unrelated")


@check(item="data_dependent", ru="Один слой и четыре слоя; аргументы не изменены")
def data_dependent_on_other_nets(student: Code, reference: Code, draw: Draw) -> None:
    """Nets of one and of four layers are right, and the arguments stay as they were."""
    for n, dims in ((150, (6, 9)), (256, (20, 30, 12, 25, 8))):
        x, weights = draw.normal(n, dims[0], shift=0.5), layers_of(draw, dims)
        held = student.keep(x), student.keep(weights)
        given, biases = student.data_dependent(*held)
        wanted, wanted_biases = reference.data_dependent(x, weights)
        expect.close(given, wanted, what="weights", tolerance=1e-2, scale="array")
        expect.close(biases, wanted_biases, what="biases", tolerance=1e-2, scale="array")
        for name, argument in zip(("x", "weights"), held, strict=True):
            expect.unchanged(argument, what=f"{name} after the call")


def orthonormal_layers(draw: Draw, dims: tuple[int, ...]) -> list[np.ndarray]:
    """Matrices with orthonormal columns or rows, from each width to the next."""
    layers = []
    for din, dout in pairwise(dims):
        q, _ = np.linalg.qr(draw.normal(max(din, dout), min(din, dout)))
        layers.append(np.ascontiguousarray(q if din >= dout else q.T))
    return layers


def spreads(x: np.ndarray, weights: list[np.ndarray]) -> np.ndarray:
    """The standard deviation of each layer's pre-activations, with ReLU between the layers."""
    stds = []
    for w in weights:
        z = x @ w
        stds.append(z.std())
        x = np.maximum(z, 0.0)
    return np.asarray(stds)


@check(item="lsuv", ru="Пять слоёв; каждый — кратное данного; один шаг; другой допуск")
def lsuv_scales_whole_layers(student: Code, reference: Code, draw: Draw) -> None:
    """Five layers: unit variance within the tolerance, each a multiple of what was given."""
    cases = []
    for n, dims, rest in (
        (150, (20, 30, 15, 40, 10, 12), ()),
        (150, (10, 16, 12), (0.02, 1)),
        (90, (12, 20, 8), (0.005,)),
    ):
        x = draw.normal(n, dims[0], scale=3.0, shift=0.5)
        cases.append((x, orthonormal_layers(draw, dims), *rest))
    for x, weights, *rest in cases:
        held = student.keep(x), student.keep(weights)
        given = as_double(student.lsuv(*held, *rest))
        wanted = as_double(reference.lsuv(x, weights, *rest))
        for name, argument in zip(("x", "weights"), held, strict=True):
            expect.unchanged(argument, what=f"{name} after the call")
        if not expect.like(given, wanted, what="weights"):
            continue
        directions = [[w / np.linalg.norm(w) for w in layers] for layers in (given, wanted)]
        expect.close(*directions, what="directions of the weights", scale="array")
        mine, theirs = spreads(x, given), spreads(x, wanted)
        allowed = rest[0] if rest else 1e-2
        expect.close(mine, theirs, what="stds of the pre-activations", tolerance=allowed)


@check(item="fixup", ru="СКО при других числах блоков и слоёв")
def fixup_scales_with_depth(student: Code, reference: Code, draw: Draw) -> None:
    """The standard deviation is right for other numbers of blocks and layers."""
    for arguments in ((16, 32), (9, 32, 3), (5, 40, 4)):
        first, *others = draw.integers(1, 1 << 31, SEEDS + 1)
        what = spelt("fixup", arguments)
        (given,) = weights_of(student, "fixup", arguments, [first])
        wanted = weights_of(reference, "fixup", arguments, others)
        if expect.like(given, wanted[0], what=what):
            mine, *theirs = (
                np.stack([w for block in blocks for w in block[:-1]]) for blocks in (given, *wanted)
            )
            expect.statistics([mine], theirs, what=f"all but the last layers of {what}")


@check(item="lottery_ticket", ru="Слои разного масштаба; аргументы не изменены")
def a_quarter_and_a_tenth_stay(student: Code, reference: Code, draw: Draw) -> None:
    """Masks are global over layers of unlike scale, and the arguments stay as they were."""
    for shapes, keep in ((((8, 10), (10, 6), (6, 10)), 0.25), (((5, 8), (8, 20)), 0.1)):
        initial = [draw.normal(*shape) for shape in shapes]
        trained = [draw.normal(*shape, scale=2.0 / (1 + i)) for i, shape in enumerate(shapes)]
        held = student.keep(initial), student.keep(trained)
        masks, rewound = as_double(student.lottery_ticket(*held, keep))
        wanted, kept = as_double(reference.lottery_ticket(initial, trained, keep))
        for name, argument in zip(("initial", "trained"), held, strict=True):
            expect.unchanged(argument, what=f"{name} after the call")
        expect.equal(masks, wanted, what="masks")
        expect.equal(rewound, kept, what="rewound")
