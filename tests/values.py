"""Every kind of value that crosses the wall, drawn by hypothesis, and when two are the same."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of

from grader import wire
from grader.questions import Ref

integers = st.integers(-(1 << 63), (1 << 63) - 1)
shapes = arrays_of.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)
arrays = st.sampled_from(sorted(wire.DTYPES)).flatmap(
    lambda name: arrays_of.arrays(wire.DTYPES[name], shapes)
)
steps = st.one_of(
    st.tuples(st.just("attribute"), st.text()),
    st.tuples(st.just("index"), st.one_of(integers, st.text())),
)
refs = st.builds(
    Ref,
    question=integers,
    part=integers,
    path=st.lists(steps, max_size=3).map(tuple),
)
keys = st.one_of(st.none(), st.booleans(), integers, st.floats(), st.text())
plain = st.one_of(keys, arrays, st.sets(st.text(), max_size=3), refs)
values = st.recursive(
    plain,
    lambda parts: st.one_of(
        st.lists(parts, max_size=3),
        st.lists(parts, max_size=3).map(tuple),
        st.dictionaries(keys, parts, max_size=3),
    ),
    max_leaves=6,
)


def same(left: Any, right: Any) -> bool:
    """Equal in type and in every bit: NaN is itself, and minus zero is not zero."""
    if type(left) is not type(right):
        return False
    if isinstance(left, np.ndarray):
        return (left.dtype, left.shape, left.tobytes()) == (
            right.dtype,
            right.shape,
            right.tobytes(),
        )
    if isinstance(left, float):
        return left.hex() == right.hex()
    if isinstance(left, (tuple, list)):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict):
        return same(list(left), list(right)) and all(map(same, left.values(), right.values()))
    return bool(left == right)
