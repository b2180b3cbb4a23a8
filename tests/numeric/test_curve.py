from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from grader.numeric.curve import (
    Block,
    block_of,
    convergence_evidence,
    likeness_evidence,
    trajectory_evidence,
)

LIKE = {"W": np.ones((2, 3)), "b": [np.zeros(3), 0.5]}

Weights = list[tuple[np.ndarray, np.ndarray]]


def unlike(given: Any, like: Any = LIKE) -> str:
    return str(likeness_evidence(given, like, what="weights"))


def train(
    *,
    rate: float = 0.1,
    decay: float = 0.0,
    skip: int = -1,
    biases: bool = True,
    clear: bool = True,
    dtype: type = np.float64,
    reverse: bool = False,
) -> Weights:
    """Twenty steps of descent on a small net with a squared loss; a mistake for each option.

    `reverse` sums every product in the other order, which is right and rounds otherwise.
    """
    random = np.random.default_rng(7)
    x, y = random.normal(size=(200, 16)).astype(dtype), random.normal(size=(200, 3)).astype(dtype)
    sizes = (16, 32, 3)
    weights = [
        (random.normal(size=(i, o)).astype(dtype) / np.sqrt(i), np.zeros(o, dtype))
        for i, o in pairwise(sizes)
    ]
    totals = [(0 * W, 0 * b) for W, b in weights]

    def product(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        return a[:, ::-1] @ b[::-1] if reverse else a @ b

    for step in range(20):
        if step == skip:
            continue
        rows = slice(10 * step, 10 * step + 10)
        hidden = np.tanh(product(x[rows], weights[0][0]) + weights[0][1])
        d_out = 2 * (product(hidden, weights[1][0]) + weights[1][1] - y[rows]) / 10
        d_hidden = product(d_out, weights[1][0].T) * (1 - hidden**2)
        gradients = [
            (product(x[rows].T, d_hidden), d_hidden.sum(0)),
            (product(hidden.T, d_out), d_out.sum(0)),
        ]
        if not clear:
            totals = [(A + C, b + d) for (A, b), (C, d) in zip(totals, gradients, strict=True)]
            gradients = totals
        weights = [
            (W - rate * (dW + decay * W), b - rate * db * biases)
            for (W, b), (dW, db) in zip(weights, gradients, strict=True)
        ]
    return [(W.astype(np.float64), b.astype(np.float64)) for W, b in weights]


def farthest(given: Weights, wanted: Weights) -> float:
    return max(
        float(np.max(np.abs(a - r)))
        for mine, theirs in zip(given, wanted, strict=True)
        for a, r in zip(mine, theirs, strict=True)
    )


@pytest.mark.parametrize(
    "given",
    [
        LIKE,
        {"b": (np.full(3, 7.0), np.asarray(2.0)), "W": np.ones((2, 3), np.float32)},
        {"W": np.ones((2, 3), np.float16), "b": [np.zeros(3), 1]},
    ],
)
def test_values_of_one_form_are_alike(given: Any) -> None:
    assert likeness_evidence(given, LIKE, what="weights") is None


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"W": np.ones((2, 3))}, "yours dict of 1, expected dict of 2; missing: 'b'"),
        ({**LIKE, "V": 1.0}, "yours dict of 3, expected dict of 2; extra: 'V'"),
        ({"w": 1, "b": 2}, "yours dict of 2, expected dict of 2; missing: 'W'; extra: 'w'"),
        ([1, 2], "weights: yours list of 2, expected dict of 2"),
        (None, "weights: yours None, expected dict of 2"),
        ({**LIKE, "b": [np.zeros(3)]}, "weights['b']: yours list of 1, expected list of 2"),
        ({**LIKE, "W": np.ones((3, 2))}, "array (3, 2), expected array (2, 3); the shape differs"),
        ({**LIKE, "W": np.ones((2, 3), int)}, "yours integer, expected float; the dtype differs"),
        ({**LIKE, "b": [np.zeros(3), True]}, "yours bool, expected float; the dtype differs"),
        ({**LIKE, "W": "none"}, "weights['W']: yours text, expected array (2, 3)"),
        (
            {**LIKE, "W": np.array([[1, 2, 3], [4, np.nan, np.inf]])},
            "weights['W'] at [1, 1]: yours nan, expected finite numbers; 2 of 6 numbers",
        ),
        ({**LIKE, "b": [np.zeros(3), float("-inf")]}, "weights['b'][1]: yours -inf, expected fin"),
    ],
)
def test_another_form_is_said_in_a_sentence(given: Any, sentence: str) -> None:
    assert sentence in unlike(given)


