from __future__ import annotations

import random

import numpy as np
import pytest

from grader.live import LIVE, LiveBox, LiveOpener, untouched
from grader.questions import Arguments, FailureKind, Question
from grader.rubric import Limits
from grader.sandbox.talk import Sources
from tests import plain

LIMITS = Limits()


def cell_of(file: str) -> str | None:
    return "In[3]" if file == __file__ else None


def box(**names) -> LiveBox:
    return LiveBox(names, "numpy", ("work.py",), cell_of)


def ask(one, target, *positional, returns="value", id=0, check="item/check"):
    call = Arguments(positional=positional)
    question = Question(id=id, verb="call", target=target, calls=(call,), returns=returns)
    return one.ask(question, check, LIMITS)


class Respondent:
    """A live box as one half of a check."""

    def __init__(self, **names):
        self._box = box(**names)

    def ask(self, question):
        return self._box.ask(question, "item/check", LIMITS)


def test_live_functions_are_called_as_those_of_a_box_are():
    def double_forward(x):
        return 2 * x, {"x": x}

    def double_backward(dout, cache):
        return 2 * dout + cache["x"]

    code = plain.code(Respondent(double_forward=double_forward, double_backward=double_backward))
    out, cache = code.double_forward(np.ones(3))

    assert out.tolist() == [2.0, 2.0, 2.0]
    assert code.double_backward(np.ones(3), cache).tolist() == [3.0, 3.0, 3.0]


def test_what_is_asked_is_a_copy():
    def spoil(x):
        x[:] = 0.0

    x = np.ones(3)
    ask(box(spoil=spoil), "spoil", x)

    assert x.tolist() == [1.0, 1.0, 1.0]


def test_a_function_that_is_not_there_is_missing_by_name():
    failure = ask(box(), "gone").failure

    assert failure.kind is FailureKind.MISSING
    assert failure.message == "there is no gone in this kernel; run the cell that defines it"


def test_an_exception_says_the_cell_and_the_line():
    def broken():
        raise ValueError("no")

    failure = ask(box(broken=broken), "broken").failure

    line = broken.__code__.co_firstlineno + 1
    assert (failure.message, failure.where) == ("ValueError: no", f"In[3]:{line}")


def test_an_exception_in_an_imported_file_says_that_file():
    names: dict = {}
    exec(
        compile("def broken():\n    raise ValueError('no')\n", "/somewhere/work.py", "exec"), names
    )

    assert ask(box(**names), "broken").failure.where == "work.py:2"


def test_ending_the_process_is_a_failure_and_ends_nothing():
    def leave():
        raise SystemExit(3)

    assert ask(box(leave=leave), "leave").failure.message == "the code ended itself (SystemExit: 3)"


def test_the_stop_button_stops():
    def slow():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ask(box(slow=slow), "slow")


def test_what_cannot_cross_is_unreadable_by_name():
    failure = ask(box(odd=object), "odd").failure

    assert failure.kind is FailureKind.UNREADABLE
    assert failure.message == "odd returned a object, which is none of the values asked"


def test_prints_and_warnings_are_left_to_the_kernel(capsys):
    def loud():
        print("heard")  # noqa: T201

    ask(box(loud=loud), "loud")

    assert capsys.readouterr().out == "heard\n"


def test_global_generators_are_seeded_as_in_a_box():
    one = box(draw=lambda: float(np.random.rand()) + random.random())

    with untouched("numpy"):
        first, second = (ask(one, "draw", check="item/a"), ask(one, "draw", check="item/b"))
        again = ask(one, "draw", check="item/a")

    assert first.values == again.values
    assert first.values != second.values


def test_the_kernel_is_left_as_it_was():
    random.seed(1)
    np.random.seed(1)
    expected = random.Random(1).random(), np.random.RandomState(1).rand()

    with untouched("numpy"):
        random.seed(2)
        np.random.seed(2)
        np.seterr(all="ignore")

    assert (random.random(), np.random.rand()) == expected
    assert np.geterr()["divide"] == "warn"


def test_torch_is_left_as_it_was():
    torch = pytest.importorskip("torch")
    torch.manual_seed(1)
    expected = torch.rand(1, generator=torch.Generator().manual_seed(1)).item()

    with untouched("torch"):
        torch.manual_seed(2)
        torch.set_default_dtype(torch.float64)
        torch.set_grad_enabled(False)

    assert torch.rand(1).item() == expected
    assert torch.get_default_dtype() is torch.float32
    assert torch.is_grad_enabled()


def test_sources_other_than_the_kernel_get_a_real_box():
    class Real:
        closed = False

        def open_box(self, sources):
            return ("real", sources)

        def close(self):
            self.closed = True

    real, live, other = Real(), box(), Sources(files={"a.py": ""}, given={}, overlays={})
    opener = LiveOpener(live, lambda: real)

    assert opener.open_box(LIVE) is live
    assert opener.open_box(other) == ("real", other)
    opener.close()
    assert real.closed
