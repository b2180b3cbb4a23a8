"""Visible checks of the weight initialization: about a third of all.

A drawn generator seed is the only thing that a random function of the reference is asked with, so
that its answers can be recorded.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from grader import Code, Draw, check, expect

from .checks_weights import (
    SEEDS,
    Check,
    as_double,
    each_close,
    layers_of,
    spelt,
    vector,
    weights_of,
)

LINEAR, CONV = (64, 256), (16, 64, 3)
"""Din and Dout differ by a factor of 4: a square matrix cannot tell one formula from another."""


# --- initializers ----------------------------------------------------------------------------


def right_spread(function: str, *arguments: Any) -> Check:
    """The weights have the mean and the standard deviation of the reference's."""

    def spread(student: Code, reference: Code, draw: Draw) -> None:
        """The weights have mean zero and the right standard deviation."""
        first, *others = draw.integers(1, 1 << 31, SEEDS + 1)
        what = spelt(function, arguments)
        given = weights_of(student, function, arguments, [first])
        wanted = weights_of(reference, function, arguments, others)
        expect.equal(np.shape(given[0]), np.shape(wanted[0]), what=f"shape of {what}")
        expect.statistics(given, wanted, what=what)

    spread.__name__ = f"{function}_has_the_right_spread"
    return check(item=function, ru="У весов нулевое среднее и верное СКО")(spread)


def same_seed(function: str, *arguments: Any) -> Check:
    """A seed decides the weights, to the bit."""

    def repeats(student: Code, reference: Code, draw: Draw) -> None:
        """The same seed gives the same weights."""
        seed = draw.integers(1, 1 << 31)
        given, wanted = (
            bool(np.array_equal(*weights_of(code, function, arguments, [seed, seed])))
            for code in (student, reference)
        )
        expect.equal(given, wanted, what="whether two generators of one seed give the same weights")

    repeats.__name__ = f"{function}_repeats_itself"
    return check(item=f"{function}.generator", ru="То же зерно даёт те же веса")(repeats)


small_random_has_the_right_spread = right_spread("small_random", *LINEAR)
small_random_repeats_itself = same_seed("small_random", *LINEAR)
xavier_linear_has_the_right_spread = right_spread("xavier_linear", *LINEAR)
xavier_linear_repeats_itself = same_seed("xavier_linear", *LINEAR)
xavier_conv_has_the_right_spread = right_spread("xavier_conv", *CONV)
xavier_conv_repeats_itself = same_seed("xavier_conv", *CONV)
kaiming_linear_has_the_right_spread = right_spread("kaiming_linear", *LINEAR)
kaiming_linear_repeats_itself = same_seed("kaiming_linear", *LINEAR)
kaiming_conv_has_the_right_spread = right_spread("kaiming_conv", *CONV)
kaiming_conv_repeats_itself = same_seed("kaiming_conv", *CONV)


@check(item="positive_bias", ru="Каждый элемент равен 0.01")
def biases_are_one_hundredth(student: Code, reference: Code, draw: Draw) -> None:
    """Every entry is 0.01 when nothing else is said."""
    given, wanted = (as_double(code.positive_bias(7)) for code in (student, reference))
    expect.close(given, wanted, what="positive_bias(7)")


# --- statistics ------------------------------------------------------------------------------


@check(item="activation_statistics", ru="Сеть из трёх слоёв с tanh")
def statistics_of_three_tanh_layers(student: Code, reference: Code, draw: Draw) -> None:
    """Means and stds of three tanh layers are the reference's."""
    x, weights = draw.normal(8, 20, shift=0.5), layers_of(draw, (20, 30, 40, 25))
    (means, stds), (wanted_means, wanted_stds) = (
        map(vector, code.activation_statistics(x, weights, "tanh")) for code in (student, reference)
    )
    expect.close(means, wanted_means, what="means", tolerance=1e-2)
    each_close(stds, wanted_stds, "stds")


@check(item="gradient_statistics", ru="Сеть из трёх слоёв с tanh")
def gradients_of_three_tanh_layers(student: Code, reference: Code, draw: Draw) -> None:
    """The stds of dL/dW of three tanh layers are the reference's."""
    x, weights = draw.normal(8, 20, shift=0.5), layers_of(draw, (20, 30, 40, 25))
    upstream = draw.upstream(8, 25)
    given, wanted = (
        vector(code.gradient_statistics(x, weights, "tanh", upstream))
        for code in (student, reference)
    )
    each_close(given, wanted, "stds")


