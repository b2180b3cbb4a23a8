"""Hidden checks of the weight initialization.

Distributions are compared with the reference's, pooled over several seeds; everything that is
either so or not so is written as a fact that is asked of both and compared.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from grader import Code, Draw, check, expect

from .checks_weights import SEEDS, Arguments, Check, as_double, generator, spelt, weights_of

LINEAR, CONV = (256, 64), (32, 16, 5)
"""Din and Dout differ by a factor of 4, Cin and Cout by 2, k² from all of them."""

CHANCE_QUANTILE = 6.11
"""A normal number is farther out than this once in 1e9 times."""


# --- what several checks need ----------------------------------------------------------------


def unrelated(first: Any, second: Any) -> bool:
    """Whether two results correlate no more than chance lets independent ones.

    A number that stands in several places counts once: copies are judged by another check.
    """
    a, b = (np.concatenate([np.ravel(part) for part in as_list(one)]) for one in (first, second))
    if a.shape != b.shape or np.array_equal(a, b):
        return False
    with np.errstate(all="ignore"):  # what is not finite is judged elsewhere
        a, b = a - a.mean(), b - b.mean()
        size = float(np.linalg.norm(a) * np.linalg.norm(b))
        count = min(np.unique(a).size, np.unique(b).size)
        return not abs(float(a @ b)) > CHANCE_QUANTILE / math.sqrt(count) * size


def as_list(value: Any) -> list[Any]:
    """An array alone as a list of one; lists of lists flat."""
    if not isinstance(value, (tuple, list)):
        return [value]
    return [array for part in value for array in as_list(part)]


# --- initializers ----------------------------------------------------------------------------


def right_spread(function: str, *arguments: Any) -> Check:
    """The weights are the reference's in mean, spread, rows, columns and shape."""

    def spread(student: Code, reference: Code, draw: Draw) -> None:
        """Other shapes: mean and standard deviation are right, in all and in rows and columns."""
        first, *others = draw.integers(1, 1 << 31, SEEDS + 1)
        what = spelt(function, arguments)
        given = weights_of(student, function, arguments, [first])
        wanted = weights_of(reference, function, arguments, others)
        expect.equal(np.shape(given[0]), np.shape(wanted[0]), what=f"shape of {what}")
        expect.statistics(given, wanted, what=what, slices=True)

    spread.__name__ = f"{function}_has_the_right_spread_in_other_shapes"
    ru = "Другие формы: среднее и СКО верны в целом, по строкам и по столбцам"
    return check(item=function, ru=ru)(spread)


def no_repeats(function: str, *arguments: Any) -> Check:
    """Nearly all weights of a matrix are different numbers."""

    def differ(student: Code, reference: Code, draw: Draw) -> None:
        """The weights differ from one another: no row or column is a copy."""
        seed = draw.integers(1, 1 << 31)
        given, wanted = (
            weights_of(code, function, arguments, [seed])[0] for code in (student, reference)
        )
        mine, theirs = (bool(np.unique(w).size >= 0.99 * np.size(w)) for w in (given, wanted))
        expect.equal(mine, theirs, what="whether 99 % of the weights differ from one another")

    differ.__name__ = f"{function}_repeats_no_weight"
    ru = "Веса различны: ни строка, ни столбец не копия"
    return check(item=function, ru=ru)(differ)


def generator_decides(function: str, *arguments: Any) -> Check:
    """Seeds and calls that must not agree do not."""

    def decides(student: Code, reference: Code, draw: Draw) -> None:
        """Another seed, the next call and a call without generator give unrelated weights."""
        one, other = draw.integers(1, 1 << 31, 2)
        facts = []
        for code in (student, reference):
            ask = getattr(code, function)
            first, second = weights_of(code, function, arguments, [one, other])
            shared = generator(code, one)
            layers = [as_double(ask(*arguments, generator=shared)) for _ in range(2)]
            free = [as_double(ask(*arguments)) for _ in range(2)]
            facts.append((unrelated(first, second), unrelated(*layers), unrelated(*free)))
        calls = ("with two seeds", "with one generator", "without a generator")
        for mine, theirs, how in zip(*facts, calls, strict=True):
            expect.equal(mine, theirs, what=f"whether two calls {how} give unrelated weights")

    decides.__name__ = f"{function}_follows_its_generator"
    ru = "Другое зерно, следующий вызов и вызов без генератора дают несвязанные веса"
    return check(item=f"{function}.generator", ru=ru)(decides)


def globals_stay(function: str, *arguments: Any, module: str, sizes: Arguments) -> Check:
    """The global generators stay as they were."""

    def stay(student: Code, reference: Code, draw: Draw) -> None:
        """The global generators of torch, numpy and random stay as they were."""
        seed, *starts = (int(number) for number in draw.integers(1, 1 << 31, 3))
        moved = []
        for code in (student, reference):
            names, ends = set(), []
            for start in starts:
                code.make("torch.manual_seed")(start)
                before = states(code)
                forgiven = [before["torch"], *after_building(code, module, sizes)]
                weights_of(code, function, arguments, [seed])
                after = states(code)
                names |= {name for name in ("numpy", "random") if after[name] != before[name]}
                names |= {"torch"} if after["torch"] not in forgiven else set()
                ends.append(after["torch"])
            # Who seeds it leaves it in one place wherever it stood before.
            moved.append(names | ({"torch, seeded anew"} if ends[0] == ends[1] else set()))
        expect.equal(*moved, what="global generators that have moved")

    stay.__name__ = f"{function}_leaves_the_global_generators_alone"
    ru = "Глобальные генераторы torch, numpy и random остаются как были"
    return check(item=f"{function}.generator", ru=ru)(stay)


