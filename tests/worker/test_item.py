from __future__ import annotations

import io
import os
import random

import numpy as np
import pytest

from grader import wire
from grader.questions import Arguments, FailureKind, Question, Ref
from grader.worker import item, loading

pytestmark = pytest.mark.usefixtures("interpreter_as_it_was")


def served(source, *questions, check="item/check", whole=True, given=None):
    """The answers of an item whose file is `source`: to loading first, then to the questions."""
    asked = b"".join(
        wire.pack_question(one, check=getattr(one, "check", check), seed=len(check))
        for one in questions
    )
    frames = []
    item.serve(
        frames.append,
        io.BytesIO(asked).read,
        sources=loading.Sources(files={"work.py": source}, given=given or {}, overlays={}),
        arrays="numpy",
        allowed=frozenset({"numpy", "random", "sys"}),
        seed=5,
        whole=whole,
    )
    return [wire.answer_from(*wire.unpack(frame)) for frame in frames]


def call(target, *positional, id=0, returns="value", **named):
    arguments = Arguments(positional=positional, named=named)
    return Question(id=id, verb="call", target=target, calls=(arguments,), returns=returns)


def test_loading_is_answered_first():
    (loaded,) = served("x = 1")

    assert (loaded.question, loaded.failure) == (-1, None)


def test_what_does_not_load_says_why_and_ends():
    answers = served("raise ValueError('no')", call("f"))

    assert [answer.failure.message for answer in answers] == ["ValueError: no"]


def test_a_call_is_answered_with_its_value():
    _, answer = served("def f(x, *, k): return x * k", call("f", np.ones(2), k=3))

    assert answer.values[0].tolist() == [3.0, 3.0]


def test_several_calls_are_answered_together():
    calls = tuple(Arguments(positional=(n,)) for n in range(3))
    question = Question(id=0, verb="call", target="f", calls=calls)

    assert served("def f(x): return x * x", question)[1].values == (0, 1, 4)


def test_a_function_that_is_not_there_is_missing():
    _, answer = served("x = 1", call("f"))

    assert answer.failure.kind is FailureKind.MISSING
    assert answer.failure.message == "there is no f in work.py"


def test_an_error_of_a_call_names_its_line():
    _, answer = served("def f():\n    return 1 / 0\n", call("f"))

    assert (answer.failure.kind, answer.failure.where) == (FailureKind.RAISED, "work.py:2")


@pytest.mark.parametrize("raised", ["SystemExit", "KeyboardInterrupt", "BaseException('x')"])
def test_no_exception_ends_the_item(raised):
    source = f"def f(): raise {raised}\ndef g(): return 1\n"
    answers = served(source, call("f"), call("g", id=1))

    assert (answers[1].failure.kind, answers[2].values) == (FailureKind.RAISED, (1,))


@pytest.mark.parametrize(
    ("returned", "said"),
    [
        ("object()", "f returned a object, which is none of the values asked"),
        ("{(1, 2): 3}", "f returned a dict with a tuple among its keys"),
        ("1 << 70", "f returned an integer of more than 64 bits"),
        ("np.zeros(9, np.complex64)", "f returned an array of dtype complex64"),
        ("np.zeros(5 << 20)", "f returned more than 32 MiB of arrays"),
        ("'x' * (2 << 20)", "f returned a frame of"),
    ],
)
def test_what_cannot_cross_is_unreadable(returned, said):
    _, answer = served(f"import numpy as np\ndef f(): return {returned}\n", call("f"))

    assert answer.failure.kind is FailureKind.UNREADABLE
    assert answer.failure.message.startswith(said)


def test_the_form_that_is_asked_is_said():
    _, answer = served("def f(): return 1", call("f", returns=("array", "held")))

    assert answer.failure.message == "f returned one int; a tuple (array, anything) is asked"


HOLDING = (
    "class Net:\n    def __init__(self, n): self.n = n\n    def __call__(self): return self.n\n"
)


def test_what_is_held_can_be_called_and_read():
    net = Ref(question=0, part=0)
    made = call("Net", 4, returns="held")
    called = Question(id=1, verb="call", target=net)
    read = Question(id=2, verb="read", target=Ref(question=0, part=0, path=(("attribute", "n"),)))

    assert [answer.values for answer in served(HOLDING, made, called, read)[2:]] == [(4,), (4,)]


def test_what_is_kept_is_changed_by_whoever_changes_it():
    kept = Question(id=0, verb="keep", target="", returns="held", calls=call("", [1, 2]).calls)
    read = Question(id=2, verb="read", target=Ref(question=0, part=0))
    source = "def f(x): x.append(3)\n"
    answers = served(source, kept, call("f", Ref(question=0, part=0), id=1), read)

    assert answers[3].values == ([1, 2, 3],)


def test_what_can_be_imported_is_made():
    made = Question(id=0, verb="make", target="parts.thing", returns="held")
    read = Question(id=1, verb="read", target=Ref(question=0, part=0))

    assert served("", made, read, given={"parts.py": "thing = 3"})[2].values == (3,)


def test_a_ref_that_points_nowhere_is_an_error():
    read = Question(id=0, verb="read", target=Ref(question=9, part=0))

    assert served("", read)[1].failure.kind is FailureKind.RAISED


class Of:
    """A question of a check of its own."""

    def __init__(self, check, question):
        self.check, self.question = check, question

    def __getattr__(self, name):
        return getattr(self.question, name)


def test_the_next_check_starts_with_an_empty_shelf():
    kept = Question(id=0, verb="keep", target="", returns="held", calls=call("", 1).calls)
    read = Question(id=1, verb="read", target=Ref(question=0, part=0))
    answers = served("", Of("item/a", kept), Of("item/b", read))

    assert answers[2].failure.message == "KeyError: (0, 0)"


def test_each_check_has_random_numbers_of_its_own():
    source = "import random, numpy as np\ndef f(): return (random.random(), np.random.rand())\n"
    first = served(source, Of("item/a", call("f")), Of("item/b", call("f", id=1)))
    second = served(source, Of("item/b", call("f")))

    assert first[2].values == second[1].values


def test_random_numbers_while_loading_are_the_same_each_time():
    source = "import random\nx = random.random()\ndef f(): return x\n"

    assert served(source, call("f"))[1].values == served(source, call("f"))[1].values


def test_definitions_alone_answer_where_the_script_would_fail():
    answers = served("def f(): return 1\nraise SystemExit\n", call("f"), whole=False)

    assert answers[1].values == (1,)


@pytest.mark.parametrize("seed", [0, 1 << 31, (1 << 32) - 1])
def test_every_seed_of_32_bits_will_do(seed):
    item.seed_everything(seed)
    first = random.random(), np.random.rand()
    item.seed_everything(seed)

    assert (random.random(), np.random.rand()) == first


def test_a_frame_is_written_whole_to_a_stream_that_takes_little():
    reading, writing = os.pipe()
    frame = bytes(range(256)) * 16
    item.write_all(writing, frame)
    os.close(writing)
    with open(reading, "rb") as stream:
        assert stream.read() == frame