# --- bonus -----------------------------------------------------------------------------------


@check(item="orthogonal", ru="Столбцы ортонормированы, когда Din больше Dout")
def columns_are_orthonormal(student: Code, reference: Code, draw: Draw) -> None:
    """The columns are orthonormal where Din is larger than Dout."""
    seed = draw.integers(1, 1 << 31)
    (given,), (wanted,) = (
        weights_of(code, "orthogonal", (48, 20), [seed]) for code in (student, reference)
    )
    if expect.like(given, wanted, what="orthogonal(48, 20)"):
        expect.close(given.T @ given, wanted.T @ wanted, what="W.T @ W", scale="array")


@check(item="random_walk", ru="СКО 100 слоёв с ReLU ширины 16")
def random_walk_of_relu_layers(student: Code, reference: Code, draw: Draw) -> None:
    """A hundred ReLU layers of width 16 have the right standard deviation."""
    first, *others = draw.integers(1, 1 << 31, SEEDS + 1)
    arguments = ([16] * 101, "relu")
    (given,) = weights_of(student, "random_walk", arguments, [first])
    wanted = weights_of(reference, "random_walk", arguments, others)
    if expect.like(given, wanted[0], what="random_walk([16, 16, …], 'relu')"):
        expect.statistics([np.stack(given)], [np.stack(one) for one in wanted], what="the weights")


@check(item="data_dependent", ru="Веса и смещения двух слоёв совпадают с эталоном")
def data_dependent_on_two_layers(student: Code, reference: Code, draw: Draw) -> None:
    """Weights and biases of two layers equal the reference's."""
    x, weights = draw.normal(200, 12, shift=0.5), layers_of(draw, (12, 15, 10))
    (given, biases), (wanted, wanted_biases) = (
        code.data_dependent(x, weights) for code in (student, reference)
    )
    expect.close(given, wanted, what="weights", tolerance=1e-2, scale="array")
    expect.close(biases, wanted_biases, what="biases", tolerance=1e-2, scale="array")


@check(item="lsuv", ru="Веса двух слоёв совпадают с эталоном в пределах допуска")
def lsuv_on_two_layers(student: Code, reference: Code, draw: Draw) -> None:
    """The weights of two layers equal the reference's, as far as the tolerance goes."""
    x, seeds = draw.normal(120, 20, scale=2.0), draw.integers(1, 1 << 31, 2)
    weights = [
        weights_of(reference, "orthogonal", shape, [seed])[0]
        for shape, seed in zip(((20, 30), (30, 15)), seeds, strict=True)
    ]
    given, wanted = (as_double(code.lsuv(x, weights)) for code in (student, reference))
    # Each layer's spread may be 1 % off, and the second is measured behind the first.
    expect.close(given, wanted, what="weights", tolerance=2.5e-2, scale="array")


@check(item="fixup", ru="Последний слой каждого блока — нули")
def the_last_layer_of_a_block_is_zero(student: Code, reference: Code, draw: Draw) -> None:
    """The last layer of every block is zero, the others are not."""
    seed = draw.integers(1, 1 << 31)
    (given,), (wanted,) = (
        weights_of(code, "fixup", (4, 16), [seed]) for code in (student, reference)
    )
    if expect.like(given, wanted, what="fixup(4, 16)"):
        mine, theirs = (
            [[bool(w.any()) for w in block] for block in blocks] for blocks in (given, wanted)
        )
        expect.equal(mine, theirs, what="whether a layer holds anything but zeros")


@check(item="lottery_ticket", ru="Маски и возвращённые веса, остаётся половина")
def half_of_the_weights_stay(student: Code, reference: Code, draw: Draw) -> None:
    """Masks and rewound weights are right when half of the weights stay."""
    shapes = ((6, 5), (5, 4), (4, 10))
    initial, trained = ([draw.normal(*shape) for shape in shapes] for _ in range(2))
    (masks, rewound), (wanted, kept) = (
        as_double(code.lottery_ticket(initial, trained, 0.5)) for code in (student, reference)
    )
    expect.equal(masks, wanted, what="masks")
    expect.equal(rewound, kept, what="rewound")
