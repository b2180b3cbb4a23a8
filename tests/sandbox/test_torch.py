"""A box on torch: warm before its first question, and what torch needs works behind the wall."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from grader.questions import Arguments, Question, Ref
from grader.rubric import Limits
from tests.boxes import ask, sources, warm

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="boxes of forks are Linux's")

LIMITS = Limits(seconds=5.0, load=5.0)
WORK = """
import torch
from torch import nn

def square_forward(x):
    return x * x, x

def square_backward(dout, x):
    return 2 * x * dout

def by_autograd(x):
    x = x.requires_grad_()
    (x ** 3).sum().backward()
    return x.grad

def trained(x, y):
    torch.manual_seed(0)
    model = nn.Linear(3, 1).double()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.1)
    losses = []
    for _ in range(20):
        optimizer.zero_grad()
        loss = ((model(x)[:, 0] - y) ** 2).mean()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses

def drawn():
    return torch.rand(2), torch.randn(1)

def huge():
    return torch.ones(1 << 31)

def several_threads():
    torch.set_num_threads(2)
    return torch.ones(400, 400) @ torch.ones(400, 400)
"""


@pytest.fixture(scope="module")
def box():
    opened = warm("landlock", "torch").open_box(sources(WORK))
    yield opened
    opened.close()


@pytest.fixture
def item(box):
    assert box.open_item("item", LIMITS) is None
    return box


def test_torch_is_warm_before_the_first_box():
    assert {"torch", "torch.optim.sgd", "torch.autograd"} <= set(warm("landlock", "torch").modules)


def test_forward_and_backward_answer_with_a_cache_that_stays_inside(item):
    x, dout = np.arange(3.0), np.ones(3)
    out, cache = ask(item, "square_forward", x, returns=("array", "held"), limits=LIMITS).values[0]
    dx = ask(item, "square_backward", dout, cache, id=1, limits=LIMITS).values[0]

    assert (out.tolist(), cache, dx.tolist()) == (
        [0.0, 1.0, 4.0],
        Ref(question=0, part=0),
        [0.0, 2.0, 4.0],
    )


def test_autograd_works(item):
    (grad,) = ask(item, "by_autograd", np.array([1.0, 2.0]), limits=LIMITS).values

    assert (grad.dtype, grad.tolist()) == (np.float64, [3.0, 12.0])


def test_training_works(item):
    x = np.eye(3)
    (losses,) = ask(item, "trained", x, x[:, 0], limits=LIMITS).values

    assert losses[-1] < losses[0]


def test_torchs_random_numbers_are_the_checks(item):
    first = ask(item, "drawn", check="item/a", limits=LIMITS).values[0]
    other = ask(item, "drawn", check="item/b", limits=LIMITS).values[0]
    again = ask(item, "drawn", check="item/a", limits=LIMITS).values[0]

    assert first[0].tolist() == again[0].tolist() != other[0].tolist()


def test_a_generator_is_made_and_seeded_inside(item):
    made = Question(id=0, verb="make", target="torch.Generator", returns="held")
    generator = item.ask(made, "item/check", LIMITS).values[0]
    held = Question(id=1, verb="call", target=generator, returns="held")
    called = item.ask(held, "item/check", LIMITS).values[0]
    seed = Ref(question=called.question, part=called.part, path=(("attribute", "manual_seed"),))
    seeded = Question(
        id=2, verb="call", target=seed, calls=(Arguments(positional=(7,)),), returns="held"
    )

    assert item.ask(seeded, "item/check", LIMITS).failure is None


def test_too_much_memory_is_said_as_such(item):
    assert ask(item, "huge", limits=LIMITS).failure.kind == "out_of_memory"


def test_more_threads_than_the_warm_interpreter_had_do_not_hang(item):
    assert ask(item, "several_threads", limits=LIMITS).values[0][0, 0] == 400.0
