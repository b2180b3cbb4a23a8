from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import CourseError
from grader.numeric.draw import Draw, ReplayEnded

seeds = st.integers(min_value=0, max_value=2**64)


def everything(draw: Draw) -> list[Any]:
    return [
        draw.normal(2, 3, scale=0.5, shift=1.0),
        draw.normal(),
        draw.uniform(4, low=-1.0, high=2.0),
        draw.away_from((0.0, 3.0), (2, 5)),
        draw.upstream(3),
        draw.upstream(),
        draw.labels(6, classes=4),
        draw.integers(2, 9),
        draw.integers(2, 9, 3),
        draw.permutation(5),
        draw.choice(["a", "b", "c"]),
        draw.until(lambda: (draw.normal(2), draw.integers(0, 5)), lambda pair: pair[1] > 2),
        draw.normal(2),
    ]


@settings(deadline=None)
@given(seeds)
def test_one_seed_gives_one_sequence(seed: int) -> None:
    np.testing.assert_equal(everything(Draw(seed)), everything(Draw(seed)))


def test_a_sequence_of_integers_is_a_seed() -> None:
    assert Draw([1, 2]).normal() == Draw([1, 2]).normal() != Draw([2, 1]).normal()


def test_the_global_stream_is_left_alone() -> None:
    before = np.random.get_state()[1]

    everything(Draw(0))

    np.testing.assert_array_equal(np.random.get_state()[1], before)


@settings(deadline=None)
@given(seeds)
def test_a_replay_hands_out_the_same_values(seed: int) -> None:
    first = Draw(seed)
    values = everything(first)

    np.testing.assert_equal(everything(Draw.replaying(first.log)), values)


def test_a_replay_logs_what_it_hands_out() -> None:
    first = Draw(3)
    everything(first)
    again = Draw.replaying(first.log)
    everything(again)

    np.testing.assert_equal(again.log, first.log)


def test_the_log_names_the_method_of_each_value() -> None:
    draw = Draw(0)
    everything(draw)

    assert " ".join(method for method, _ in draw.log) == (
        "normal normal uniform away_from upstream upstream labels integers integers permutation "
        "choice until normal"
    )


def test_the_log_keeps_a_value_that_the_check_overwrites() -> None:
    draw = Draw(0)
    x = draw.normal(3)
    original = x.copy()

    x[:] = 0.0

    np.testing.assert_array_equal(draw.log[0][1], original)


def test_a_replayed_value_may_be_overwritten_too() -> None:
    record = [("normal", np.ones(3))]

    Draw.replaying(record).normal(3)[:] = 0.0

    np.testing.assert_array_equal(record[0][1], np.ones(3))


def test_a_replay_ends_with_its_record() -> None:
    draw = Draw.replaying([("normal", np.ones(3))])
    draw.normal(3)

    with pytest.raises(ReplayEnded, match="holds 1 draws"):
        draw.normal(3)


def test_a_replay_refuses_another_method() -> None:
    with pytest.raises(ReplayEnded, match=r"made by normal.*asks uniform"):
        Draw.replaying([("normal", np.ones(3))]).uniform(3)


def test_a_replay_refuses_another_shape() -> None:
    with pytest.raises(ReplayEnded, match=r"shape \(3,\).*asks \(4,\)"):
        Draw.replaying([("normal", np.ones(3))]).normal(4)


def test_the_end_of_a_replay_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="one more"):
        Draw.replaying([]).permutation(3)


@settings(deadline=None)
@given(
    seeds,
    st.one_of(
        st.floats(-40, 40),
        st.lists(st.floats(-40, 40), max_size=4),
    ),
    st.sampled_from([(), 7, (3, 4), (2, 0), (2, 3, 5)]),
)
def test_values_stay_clear_of_every_kink(seed: int, kinks: Any, shape: Any) -> None:
    values = Draw(seed).away_from(kinks, shape)

    distances = np.abs(values[..., None] - np.atleast_1d(kinks))
    assert values.shape == ((shape,) if isinstance(shape, int) else shape)
    assert (distances >= 1e-2).all()


