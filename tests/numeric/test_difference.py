from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of

from grader.errors import CourseError
from grader.findings import Evidence
from grader.numeric.difference import (
    as_float64,
    changed_evidence,
    close_evidence,
    described,
    equal_evidence,
    form_evidence,
    reproducible,
)

NAN, INF = np.nan, np.inf

shapes = arrays_of.array_shapes(min_dims=0, max_dims=3, max_side=5)
ordinary = st.floats(-100, 100).filter(lambda x: x == 0 or abs(x) > 1e-3)


@st.composite
def arrays_and_places(draw: st.DrawFn) -> tuple[np.ndarray, tuple[int, ...]]:
    r = draw(arrays_of.arrays(np.float64, draw(shapes), elements=ordinary))
    return r, tuple(draw(st.integers(0, side - 1)) for side in r.shape)


def close(given: Any, wanted: Any, **options: Any) -> Evidence | None:
    return close_evidence(given, wanted, what="dx", **options)


def equal(given: Any, wanted: Any, **options: Any) -> Evidence | None:
    return equal_evidence(given, wanted, what="dx", **options)


def changed(now: Any, kept: Any) -> Evidence | None:
    return changed_evidence(now, kept, what="x")


def found(evidence: Evidence | None) -> Evidence:
    assert evidence is not None
    return evidence


# close


@settings(deadline=None)
@given(arrays_and_places(), st.sampled_from(["element", "array"]), st.integers(0, 2**32))
def test_rounding_of_float64_is_no_difference(case: Any, scale: Any, seed: int) -> None:
    r, _ = case
    noise = 1e-12 * np.random.default_rng(seed).uniform(-1, 1, r.shape)

    assert close(np.asarray(r * (1 + noise)), r, scale=scale) is None


@settings(deadline=None)
@given(arrays_and_places(), st.sampled_from(["element", "array"]))
def test_float32_inside_is_no_difference(case: Any, scale: Any) -> None:
    r, _ = case

    assert close(r.astype(np.float32).astype(np.float64), r, scale=scale) is None


@settings(deadline=None)
@given(arrays_and_places(), st.sampled_from([1.9e-3, -1.9e-3, 1.0]))
def test_the_smallest_realistic_mistake_is_caught_at_any_place(case: Any, share: float) -> None:
    r, place = case
    assume(abs(r[place]) > 0.01 * min(1.0, np.abs(r).max()))
    a = r.copy()
    a[place] *= 1 + share

    assert found(close(a, r)).where == (place or None)


@settings(deadline=None)
@given(
    arrays_and_places(),
    st.sampled_from([NAN, INF, -INF]),
    st.sampled_from(["element", "array"]),
)
def test_a_value_that_is_not_finite_is_wrong_at_any_place(
    case: Any, value: float, scale: Any
) -> None:
    r, place = case
    a = r.copy()
    a[place] = value

    evidence = found(close(a, r, scale=scale))
    assert (evidence.where, evidence.given) == (place or None, str(value))


def test_the_first_place_in_c_order_is_shown() -> None:
    r = np.zeros((2, 3)) + 1.0
    a = r.copy()
    a[1, 0], a[0, 2] = 5.0, 7.0

    assert found(close(a, r)) == Evidence(
        what="dx", where=(0, 2), given=7.0, expected=1.0, error=6.0, tolerance=1.1e-4
    )


def test_a_place_that_differs_within_its_bound_is_not_shown() -> None:
    assert found(close(np.array([1.00001, 3.0]), np.array([1.0, 2.0]))).where == (1,)


def test_an_error_just_within_the_bound_of_an_element_passes() -> None:
    assert close(np.array([2.0002]), np.array([2.0])) is None


def test_an_error_just_outside_the_bound_of_an_element_fails() -> None:
    assert close(np.array([2.0003]), np.array([2.0])) is not None


def test_elements_are_compared_at_their_own_size() -> None:
    r = np.array([100.0, 0.01])

    assert found(close(r + np.array([0.0, 1e-4]), r)).where == (1,)


def test_arrays_are_compared_at_the_size_of_their_largest_value() -> None:
    r = np.array([100.0, 0.01])

    assert close(r + np.array([0.0, 1e-4]), r, scale="array") is None


def test_an_array_of_rounding_noise_equals_zero_at_the_scale_of_arrays() -> None:
    assert close(np.array([1e-17, -3e-16]), np.zeros(2), scale="array") is None


def test_an_unknown_scale_is_the_authors_mistake() -> None:
    with pytest.raises(CourseError, match="scale='rows'"):
        close(1.0, 1.0, scale="rows")


def test_a_difference_that_overflows_is_wrong() -> None:
    evidence = found(close(np.array([1e308]), np.array([-1e308])))

    assert (evidence.given, evidence.error) == (1e308, None)


def test_numbers_are_shown_as_every_processor_finds_them() -> None:
    evidence = found(close(np.array([3.3e-17, 1.0]), np.array([0.5, 1.0])))

    assert (evidence.given, evidence.error) == (0.0, 0.5)