def states(code: Code) -> dict[str, bytes]:
    """Where the three global generators stand."""
    numpy_state = code.make("numpy.random.get_state")()
    words, place = code.read(numpy_state[1].astype("int64")), code.read(numpy_state[2])
    return {
        "torch": code.read(code.make("torch.get_rng_state")()).tobytes(),
        "numpy": np.append(words, place).tobytes(),
        "random": repr(code.read(code.make("random.getstate")())).encode(),
    }


def after_building(code: Code, module: str, sizes: Arguments) -> list[bytes]:
    """Where torch's generator would stand after building such a module, which is forgiven.

    A student may fill the weight of an nn.Linear anew, whichever way round it was built; the
    constructor has drawn by then.
    """
    state = code.make("torch.get_rng_state")()
    first, second, *rest = sizes
    stands = []
    for order in ((first, second), (second, first)):
        for bias in (True, False):
            code.make(module)(*order, *rest, bias=bias)
            stands.append(code.read(code.make("torch.get_rng_state")()).tobytes())
            code.make("torch.set_rng_state")(state)
    return stands


def globals_stay_linear(function: str) -> Check:
    """The same for a function of din and dout."""
    return globals_stay(function, *LINEAR, module="torch.nn.Linear", sizes=LINEAR)


def globals_stay_conv(function: str) -> Check:
    """The same for a function of cin, cout and k."""
    return globals_stay(function, *CONV, module="torch.nn.Conv2d", sizes=CONV)


small_random_has_the_right_spread_in_other_shapes = right_spread("small_random", *LINEAR, 0.3)
xavier_linear_has_the_right_spread_in_other_shapes = right_spread("xavier_linear", *LINEAR)
xavier_conv_has_the_right_spread_in_other_shapes = right_spread("xavier_conv", *CONV)
kaiming_linear_has_the_right_spread_in_other_shapes = right_spread("kaiming_linear", *LINEAR)
kaiming_conv_has_the_right_spread_in_other_shapes = right_spread("kaiming_conv", *CONV)

small_random_repeats_no_weight = no_repeats("small_random", *LINEAR)
xavier_linear_repeats_no_weight = no_repeats("xavier_linear", *LINEAR)
xavier_conv_repeats_no_weight = no_repeats("xavier_conv", *CONV)
kaiming_linear_repeats_no_weight = no_repeats("kaiming_linear", *LINEAR)
kaiming_conv_repeats_no_weight = no_repeats("kaiming_conv", *CONV)

small_random_follows_its_generator = generator_decides("small_random", *LINEAR)
xavier_linear_follows_its_generator = generator_decides("xavier_linear", *LINEAR)
xavier_conv_follows_its_generator = generator_decides("xavier_conv", *CONV)
kaiming_linear_follows_its_generator = generator_decides("kaiming_linear", *LINEAR)
kaiming_conv_follows_its_generator = generator_decides("kaiming_conv", *CONV)

small_random_leaves_the_global_generators_alone = globals_stay_linear("small_random")
xavier_linear_leaves_the_global_generators_alone = globals_stay_linear("xavier_linear")
xavier_conv_leaves_the_global_generators_alone = globals_stay_conv("xavier_conv")
kaiming_linear_leaves_the_global_generators_alone = globals_stay_linear("kaiming_linear")
kaiming_conv_leaves_the_global_generators_alone = globals_stay_conv("kaiming_conv")


@check(item="small_random", ru="Распределение нормальное")
def small_weights_are_normal(student: Code, reference: Code, draw: Draw) -> None:
    """The distribution is the normal one.

    By its kurtosis: 3 for the normal one, 2.4 for one cut off at two standard deviations, 1.8 for
    the uniform one. Over 16384 normal numbers it spreads by 0.04, so a false fail is rarer
    than 1e-9.
    """
    seed = draw.integers(1, 1 << 31)
    families = []
    for code in (student, reference):
        (w,) = weights_of(code, "small_random", (128, 128, 0.05), [seed])
        z = (w - w.mean()) / max(float(w.std()), 1e-300)
        kurtosis = float(np.mean(z**4))
        names = ((2.1, "uniform or flatter"), (2.6, "cut off"), (3.6, "normal"))
        family = next((name for most, name in names if kurtosis < most), "heavy-tailed")
        families.append(family if w.min() < 0 < w.max() else f"{family}, of one sign")
    expect.equal(*families, what="shape of the distribution")


@check(item="positive_bias", ru="Значение и длина — аргументы")
def biases_take_their_value(student: Code, reference: Code, draw: Draw) -> None:
    """The value and the length are arguments."""
    for arguments in ((5, 0.25), (1, 0.5)):
        given, wanted = (as_double(code.positive_bias(*arguments)) for code in (student, reference))
        expect.close(given, wanted, what=spelt("positive_bias", arguments))