def test_values_come_as_near_to_a_kink_as_a_hundredth() -> None:
    distances = np.abs(Draw(0).away_from(0.05, 20_000) - 0.05)

    assert 0.01 <= distances.min() < 0.0102


def test_values_of_mixed_scale_reach_from_small_to_large() -> None:
    sizes = np.abs(Draw(1).away_from(0.0, 2000))

    assert sizes.min() < 0.03
    assert sizes.max() > 25
    assert 0.2 < np.mean(sizes < 0.3) < 0.5


def test_values_of_mixed_scale_have_either_sign() -> None:
    assert 0.4 < np.mean(Draw(1).away_from(0.0, 1000) < 0) < 0.6


def test_kinks_everywhere_are_the_authors_mistake() -> None:
    with pytest.raises(CourseError, match="no room"):
        Draw(0).away_from(np.arange(-40.0, 40.0, 0.01).tolist(), 5)


@settings(deadline=None)
@given(seeds)
def test_an_upstream_gradient_is_never_near_zero(seed: int) -> None:
    assert (np.abs(Draw(seed).upstream(6, 7)) >= 0.1).all()


def test_an_upstream_gradient_has_either_sign() -> None:
    assert 0.4 < np.mean(Draw(1).upstream(1000) < 0) < 0.6


def test_an_upstream_gradient_without_a_shape_is_a_0d_array() -> None:
    upstream = Draw(0).upstream()

    assert isinstance(upstream, np.ndarray)
    assert upstream.shape == ()


def test_scale_and_shift_are_those_of_the_numbers() -> None:
    x = Draw(0).normal(10_000, scale=3.0, shift=-5.0)

    assert x.mean() == pytest.approx(-5, abs=0.2)
    assert x.std() == pytest.approx(3, rel=0.05)


def test_uniform_numbers_keep_to_their_interval() -> None:
    x = Draw(0).uniform(10_000, low=2.0, high=3.0)

    assert 2 <= x.min() < 2.01
    assert 2.99 < x.max() < 3


def test_floats_are_float64_and_integers_int64() -> None:
    draw = Draw(0)
    floats = [draw.normal(2), draw.uniform(2), draw.away_from(0.0, 2), draw.upstream(2)]
    integers = [draw.labels(2, 3), draw.integers(0, 3, 2), draw.permutation(2)]

    assert {str(x.dtype) for x in floats} == {"float64"}
    assert {str(x.dtype) for x in integers} == {"int64"}


def test_labels_visit_every_class() -> None:
    assert set(Draw(0).labels(200, classes=4)) == {0, 1, 2, 3}


def test_an_integer_without_a_shape_is_a_python_int() -> None:
    assert type(Draw(0).integers(3, 5)) is int


def test_a_permutation_holds_each_number_once() -> None:
    assert sorted(Draw(0).permutation(9)) == list(range(9))


def test_a_choice_is_one_of_the_options() -> None:
    draw = Draw(0)

    assert {draw.choice(["a", "b"]) for _ in range(50)} == {"a", "b"}


def test_a_choice_of_nothing_is_the_authors_mistake() -> None:
    with pytest.raises(CourseError, match="options is empty"):
        Draw(0).choice([])


def test_until_hands_out_what_is_accepted() -> None:
    draw = Draw(0)

    assert draw.until(lambda: draw.integers(0, 10), lambda n: n == 7) == 7


def test_until_logs_only_what_is_accepted() -> None:
    draw = Draw(0)
    draw.until(lambda: draw.integers(0, 10), lambda n: n == 7)

    assert draw.log == [("until", 7)]


def test_until_gives_up() -> None:
    with pytest.raises(CourseError, match="none of 1000"):
        Draw(0).until(lambda: 1, lambda _: False)


def test_draws_are_logged_again_after_until_gave_up() -> None:
    draw = Draw(0)
    with pytest.raises(CourseError):
        draw.until(lambda: draw.normal(), lambda _: False)

    draw.permutation(2)

    assert [method for method, _ in draw.log] == ["permutation"]


def test_a_replayed_until_calls_no_one() -> None:
    def unwanted(*_: object) -> int:
        pytest.fail("a replay does not draw")

    assert Draw.replaying([("until", 7)]).until(unwanted, unwanted) == 7
