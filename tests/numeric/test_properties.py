"""What `statistics_evidence` finds in single arrays: unequal slices, repetition, correlation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.errors import CourseError
from grader.numeric import statistics
from grader.numeric.statistics import statistics_evidence

Make = Callable[[np.random.Generator, tuple[int, ...]], np.ndarray]
ALL = {"slices": True, "distinct": True, "independent": True}
SHAPES = [(64, 256), (64, 16, 3, 3)]


def normal(generator: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    return generator.normal(0.0, 0.125, shape)


def uniform(generator: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    return generator.uniform(-0.2, 0.2, shape)


def float32(generator: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    return (generator.integers(0, 1 << 24, shape) / (1 << 24) - 0.5).astype(np.float32)


def orthogonal(generator: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    return np.linalg.qr(generator.normal(size=shape[::-1]))[0].T


def repeated_rows(generator: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    return np.broadcast_to(normal(generator, (1, *shape[1:])), shape).copy()


def a_column_of_zeros(generator: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    array = normal(generator, shape)
    array[:, 5] = 0
    return array


def columns_of_growing_size(generator: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    sizes = np.linspace(0.1, 2.0, shape[1]).reshape(1, -1, *[1] * (len(shape) - 2))
    return normal(generator, shape) * sizes


def signs(generator: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    return generator.choice([-0.125, 0.125], shape)


def a_small_pool(generator: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    return generator.choice(normal(generator, (500,)), shape)


def sample(make: Make, seed: int, seeds: int, shape: tuple[int, ...]) -> list[np.ndarray]:
    return [make(np.random.default_rng([seed, i]), shape) for i in range(seeds)]


def said(make: Make, wanted: Make = normal, shape: tuple[int, ...] = SHAPES[0], **o: Any) -> str:
    given = sample(make, 1, 2, shape)
    return str(statistics_evidence(given, sample(wanted, 2, 8, shape), what="W", **o))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("make", [normal, uniform, float32])
def test_honest_numbers_have_every_property(make: Make, shape: tuple[int, ...]) -> None:
    rejected = [
        statistics_evidence(
            sample(make, 2 * run, 3, shape), sample(make, 2 * run + 1, 8, shape), what="W", **ALL
        )
        for run in range(20)
    ]

    assert rejected == [None] * 20


def test_an_orthogonal_matrix_has_them_too() -> None:
    assert said(orthogonal, orthogonal, **ALL) == "None"


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("make", [repeated_rows, a_column_of_zeros, columns_of_growing_size])
def test_a_slice_without_its_share_is_found(make: Make, shape: tuple[int, ...]) -> None:
    evidence = statistics._unequal_slice(sample(make, 1, 1, shape), "W")

    assert evidence is not None
    assert evidence.error is not None
    assert evidence.tolerance is not None
    assert evidence.error > evidence.tolerance


def test_the_slice_is_named() -> None:
    assert said(a_column_of_zeros, slices=True) == (
        "share of the sum of squares in W[0][:, 5]: yours 3.311e-07, expected 0.003906 "
        "(error 3.9e-03, allowed 3e-03)"
    )


def test_the_chance_of_a_slice_to_be_rejected_is_what_it_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(statistics, "CHANCE", 0.1)

    rejected = sum(
        statistics._unequal_slice(sample(normal, run, 1, (8, 24)), "W") is not None
        for run in range(600)
    )

    # 10 % of 600, a little less for the correction; standard deviation 7.3.
    assert 30 < rejected < 85


@pytest.mark.parametrize("make", [signs, a_small_pool])
def test_numbers_that_repeat_are_found(make: Make) -> None:
    evidence = statistics._repetition(sample(make, 1, 1, SHAPES[0]), "W")

    assert evidence is not None
    assert evidence.what == "different numbers in W[0]"


def test_how_many_should_differ_is_said() -> None:
    assert "yours 2, expected at least 16221 of 16384" in said(signs, distinct=True)


def test_one_seed_for_every_layer_is_found() -> None:
    array = sample(normal, 1, 1, SHAPES[0])[0]
    wanted = sample(normal, 2, 8, SHAPES[0])

    evidence = statistics_evidence([array, array.copy()], wanted, what="W", independent=True)

    assert str(evidence) == (
        "correlation of W[0] and W[1]: yours 1, expected 0 (error 1.0e+00, allowed 5e-02)"
    )


def test_the_bound_of_one_pair_is_six_standard_deviations() -> None:
    random = np.random.default_rng(0)
    one, other = (random.normal(size=10_000) for _ in range(2))
    other -= one * (one @ other) / (one @ one)  # the correlation is what we add

    def found(correlation: float) -> bool:
        return statistics._correlation([one, other + correlation * one], "W") is not None

    assert not found(0.0600)
    assert found(0.0625)


def test_nothing_is_asked_of_single_arrays_unless_it_is_said() -> None:
    assert said(signs) == "None"


@pytest.mark.parametrize("make", [repeated_rows, a_column_of_zeros, signs, a_small_pool])
def test_a_wrong_solution_in_the_reference_s_place_lacks_what_it_lacks(make: Make) -> None:
    assert said(make, make, slices=True, distinct=True) == "None"


def test_a_right_solution_is_not_such_a_wrong_one() -> None:
    assert said(normal, signs, distinct=True) == (
        "W: yours without it, expected different numbers in W[0] out of bounds"
    )


def test_constants_have_no_slices_and_no_correlation() -> None:
    zeros = [np.zeros((4, 8))] * 8

    assert statistics_evidence(zeros, zeros, what="b", slices=True, independent=True) is None


def test_one_array_cannot_be_independent() -> None:
    with pytest.raises(CourseError, match="W is one array"):
        statistics_evidence([np.zeros(4)], [np.zeros(4)] * 8, what="W", independent=True)