@pytest.mark.parametrize("number", [2, 2.0, np.float64(2), np.asarray(2.0)])
@pytest.mark.parametrize("wanted", [2, 2.0, np.asarray(2.0)])
def test_a_number_and_a_0d_array_are_alike(number: Any, wanted: Any) -> None:
    assert close(number, wanted) is None
    assert equal(number, wanted) is None


@pytest.mark.parametrize("sign", [1, -1])
def test_an_integer_beyond_float64_is_a_wrong_number(sign: int) -> None:
    assert found(close(sign * 10**400, 1.0)).given == "integer of 1329 bits"


def test_integers_beyond_float64_are_compared_exactly() -> None:
    assert equal(10**400, 10**400) is None
    assert equal(10**400, 10**400 + 1) is not None


@pytest.mark.parametrize(
    ("given_", "words"),
    [
        (None, "None"),
        ("text", "text"),
        (1.0, "number"),
        (True, "bool"),
        ((np.zeros(2),), "tuple of 1"),
        ({}, "dict of 0"),
    ],
)
def test_another_type_is_named(given_: Any, words: str) -> None:
    evidence = found(close(given_, np.zeros(2)))

    assert (evidence.given, evidence.expected) == (words, "array (2,)")


def test_another_shape_is_named() -> None:
    evidence = found(close(np.zeros((3, 4)), np.zeros((4, 3))))

    assert str(evidence) == "dx: yours array (3, 4), expected array (4, 3); the shape differs"


def test_a_shape_that_would_broadcast_differs_too() -> None:
    assert found(close(np.ones((1, 2)), np.ones((3, 2)))).note == "the shape differs"


def test_one_number_in_an_array_is_not_a_number() -> None:
    assert found(close(np.ones(1), 1.0)).given == "array (1,)"


def test_another_dtype_is_named() -> None:
    evidence = found(close(np.zeros(2, np.float32), np.zeros(2)))

    assert str(evidence) == "dx: yours float32, expected float64; the dtype differs"


def test_true_is_not_the_number_one() -> None:
    assert found(close(True, 1.0)).given == "bool"


def test_empty_arrays_are_close() -> None:
    assert close(np.zeros((0, 3)), np.zeros((0, 3))) is None


def test_the_form_is_compared_before_the_values() -> None:
    assert found(close(np.full((2, 1), NAN), np.zeros(2))).note == "the shape differs"


def test_an_expected_value_that_is_not_finite_is_said_so() -> None:
    assert found(close(np.array([INF]), np.array([INF]))).note == "an expected value is not finite"


def test_parts_are_compared_one_by_one() -> None:
    wanted = (np.zeros(2), {"W1": [np.ones(3), None]})
    mine = (np.zeros(2), {"W1": [np.array([1.0, 1.0, 2.0]), None]})

    assert found(close(mine, wanted)).what == "dx[1]['W1'][0]"


def test_another_type_of_whole_is_named() -> None:
    assert found(close(1.0, {"W1": 1.0})).expected == "dict of 1"


def test_a_missing_part_is_a_difference() -> None:
    evidence = found(close((np.zeros(2),), (np.zeros(2), np.zeros(3))))

    assert (evidence.given, evidence.expected) == ("tuple of 1", "tuple of 2")


def test_a_list_may_stand_for_a_tuple() -> None:
    assert close([1.0, 2.0], (1.0, 2.0)) is None


def test_an_ordered_dict_may_stand_for_a_dict() -> None:
    assert close(OrderedDict(b=2.0, a=1.0), {"a": 1.0, "b": 2.0}) is None


def test_keys_that_differ_are_named() -> None:
    evidence = found(close({"W1": 1.0, "b": 2.0}, {"W1": 1.0, "b1": 2.0}))

    assert str(evidence).startswith("keys of dx: yours {'b'}, expected {'b1'}")


def test_text_among_parts_is_compared_exactly() -> None:
    assert found(close((1.0, "relative"), (1.0, "absolute"))).what == "dx[1]"


@pytest.mark.parametrize("value", [NAN, INF, -INF])
def test_what_is_not_finite_matches_itself_on_request(value: float) -> None:
    x = np.array([1.0, value])

    assert close(x, x.copy(), nonfinite_match=True) is None


@pytest.mark.parametrize("pair", [(NAN, INF), (INF, -INF), (1.0, INF), (NAN, 1.0)])
def test_what_is_not_finite_matches_nothing_else(pair: tuple[float, float]) -> None:
    mine, theirs = (np.array([1.0, value]) for value in pair)

    assert found(close(mine, theirs, nonfinite_match=True)).where == (1,)


def test_finite_values_beside_a_matching_infinity_are_still_compared() -> None:
    mine, theirs = np.array([INF, 1.0]), np.array([INF, 2.0])

    assert found(close(mine, theirs, nonfinite_match=True)).where == (1,)


# equal

plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.sets(st.text())
    | arrays_of.arrays(np.int64, shapes)
    | arrays_of.arrays(np.float64, shapes, elements=st.floats(allow_nan=False)),
    lambda parts: st.lists(parts) | st.tuples(parts) | st.dictionaries(st.text(), parts),
    max_leaves=8,
)


@settings(deadline=None)
@given(plain)
def test_everything_equals_itself(value: Any) -> None:
    assert equal(value, value) is None


