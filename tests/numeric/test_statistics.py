from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.errors import CourseError
from grader.findings import Evidence
from grader.numeric import statistics
from grader.numeric.statistics import statistics_evidence

Make = Callable[[np.random.Generator, tuple[int, ...]], np.ndarray]

SHAPE = (64, 64)


def normal(generator: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    return generator.normal(0.0, 0.125, shape)


def uniform(generator: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    return generator.uniform(-0.2, 0.2, shape)


def sparse(generator: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    return generator.binomial(1, 0.05, shape) / 0.05


def sample(make: Make, seed: int, seeds: int, shape: tuple[int, ...] = SHAPE) -> list[np.ndarray]:
    return [make(np.random.default_rng([seed, i]), shape) for i in range(seeds)]


def compare(given: list[Any], wanted: list[Any]) -> Evidence | None:
    return statistics_evidence(given, wanted, what="W")


def rejected(make: Make, other: Make, runs: int, shape: tuple[int, ...] = SHAPE) -> int:
    return sum(
        compare(sample(make, 2 * run, 1, shape), sample(other, 2 * run + 1, 8, shape)) is not None
        for run in range(runs)
    )


@pytest.mark.parametrize("make", [normal, uniform, sparse])
def test_numbers_of_one_distribution_are_never_rejected(make: Make) -> None:
    assert rejected(make, make, runs=200) == 0


@pytest.mark.parametrize("ratio", [1.4, 1 / 1.4])
def test_another_spread_is_always_rejected(ratio: float) -> None:
    assert rejected(lambda *args: ratio * normal(*args), normal, runs=50) == 50


def test_another_mean_is_always_rejected() -> None:
    assert rejected(lambda *args: normal(*args) + 0.025, normal, runs=50) == 50


@pytest.mark.parametrize(("n", "seeds"), [(10, 1), (500, 1), (20, 8)])
def test_the_chance_of_a_rejection_is_what_it_says(
    monkeypatch: pytest.MonkeyPatch, n: int, seeds: int
) -> None:
    monkeypatch.setattr(statistics, "CHANCE", 0.1)
    rejections: Counter[str] = Counter()
    for run in range(1000):
        given, wanted = (sample(normal, 2 * run + i, k, (n,)) for i, k in enumerate((seeds, 8)))
        for compare_one in (statistics._mean_evidence, statistics._spread_evidence):
            evidence = compare_one(np.concatenate(given), np.concatenate(wanted), "")
            if evidence is not None:
                above = float(evidence.given) > float(evidence.expected)  # type: ignore[arg-type]
                rejections[f"{evidence.what} {above}"] += 1

    # Each statistic on each side: 5 % of 1000, standard deviation 6.9.
    assert len(rejections) == 4
    assert all(25 < count < 78 for count in rejections.values()), rejections


def test_few_numbers_give_wide_bounds() -> None:
    assert rejected(lambda *args: 1.4 * normal(*args), normal, runs=20, shape=(30,)) == 0


def test_several_given_arrays_are_pooled() -> None:
    given = [1.4 * array for array in sample(normal, 0, 40, (30,))]

    assert compare(given, sample(normal, 1, 40, (30,))) is not None


def test_the_spread_that_is_off_is_shown() -> None:
    evidence = compare(
        [2 * array for array in sample(normal, 0, 1)],
        sample(normal, 1, 8),
    )

    assert evidence is not None
    assert evidence.what == "standard deviation of W"
    assert evidence.given == pytest.approx(0.25, rel=0.05)
    assert evidence.expected == pytest.approx(0.125, rel=0.05)
    assert evidence.error is not None
    assert evidence.tolerance is not None
    assert evidence.error > evidence.tolerance


def test_the_mean_that_is_off_is_shown() -> None:
    evidence = compare([array + 1 for array in sample(normal, 0, 1)], sample(normal, 1, 8))

    assert evidence is not None
    assert evidence.what == "mean of W"
    assert evidence.given == pytest.approx(1, abs=0.02)


def test_constants_are_equal_to_themselves() -> None:
    assert compare([np.full(9, 0.1)], [np.full(9, 0.1)] * 8) is None


def test_a_constant_is_not_another_one() -> None:
    assert compare([np.full(9, 0.1)], [np.full(9, 0.2)] * 8) is not None


def test_random_numbers_are_not_a_constant() -> None:
    given = np.array([-1.0, 1.0])

    assert compare([given], [np.zeros(2)] * 8) is not None


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_number_that_is_not_finite_is_rejected(value: float) -> None:
    given = sample(normal, 0, 1)
    given[0][3, 3] = value

    evidence = compare(given, sample(normal, 1, 8))
    assert evidence is not None
    assert evidence.given == str(value)


def test_a_target_that_is_not_finite_is_said_so() -> None:
    evidence = compare([np.zeros(2)], [np.array([np.inf, 0.0])] * 8)

    assert evidence is not None
    assert evidence.note == "an expected value is not finite"


def test_a_target_whose_squares_overflow_accepts_nothing() -> None:
    wanted = [np.array([1e200, -1e200])] * 8

    assert compare([np.array([0.0, 1.0])], wanted) is not None


def test_another_shape_is_rejected() -> None:
    evidence = compare([np.zeros((3, 2))], [np.zeros((2, 3))] * 8)

    assert evidence is not None
    assert (evidence.what, evidence.note) == ("W[0]", "the shape differs")


def test_another_dtype_is_rejected() -> None:
    evidence = compare([np.zeros(2, np.float32)], [np.zeros(2)] * 8)

    assert evidence is not None
    assert evidence.note == "the dtype differs"


def test_seven_seeds_are_too_few() -> None:
    with pytest.raises(CourseError, match="has 7 wanted arrays"):
        compare(sample(normal, 0, 1), sample(normal, 1, 7))


def test_nothing_given_is_the_authors_mistake() -> None:
    with pytest.raises(CourseError, match="no given array"):
        compare([], sample(normal, 1, 8))


def test_one_number_has_no_spread() -> None:
    with pytest.raises(CourseError, match="holds 1 numbers"):
        compare([np.zeros(1)], [np.zeros(1)] * 8)


def test_scipy_is_imported_only_to_compare() -> None:
    program = "import sys, grader.checking.expect; sys.exit('scipy' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
