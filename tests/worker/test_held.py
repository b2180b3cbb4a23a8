from __future__ import annotations

import decimal
from collections import OrderedDict, namedtuple

import numpy as np
import pytest

from grader.questions import Ref
from grader.worker.held import Shelf, Unreadable, asked
from tests.values import same

torch = pytest.importorskip("torch")
PAIR = ("array", "held")


@pytest.fixture
def shelf():
    return Shelf("torch")


@pytest.fixture
def numpy_shelf():
    return Shelf("numpy")


def double(*values):
    return torch.tensor(values, dtype=torch.float64)


CROSSING = [
    (double(1.0, 2.0), np.array([1.0, 2.0])),
    (torch.nn.Parameter(double(3.0)), np.array([3.0])),
    (double(1.0).requires_grad_() * 2, np.array([2.0])),
    (torch.tensor(2.0), np.array(2.0, np.float32)),
    (double(1.0, 2.0)[::2], np.array([1.0])),
    (torch.conj(double(1.0)).neg(), np.array([-1.0])),
    (torch.tensor([True]), np.array([True])),
    (torch.tensor([1], dtype=torch.uint8), np.array([1], np.uint8)),
    (torch.tensor([1], dtype=torch.float16), np.array([1], np.float16)),
    (torch.zeros(0, 3), np.zeros((0, 3), np.float32)),
    (torch.Size([2, 3]), (2, 3)),
    (torch.max(double(1.0, 5.0), 0), (np.array(5.0), np.array(1))),
    (np.float32(0.5), 0.5),
    (np.int64(4), 4),
    (np.bool_(True), True),
    (np.str_("x"), "x"),
    (OrderedDict(a=double(1.0)), {"a": np.array([1.0])}),
    ([double(1.0), {"k": (None, "text")}], [np.array([1.0]), {"k": (None, "text")}]),
    ({"w", "b"}, {"w", "b"}),
    (frozenset({"w"}), {"w"}),
    (np.arange(3), np.arange(3)),
]


@pytest.mark.parametrize(("inside", "outside"), CROSSING, ids=lambda value: type(value).__name__)
def test_values_leave_as_numpy_and_plain_ones(shelf, inside, outside):
    assert same(shelf.outside(inside, "value", 0), outside)


class LyingTensor(torch.Tensor):
    """A tensor that is none."""


class LyingArray(np.ndarray):
    """An array that is none."""


class LyingFloat(float):
    """A number that is none."""


Pair = namedtuple("Pair", "left right")


class LyingPair(tuple):
    """A pair that counts otherwise."""

    def __iter__(self):
        return iter(())

    def __len__(self):
        return 7


@pytest.mark.parametrize("pair", [Pair(1, 2), LyingPair((1, 2))], ids=["named", "lying"])
def test_a_tuple_of_another_name_is_a_tuple(shelf, pair):
    assert shelf.outside(pair, "value", 0) == (1, 2)


@pytest.mark.parametrize("pair", [Pair, LyingPair, list], ids=lambda kind: kind.__name__)
def test_a_pair_of_any_kind_is_the_tuple_that_is_asked(shelf, pair):
    given = Pair(torch.ones(1), "cache") if pair is Pair else pair((torch.ones(1), "cache"))

    array, held = shelf.outside(given, ("array", "held"), 3)

    assert (array.tolist(), shelf.resolve(held)) == ([1.0], "cache")


def test_torchs_own_named_tuples_are_pairs_too(shelf):
    found = torch.max(torch.eye(2), dim=1)

    assert shelf.outside(found, ("array", "held"), 3)[0].tolist() == [1.0, 1.0]


STRANGE = [
    (double(1.0).as_subclass(LyingTensor), "a LyingTensor"),
    (np.ones(2).view(LyingArray), "a LyingArray"),
    (LyingFloat(1.0), "a LyingFloat"),
    (decimal.Decimal(1), "a Decimal"),
    ({1, 2}, "a set of 2"),
    (frozenset({1}), "a frozenset"),
    (1j, "a complex"),
    (torch.nn.ReLU(), "a ReLU"),
    (double(1.0).to_sparse(), "not dense"),
    (torch.ones(1, device="meta"), "not dense"),
    (torch.ones(1, dtype=torch.bfloat16), "dtype torch.bfloat16"),
    (torch.ones(1, dtype=torch.complex64), "dtype torch.complex64"),
    (torch.ones(1).to(torch.float8_e4m3fn), "dtype torch.float8_e4m3fn"),
]


