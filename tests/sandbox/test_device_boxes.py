"""Boxes of device items: what becomes of one whose device fails; tried on the CPU."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from grader import batch, rubric, submission
from grader.checking.code import Code
from grader.errors import Failed, IsolationError
from grader.findings import Outcome
from grader.questions import FailureKind
from grader.rubric import Limits
from grader.sandbox import device, environment, probe, process
from grader.sandbox.process import Spawner
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
import os
import time

def pid():
    return os.getpid()

def fails():
    raise RuntimeError("CUDA error: device-side assert triggered")

def grows():
    kept = [b"x" * (1 << 20) for _ in range(300)]
    time.sleep(10)
"""


@pytest.fixture
def box():
    opened = Spawner("numpy").open_box(Sources(files={"work.py": SOURCE}, given={}, overlays={}))
    opened.open_item("item", LIMITS)
    yield opened
    opened.close()


class Respondent:
    def __init__(self, box):
        self.box = box

    def ask(self, question):
        return self.box.ask(question, "item/check", LIMITS)


def code(box):
    return Code(Respondent(box), lambda name: "value")


def test_one_process_serves_all_items(box):
    first = code(box).pid()
    box.close_item()
    box.open_item("another", LIMITS)

    assert code(box).pid() == first


def test_a_process_whose_device_failed_is_replaced(box):
    first = code(box).pid()
    with pytest.raises(Failed) as caught:
        code(box).fails()

    assert caught.value.failure.kind is FailureKind.CRASHED
    assert not box.item_is_open
    assert box.open_item("another", LIMITS) is None
    assert code(box).pid() != first


def test_a_process_that_outgrows_its_memory_is_ended(box, monkeypatch):
    monkeypatch.setattr(process, "DRIVER_BYTES", 0)
    box._worker.watch_memory(64 << 20)

    with pytest.raises(Failed, match="the code took more than 64 MiB of memory") as caught:
        code(box).grows()

    assert caught.value.failure.kind is FailureKind.OUT_OF_MEMORY


@pytest.mark.parametrize(
    ("level", "named"),
    [
        ("namespaces", "namespaces, device items landlock-device"),
        ("landlock", "landlock, device items landlock-device"),
        ("seccomp", "seccomp, device items process"),
        ("process", "process, device items process"),
    ],
)
def test_a_report_names_how_device_items_are_held(level, named):
    assert device.named(level, "cuda") == named


def test_a_device_that_no_box_can_use_is_left_alone(monkeypatch):
    monkeypatch.setattr(device, "available", lambda: "cuda")
    monkeypatch.setattr(device, "trial", lambda kind, level: "the driver said no.")

    assert device.choose("auto", ASKING, "landlock") == "cpu"


def test_a_device_that_no_box_can_use_is_refused_by_name(monkeypatch):
    monkeypatch.setattr(device, "available", lambda: "cuda")
    monkeypatch.setattr(device, "trial", lambda kind, level: "the driver said no.")

    with pytest.raises(IsolationError, match="a box cannot use cuda: the driver said no"):
        device.choose("cuda", ASKING, "landlock")


def test_a_box_with_a_device_sees_what_its_owner_chose(monkeypatch):
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "1")

    assert environment.pinned("/empty", "cuda")["CUDA_VISIBLE_DEVICES"] == "1"
    assert environment.pinned("/empty")["CUDA_VISIBLE_DEVICES"] == ""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows looks for libraries elsewhere")
def test_the_folders_of_libraries_are_whole_paths(monkeypatch):
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/one::here:/opt/two")

    assert environment.library_folders() == [Path("/opt/one"), Path("/opt/two")]


def test_no_command_line_of_others_is_readable_beside_a_device():
    facts, _ = process.devices()

    assert Path("/proc") not in facts
    assert Path("/proc/self") in facts


@pytest.mark.slow
def test_a_box_at_every_level_computes_on_the_cpu():
    assert [device.trial("cpu", level) for level in ("landlock", "process")] == ["", ""]