def test_a_vector_is_like_a_list_of_as_many_numbers() -> None:
    assert likeness_evidence(np.ones(2), [0.5, 1.5], what="losses") is None
    assert trajectory_evidence(np.array([0.5, 1.5]), [0.5, 1.5], what="losses") is None
    assert "losses[1]" in str(trajectory_evidence(np.ones(2), [1.0, 1.5], what="losses"))
    assert "expected list of 3" in str(likeness_evidence(np.ones(2), [1.0] * 3, what="losses"))


def test_none_and_text_are_like_their_own_kind_only() -> None:
    assert likeness_evidence([None, "a"], [None, "b"], what="w") is None
    assert unlike([None], ["b"]) == "weights[0]: yours None, expected text"


def test_many_missing_keys_are_cut_short() -> None:
    assert unlike({}, {f"k{i}": 1.0 for i in range(9)}).endswith("'k0', 'k1', 'k2', 'k3' …")


def test_a_nan_is_right_where_the_other_has_one_if_that_is_asked() -> None:
    value = [np.array([1.0, np.nan, np.inf])]

    assert likeness_evidence(value, value, what="w", nonfinite_match=True) is None
    assert trajectory_evidence(value, value, what="w", nonfinite_match=True) is None
    assert likeness_evidence(value, [np.ones(3)], what="w", nonfinite_match=True) is not None


@pytest.mark.parametrize("nowhere", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("nonfinite_match", [False, True])
def test_a_path_that_leads_nowhere_is_no_path(nowhere: float, nonfinite_match: bool) -> None:
    wanted = [np.array([1.0, nowhere, 2.0])]

    evidence = trajectory_evidence(
        [np.array([1.0, 7.0, 2.0])], wanted, what="w", nonfinite_match=nonfinite_match
    )

    assert str(evidence) == (
        f"w[0] at [1]: yours 7, expected {nowhere}; an expected value is not finite"
    )


def test_the_same_steps_in_another_order_of_sums_stay_on_the_path() -> None:
    right, otherwise = train(), train(reverse=True)

    assert 0 < farthest(otherwise, right) < 1e-11
    assert trajectory_evidence(otherwise, right, what="weights") is None


@pytest.mark.parametrize(
    "mistake",
    [
        {"rate": 0.101},
        {"decay": 1e-4},
        {"skip": 19},
        {"biases": False},
        {"clear": False},
    ],
    ids=lambda mistake: next(iter(mistake)),
)
def test_a_small_mistake_leaves_the_path_by_two_decades(mistake: dict[str, Any]) -> None:
    right, wrong = train(), train(**mistake)

    assert farthest(wrong, right) > 1e-4
    assert trajectory_evidence(wrong, right, what="weights") is not None


def test_what_leaves_the_path_is_shown_at_the_worst_place_of_its_array() -> None:
    wanted = [(np.ones((2, 2)), np.ones(2))]
    given = [(np.array([[1, 1], [1.25, 2]]), np.ones(2))]

    assert str(trajectory_evidence(given, wanted, what="weights")).startswith(
        "weights[0][0] at [1, 1]: yours 2, expected 1 (error 1.0e+00, allowed 1e-06); false fail"
    )


@pytest.mark.parametrize("size", [1e-9, 1.0, 1e6])
def test_what_is_allowed_follows_the_largest_of_an_array_down_to_a_floor(size: float) -> None:
    wanted = np.array([size, 0.0])
    bound = 1e-6 * max(size, 1.0)

    assert trajectory_evidence(wanted + [0, 0.9 * bound], wanted, what="W") is None
    assert trajectory_evidence(wanted + [0, 1.1 * bound], wanted, what="W") is not None


def test_a_count_beside_the_weights_must_be_right_too() -> None:
    evidence = trajectory_evidence([np.ones(2), 3], [np.ones(2), 4], what="state")

    assert evidence is not None
    assert (evidence.what, evidence.given, evidence.expected) == ("state[1]", 3.0, 4.0)


def test_text_beside_the_weights_must_be_the_same() -> None:
    assert trajectory_evidence(["a"], ["a"], what="state") is None
    assert trajectory_evidence(["a"], ["b"], what="state") is not None


def test_an_empty_array_is_on_its_path() -> None:
    assert trajectory_evidence(np.ones((0, 3)), np.ones((0, 3)), what="W") is None


scores = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=8)