@settings(deadline=None)
@given(arrays_of.arrays(np.int64, shapes, elements=st.integers(-9, 9)), st.data())
def test_one_other_integer_is_found_where_it_is(wanted: Any, data: st.DataObject) -> None:
    place = tuple(data.draw(st.integers(0, side - 1)) for side in wanted.shape)
    mine = wanted.copy()
    mine[place] += 1

    evidence = found(equal(mine, wanted))
    assert (evidence.where, evidence.error) == (place or None, None)


@pytest.mark.parametrize(
    ("mine", "wanted"),
    [
        (1, True),
        (0.0, False),
        (None, 0),
        (0, None),
        ("1", 1),
        (1, "1"),
        ("a", None),
        ({1}, {2}),
        ([1], {1}),
        ({1}, [1]),
        ([1, 2], [2, 1]),
        (np.zeros(2), np.zeros(2, np.float32)),
        (np.zeros(2), [0.0, 0.0]),
        (np.array([True]), np.array([False])),
        (NAN, NAN),
        (2**53, 2**53 + 1),
    ],
)
def test_these_are_not_equal(mine: Any, wanted: Any) -> None:
    assert equal(mine, wanted) is not None


@pytest.mark.parametrize(
    ("mine", "wanted"),
    [
        (456.0, 456),
        (np.asarray(3), 3),
        (INF, INF),
        ((1, 2), [1, 2]),
        (-0.0, 0.0),
        (frozenset("ab"), {"a", "b"}),
    ],
)
def test_these_are_equal(mine: Any, wanted: Any) -> None:
    assert equal(mine, wanted) is None


def test_nan_equals_nan_on_request() -> None:
    assert equal(np.array([NAN, 1.0]), np.array([NAN, 1.0]), nonfinite_match=True) is None


def test_floats_that_look_alike_show_their_distance() -> None:
    evidence = found(equal(np.array([1.0, 0.25 + 2**-40]), np.array([1.0, 0.25])))

    assert evidence == Evidence(
        what="dx", where=(1,), given=0.25, expected=0.25, error=9.1e-13, tolerance=0.0
    )


def test_texts_are_shown_from_shortly_before_they_differ() -> None:
    evidence = found(equal("x" * 200 + "A", "x" * 200 + "B"))

    assert (evidence.where, evidence.given) == ((200,), repr("x" * 20 + "A"))


def test_a_text_that_ends_early_differs_at_its_end() -> None:
    assert found(equal("Kaiming", "Kaiming init")).where == (7,)


def test_control_characters_of_a_text_are_shown_inert() -> None:
    assert found(equal("\x1b[31m", "red")).given == r"'\x1b[31m'"


def test_sets_show_only_what_differs() -> None:
    evidence = found(equal({"a", "b", "c"}, {"a", "d"}))

    assert (evidence.given, evidence.expected) == ("{'b', 'c'}", "{'d'}")


def test_a_large_set_is_shown_in_part() -> None:
    shown = found(equal({f"name {i}" for i in range(1000)}, set())).given

    assert isinstance(shown, str)
    assert len(shown) < 70


def test_what_cannot_be_compared_is_the_authors_mistake() -> None:
    with pytest.raises(CourseError, match="dx is a object"):
        equal(1, object())


# changed


@settings(deadline=None)
@given(arrays_of.arrays(np.float64, shapes))
def test_an_array_left_alone_is_unchanged(x: np.ndarray) -> None:
    assert changed(x.copy(), x) is None


@settings(deadline=None)
@given(arrays_and_places())
def test_the_smallest_change_is_found(case: Any) -> None:
    kept, place = case
    now = kept.copy()
    now[place] = np.nextafter(now[place], INF)

    assert found(changed(now, kept)).where == (place or None)


def test_a_zero_that_changed_its_sign_is_found() -> None:
    assert found(changed(np.array([1.0, -0.0]), np.array([1.0, 0.0]))).where == (1,)


def test_a_change_within_a_part_is_found() -> None:
    assert found(changed({"W": [1.0, 2.0]}, {"W": [1.0, 1.0]})).what == "x['W'][1]"


# the small ones


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (np.zeros((3, 4)), "array (3, 4)"),
        (np.bool_(True), "bool"),
        (np.float32(1), "number"),
        ([1, 2], "list of 2"),
        (object(), "object"),
    ],
)
def test_values_are_described_by_their_form(value: Any, words: str) -> None:
    assert described(value) == words


@pytest.mark.parametrize("convert", [np.float16, np.float32, np.int8, np.uint8, np.bool_])
def test_every_dtype_is_compared_in_float64(convert: Callable[[Any], Any]) -> None:
    x = np.asarray([0, 1, 1], dtype=convert)

    assert as_float64(x).dtype == np.float64
    assert close(x, x.copy()) is None


def test_the_dtype_is_left_out_on_request() -> None:
    assert form_evidence(np.zeros(2, np.float32), np.zeros(2), what="dx", dtype=False) is None


def test_an_infinity_is_shown_as_text() -> None:
    assert reproducible(-INF, 1.0) == "-inf"