@pytest.mark.parametrize(("value", "named"), STRANGE, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("within", [lambda value: value, lambda value: [value]], ids=["it", "list"])
def test_anything_else_is_unreadable_by_name(shelf, value, named, within):
    with pytest.raises(Unreadable, match=named):
        shelf.outside(within(value), "value", 0)


def test_a_dict_with_a_key_that_is_no_scalar_is_unreadable(shelf):
    with pytest.raises(Unreadable, match="a Tensor among its keys"):
        shelf.outside({double(1.0): 2}, "value", 0)


def test_a_value_that_holds_itself_is_unreadable(shelf):
    value = []
    value.append(value)

    with pytest.raises(Unreadable, match="deeply"):
        shelf.outside(value, "value", 0)


def test_tensors_are_strangers_to_an_assignment_on_numpy(numpy_shelf):
    with pytest.raises(Unreadable, match="a Tensor"):
        numpy_shelf.outside(double(1.0), "value", 0)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (double(1.0), r"returned one array \(1,\); a tuple \(array, anything\) is asked"),
        ([double(1.0), 2, 3], "returned a list of 3"),
        ((double(1.0),), "returned a tuple of 1"),
        (None, "returned None"),
        ((1.5, "cache"), "returned one float; an array is asked"),
        (("x" * 9, "cache"), "returned one str; an array is asked"),
    ],
    ids=str,
)
def test_another_structure_is_unreadable(shelf, value, said):
    with pytest.raises(Unreadable, match=said):
        shelf.outside(value, PAIR, 0)


def test_what_is_held_stays_inside_whatever_it_is(shelf):
    cache = object()
    out, ref = shelf.outside((double(1.0), cache), PAIR, 4)

    assert (out.shape, ref, shelf.resolve(ref) is cache) == ((1,), Ref(question=4, part=0), True)


def test_held_objects_of_one_question_are_told_apart(shelf):
    refs = [shelf.outside((double(1.0), n), PAIR, 4)[1] for n in range(3)]

    assert [shelf.resolve(ref) for ref in refs] == [0, 1, 2]


def test_attributes_and_indices_lead_on_from_a_held_object(shelf):
    ref = shelf.outside({"layers": [torch.nn.Linear(2, 3)]}, "held", 1)
    path = (("index", "layers"), ("index", 0), ("attribute", "out_features"))

    assert shelf.resolve(Ref(question=1, part=ref.part, path=path)) == 3


def test_a_cleared_shelf_holds_nothing(shelf):
    ref = shelf.outside(object(), "held", 1)
    shelf.clear()

    with pytest.raises(LookupError):
        shelf.resolve(ref)


def test_arrays_come_in_as_tensors_of_their_dtype(shelf):
    value = shelf.inside([np.ones((2, 2)), {"x": (np.array(3), 1.5)}])

    assert (type(value[0]), value[0].dtype) == (torch.Tensor, torch.float64)
    assert (value[1]["x"][0].shape, value[1]["x"][1]) == ((), 1.5)


def test_arrays_come_in_as_they_are_on_numpy(numpy_shelf):
    value = np.ones(2)

    assert numpy_shelf.inside(value) is value


def test_a_held_object_comes_in_as_itself(shelf):
    thing = object()
    ref = shelf.outside(thing, "held", 1)

    assert shelf.inside((1, [ref]))[1][0] is thing


def test_what_can_be_imported_can_be_made(shelf):
    assert shelf.make("torch.optim.SGD") is torch.optim.SGD


def test_a_submodule_is_imported_on_the_way(shelf):
    assert shelf.make("xml.etree.ElementTree.Element").__name__ == "Element"


@pytest.mark.parametrize(
    ("name", "error"), [("no_such.thing", ImportError), ("os.no", ImportError)]
)
def test_what_cannot_be_imported_is_an_error(shelf, name, error):
    with pytest.raises(error):
        shelf.make(name)


@pytest.mark.parametrize(
    ("returns", "words"),
    [
        ("array", "an array"),
        ("value", "a value"),
        (PAIR, "a tuple (array, anything)"),
        (("value", PAIR), "a tuple (value, tuple)"),
    ],
)
def test_what_is_asked_is_said_in_words(returns, words):
    assert asked(returns) == words