@pytest.mark.slow
def test_why_a_box_cannot_use_a_device_is_said():
    if device.available() != "cpu":
        pytest.skip("this machine has an accelerator")

    assert "Torch not compiled with CUDA enabled" in device.trial("cuda", "process")


ASSIGNMENT = """
schema: 1
title: {en: On a device}
files: [work.py]
items:
  - {id: double, points: 1, device: accelerator, limits: {seconds: 20, load: 20}, title: {en: A}}
  - {id: triple, points: 1, device: accelerator, limits: {seconds: 20, load: 20}, title: {en: B}}
"""
CHECKS = '''
from grader import check, expect


def checked(item, name):
    def right(student, reference, draw):
        """It is right."""
        x = draw.normal(3)
        expect.close(getattr(student, name)(x), getattr(reference, name)(x), what=name)
        held = student.keep({"x": [x, draw.integers(0, 9, 3)]})
        getattr(student, name)(held["x"][0])
        expect.unchanged(held, what="x after the call")

    right.__name__ = f"{name}_is_right"
    return check(item=item)(right)


double_is_right, triple_is_right = checked("double", "double"), checked("triple", "triple")
'''
WORK = """
import torch


def double(x):
    return 2 * x


def triple(x):
    assert x.dtype is torch.float32
    return 3 * x
"""


@pytest.mark.slow
def test_a_device_error_leaves_the_next_item_and_the_next_submission_unharmed(
    tmp_path, monkeypatch
):
    public, secret = tmp_path / "assignments" / "work", tmp_path / "reference" / "work"
    for folder in (public, secret, *(tmp_path / "class" / name for name in ("ann", "bob"))):
        folder.mkdir(parents=True)
        (folder / "work.py").write_text(WORK)
    (public / "assignment.yaml").write_text(ASSIGNMENT)
    (secret / "checks.py").write_text(CHECKS)
    broken = WORK.replace("return 2 * x", 'raise RuntimeError("CUDA error: unspecified")')
    (tmp_path / "class" / "ann" / "work.py").write_text(broken)
    assignment = rubric.read(public)
    # On the CPU, but all the way that device items take.
    monkeypatch.setattr(device, "named", lambda level, kind: f"{level}, device items on trial")
    job = batch.Job(
        folder=public, out=tmp_path / "out", secret="s", confinement=probe.choose("auto")
    )
    desk = batch._desk(job)
    desk.put_on("cpu", job.confinement.level)
    handed_in, _ = submission.collect([tmp_path / "class"], assignment)

    reports = [batch.grade_one(job, one).report for one in handed_in]

    outcomes = [[str(item.outcome) for item in report.items] for report in reports]
    failed = reports[0].items[0].findings[0]
    assert outcomes == [["failed", "passed"], ["passed", "passed"]]
    assert failed.outcome is Outcome.FAILED
    assert "the device failed: CUDA error: unspecified" in str(failed.message)


HOOK = """
def reads_in_a_hook(x):
    seen = []

    def hook(gradient):
        try:
            seen.append(open("/etc/passwd").read(4))
        except OSError as error:
            seen.append(type(error).__name__)

    x.requires_grad_().register_hook(hook)
    (2 * x).sum().backward()
    return seen
"""


@pytest.mark.gpu
@pytest.mark.skipif(sys.platform != "linux", reason="the lock-down is Linux's")
def test_a_hook_on_a_thread_of_the_device_is_locked_too():
    kind = device.available()
    if kind == "cpu":
        pytest.skip("torch finds no accelerator on this machine")
    sources = Sources(files={"work.py": HOOK}, given={}, overlays={})
    box = device.opener(kind, "torch", "landlock").open_box(sources)
    try:
        assert box.open_item("item", LIMITS) is None
        assert code(box).reads_in_a_hook(np.ones(3)) == ["PermissionError"]
    finally:
        box.close()


@pytest.mark.gpu
def test_a_box_computes_on_the_accelerator():
    kind = device.available()
    if kind == "cpu":
        pytest.skip("torch finds no accelerator on this machine")

    assert device.trial(kind, "landlock") == ""
