from __future__ import annotations

import numpy as np
import pytest

from grader.checking.code import Code, Held, described
from grader.errors import CourseError, Failed
from grader.questions import Answer, Arguments, FailureKind, Ref
from tests.plain import Plain, code


def double_forward(x):
    return x * 2, {"x": x, "layers": [3, 4]}


def total(*parts, **named):
    return sum(map(np.sum, (*parts, *named.values())))


def test_a_call_asks_and_gives_what_came_back():
    out, cache = code(double_forward=double_forward).double_forward(np.ones(2))

    assert (out.tolist(), type(cache)) == ([2.0, 2.0], Held)


def test_arguments_are_given_by_place_and_by_name():
    assert code(total=total).total(1, np.ones(3), scale=2.0) == 6.0


def test_many_calls_are_one_question():
    student = Plain(total=total)

    assert code(student).total.many([(1,), (2, 3), ()]) == [1, 5, 0]
    assert len(student.asked) == 1


def test_questions_are_numbered():
    student = Plain(total=total)
    asking = code(student)
    asking.total(1)
    asking.read(asking.keep(2))

    assert [question.id for question in student.asked] == [0, 1, 2]


def test_a_held_object_may_be_an_argument():
    asking = code(double_forward=double_forward, x_of=lambda cache: cache["x"])
    _, cache = asking.double_forward(np.ones(2))

    assert asking.x_of(cache).tolist() == [1.0, 1.0]


def test_so_may_one_within_a_list():
    asking = code(first=lambda caches: caches[0]["x"], double_forward=double_forward)
    _, cache = asking.double_forward(np.ones(2))

    assert asking.first([cache, 1]).tolist() == [1.0, 1.0]


def test_attributes_and_indices_of_a_held_object_ask_nothing():
    student = Plain(double_forward=double_forward)
    asking = code(student)
    _, cache = asking.double_forward(np.ones(2))
    place = cache["layers"][1]

    assert len(student.asked) == 1
    assert asking.read(place) == 4


def test_calling_a_held_object_gives_another():
    asking = code()
    generator = asking.make("random.Random")(7)
    again = asking.make("random.Random")(7)

    assert asking.read(generator.random()) == asking.read(again.random())


def test_what_is_kept_can_be_read_again():
    asking = code()
    held = asking.keep([1, {"k": np.ones(2)}])

    assert asking.read(held)[1]["k"].tolist() == [1.0, 1.0]


def test_the_value_that_was_kept_is_remembered():
    value = np.ones(2)

    assert code().keep(value).kept.tolist() == [1.0, 1.0]


def test_what_is_kept_on_an_accelerator_is_remembered_in_single_precision():
    kept = Code(Plain(), lambda name: "value", single=True).keep(
        {"x": (np.ones(2), [np.arange(3), 0.5])}
    )

    x, (places, number) = kept.kept["x"]
    assert (x.dtype, places.dtype, number) == (np.float32, np.int64, 0.5)


def test_what_a_check_does_to_its_own_array_does_not_change_what_was_kept():
    value = np.ones(2)
    held = code().keep(value)
    value += 1

    assert held.kept.tolist() == [1.0, 1.0]


def test_what_a_check_does_to_its_own_array_does_not_change_what_was_asked():
    student = Plain(total=total)
    value = np.ones(2)
    code(student).total([value])
    value += 1

    assert student.asked[0].calls[0].positional[0][0].tolist() == [1.0, 1.0]


def test_what_a_check_does_to_an_answer_does_not_change_the_answer():
    class Same:
        answer = Answer(question=0, values=(np.ones(2),))

        def ask(self, question):
            return self.answer

    value = code(Same()).total()
    value += 1

    assert Same.answer.values[0].tolist() == [1.0, 1.0]


def test_numbers_of_numpy_are_sent_as_plain_ones():
    student = Plain(total=total)
    code(student).total(np.float64(1.5), np.int64(2))

    assert [type(value) for value in student.asked[0].calls[0].positional] == [float, int]


@pytest.mark.parametrize("wrap", [lambda held: held, lambda held: [1, (held,)], lambda h: {"k": h}])
def test_a_held_object_of_one_code_is_nothing_to_another(wrap):
    held = code().keep(1)

    with pytest.raises(CourseError, match="read it first"):
        code(total=total).total(wrap(held))


def test_a_held_object_cannot_be_iterated():
    with pytest.raises(TypeError, match="read it, or index it"):
        iter(code().keep([1]))


def test_a_question_without_an_answer_raises_what_became_of_it():
    with pytest.raises(Failed) as caught:
        code(total=lambda: 1 / 0).total()

    assert (caught.value.failure.kind, caught.value.seat) == (FailureKind.RAISED, "student")


def test_a_function_that_nobody_wrote_is_missing():
    with pytest.raises(Failed) as caught:
        code().total()

    assert caught.value.failure.kind is FailureKind.MISSING


class Says:
    """A worker that answers what a test tells it to, whatever was asked."""

    def __init__(self, *values):
        self.values = values

    def ask(self, question):
        return Answer(question=question.id, values=self.values)


HELD = Ref(question=0, part=0)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("total", ()),
        ("total", (1, 2)),
        ("total", (HELD,)),
        ("total", ([{"k": (HELD,)}],)),
        ("f_forward", (np.ones(1),)),
        ("f_forward", ([np.ones(1), HELD],)),
        ("f_forward", ((np.ones(1),),)),
        ("f_forward", ((1.0, HELD),)),
        ("f_forward", ((np.ones(1), None),)),
        ("f_forward", ((np.ones(1), Ref(question=5, part=0)),)),
        ("f_forward", ((np.ones(1), Ref(question=0, part=0, path=(("index", 0),))),)),
    ],
    ids=str,
)
def test_an_answer_of_another_form_is_unreadable_whatever_the_worker_says(name, values):
    with pytest.raises(Failed) as caught:
        getattr(code(Says(*values)), name)()

    assert caught.value.failure.kind is FailureKind.UNREADABLE


def test_private_names_are_no_functions():
    with pytest.raises(AttributeError):
        code().__wrapped__  # noqa: B018 - the access is the test


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (np.zeros((3, 4)), "one array (3, 4)"),
        ((1, 2), "a tuple of 2"),
        ({"k": 1}, "a dict of 1"),
        (None, "None"),
        (1.5, "one float"),
    ],
    ids=str,
)
def test_a_value_is_described_in_a_few_words(value, words):
    assert described(value) == words


def test_a_call_without_arguments_is_one_call():
    student = Plain(total=total)
    code(student).total()

    assert student.asked[0].calls == (Arguments(),)