@drawn(scores, st.floats(-1e3, 1e3))
def test_a_block_is_about_differences_alone(values: list[float], shift: float) -> None:
    block = block_of([value + shift for value in values], values)

    assert block.difference == pytest.approx(shift, abs=1e-6)
    assert block.wanted == pytest.approx(np.mean(values), abs=1e-6)


def test_a_block_falls_short_below_its_margin_only() -> None:
    block = block_of([0.5, 0.7, 0.9], [0.8, 0.8, 0.8])

    assert block.difference == pytest.approx(-0.1)
    assert block.falls_short(0.09)
    assert not block.falls_short(0.11)


def test_a_nan_falls_short_and_exceeds_nothing() -> None:
    block = block_of([0.5, float("nan")], [0.8, 0.8])

    assert block.falls_short(1e9)
    assert not block.exceeds(0.1)


def test_two_nans_differ_by_nothing_if_that_is_asked() -> None:
    nan, inf = float("nan"), float("inf")

    assert block_of([nan, inf], [nan, inf], nonfinite_match=True).difference == 0
    assert block_of([nan, inf], [nan, inf]).falls_short(1)
    assert block_of([nan], [0.5], nonfinite_match=True).falls_short(1)


@pytest.mark.parametrize(("given", "wanted"), [([], []), ([1.0], [1.0, 2.0])])
def test_a_block_needs_a_pair_for_every_data_set(given: list[float], wanted: list[float]) -> None:
    with pytest.raises(ValueError, match="scores against"):
        block_of(given, wanted)


def test_the_evidence_pools_the_blocks_to_two_decimals() -> None:
    blocks = [
        Block(given=0.1234, wanted=0.9, difference=-0.7766),
        Block(given=0.2, wanted=0.8, difference=-0.6),
    ]

    assert str(convergence_evidence(blocks, what="accuracy", allowed=0.12, note="so")) == (
        "accuracy: yours 0.16, expected 0.85 (error 6.9e-01, allowed 1e-01); so"
    )


def test_the_evidence_of_a_nan_says_so() -> None:
    block = Block(given=float("nan"), wanted=0.9, difference=float("nan"))

    text = str(convergence_evidence([block], what="accuracy", allowed=0.12, note="so"))

    assert text == "accuracy: yours nan, expected 0.9; so"


def test_a_design_keeps_its_false_fail_and_its_power() -> None:
    """Scores as a right and a wrong solution have them: sd 0.04 a data set, margin 0.12."""
    random = np.random.default_rng(0)

    def failures(lag: float, draw: Callable[[tuple[int, ...]], np.ndarray]) -> int:
        differences = draw((20_000, 2, 3)) * 0.04 - lag
        return int((differences.mean(axis=2) < -0.12).all(axis=1).sum())

    assert failures(0.0, random.standard_normal) == 0
    assert failures(0.35, random.standard_normal) == 20_000
