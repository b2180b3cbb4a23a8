"""Items on an accelerator; where there is none, the way there is tried on the CPU."""

from __future__ import annotations

import sys
import tempfile
import threading
from dataclasses import replace

import numpy as np
import pytest

from grader import rubric
from grader.checking.code import Code
from grader.errors import Failed, IsolationError
from grader.questions import FailureKind
from grader.rubric import Limits
from grader.sandbox import device, probe
from grader.sandbox.talk import Sources
from tests.specimens import ROOT

VECTORS = rubric.read(ROOT / "tests/courses/assignments/vectors")
ASKING = replace(
    VECTORS,
    arrays="torch",
    items=tuple(replace(item, device="accelerator") for item in VECTORS.items),
)
LIMITS = Limits(seconds=20, load=20)
SOURCE = """
import torch

def kind(x):
    return [str(x.dtype), x.device.type]

def double(x):
    return 2 * x

def fork():
    import os
    os.fork()

def read_me():
    return open(__import__("os").environ.get("HOME", "/") + "/../etc/passwd").read()

def too_much(x):
    return torch.ones(1 << 50, device=x.device)
"""


class Asking:
    """One item of one spawned box."""

    def __init__(self, kind: str, *, locked: bool) -> None:
        level = "landlock" if locked else "process"
        sources = Sources(files={"work.py": SOURCE}, given={}, overlays={})
        self.box = device.opener(kind, "torch", level).open_box(sources)
        self.failure = self.box.open_item("item", LIMITS)

    def ask(self, question):
        return self.box.ask(question, "item/check", LIMITS)


@pytest.fixture(scope="module")
def tried():
    locked = probe.probe("landlock").confinement is not None
    asking = Asking("cpu", locked=locked)
    yield asking
    asking.box.close()


def code(asking):
    return Code(asking, lambda name: "value")


def test_without_an_item_that_asks_nobody_looks_for_a_device():
    assert device.choose("auto", VECTORS) == "cpu"


def test_a_device_that_is_not_here_is_wrong_use(monkeypatch):
    monkeypatch.setattr(device, "available", lambda: "cpu")

    with pytest.raises(IsolationError, match="torch finds no cuda here"):
        device.choose("cuda", ASKING)


def test_the_device_that_is_here_is_taken(monkeypatch):
    monkeypatch.setattr(device, "available", lambda: "cuda")

    assert device.choose("auto", ASKING) == "cuda"
    assert device.choose("cpu", ASKING) == "cpu"


def test_a_report_names_the_weaker_level_of_device_items():
    assert device.named("namespaces", "cpu") == "namespaces"
    assert device.named("namespaces", "cuda") == "namespaces, device items landlock-device"


def test_floats_arrive_in_single_precision_and_leave_as_numpy(tried):
    x = np.arange(3.0)

    assert code(tried).kind(x) == ["torch.float32", "cpu"]
    assert code(tried).double(x).dtype == np.float32


@pytest.mark.parametrize("name", ["fork", "read_me"])
@pytest.mark.skipif(sys.platform != "linux", reason="the lock-down is Linux's")
def test_the_lock_that_a_driver_leaves_holds(tried, name):
    with pytest.raises(Failed) as caught:
        getattr(code(tried), name)()

    assert caught.value.failure.kind is FailureKind.RAISED


def test_a_device_is_held_by_one_at_a_time(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    order = []
    inside, leave = threading.Event(), threading.Event()

    def first():
        with device.held("cuda"):
            inside.set()
            leave.wait(10)
            order.append("first")

    thread = threading.Thread(target=first)
    thread.start()
    inside.wait(10)
    leave.set()
    with device.held("cuda"):
        order.append("second")
    thread.join()

    assert order == ["first", "second"]


def test_devices_that_are_not_the_same_do_not_wait(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with device.held("cuda"):
        monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "1,0")
        with device.held("cuda"), device.held("xpu"):
            locks = [path.name for path in tmp_path.glob("*/*")]

    assert sorted(locks) == ["cuda-.lock", "cuda-1.lock", "xpu-1.lock"]


@pytest.fixture(scope="module")
def accelerated():
    kind = device.available()
    if kind == "cpu":
        pytest.skip("torch finds no accelerator on this machine")
    asking = Asking(kind, locked=probe.probe("landlock").confinement is not None)
    yield kind, asking
    asking.box.close()


@pytest.mark.gpu
def test_arrays_arrive_on_the_accelerator(accelerated):
    kind, asking = accelerated

    assert asking.failure is None
    assert code(asking).kind(np.arange(3.0)) == ["torch.float32", kind]


@pytest.mark.gpu
def test_out_of_memory_of_the_device_is_named_as_such(accelerated):
    _, asking = accelerated

    with pytest.raises(Failed) as caught:
        code(asking).too_much(np.arange(3.0))

    assert caught.value.failure.kind is FailureKind.OUT_OF_MEMORY
