"""What holds a process with an accelerator; nodes that every machine has stand in for its own."""

from __future__ import annotations

import errno
import sys

import pytest

from grader.questions import FailureKind
from grader.worker import landlock, loading

locked = pytest.mark.skipif(
    sys.platform != "linux" or not landlock.abi(), reason="this kernel has no Landlock"
)
LOCK = """
import socket, threading
from grader.worker import accelerator
accelerator.lock_files(["/proc/self", "/nowhere"], ["/dev/full", "/dev/nowhere"])
"""
WRITES = 'open("/dev/full", "r+b", buffering=0).write(b"x")'


@pytest.fixture
def held(printed):
    """Print an expression in a process with its files locked, or its calls too."""

    def run(expression: str, *, calls: bool = True) -> str:
        lines = [*LOCK.splitlines(), "accelerator.lock_calls()" if calls else ""]
        return printed("\n".join([*lines, f"print({expression})"]), packages=True)

    return run


@locked
def test_the_nodes_of_a_device_can_be_written_to(held):
    # What the kernel says of a device that is full: the lock let it through.
    assert held(f"outcome(lambda: {WRITES})") == "ENOSPC"


@locked
@pytest.mark.parametrize(
    ("attempt", "error"),
    [
        ('open("/dev/zero", "r+b")', "EACCES"),
        ('open("/etc/passwd")', "EACCES"),
        ('open("/proc/1/cmdline")', "EACCES"),
        ('open("/proc/self/root/etc/passwd")', "EACCES"),
        ('os.open("/dev/full", os.O_RDWR | os.O_CREAT)', "EROFS"),
        ("os.fork()", "EPERM"),
        ('os.execv("/bin/true", ["true"])', "EPERM"),
        ("os.kill(os.getppid(), 0)", "EPERM"),
        ("socket.socket()", "EPERM"),
    ],
)
def test_what_a_device_does_not_need_is_refused(held, attempt, error):
    assert held(f"outcome(lambda: {attempt})") == error


@locked
def test_its_own_process_can_be_read(held):
    assert held('open("/proc/self/status").read(5)') == "Name:"


@locked
def test_a_thread_that_is_started_later_is_held_too(held):
    thread = """[
        seen := [],
        thread := threading.Thread(
            target=lambda: seen.append(outcome(lambda: open("/etc/passwd")))
        ),
        thread.start(),
        thread.join(),
    ][0]"""

    assert held(thread, calls=False) == "['EACCES']"


@pytest.mark.parametrize(
    ("said", "kind", "message"),
    [
        (
            "CUDA out of memory. Tried to allocate 20.00 GiB. GPU 0 has a total capacity of 8 GiB "
            "of which 123.4 MiB is free. Process 4711 has 1.2 GiB memory in use.",
            FailureKind.OUT_OF_MEMORY,
            "out of memory on the device (CUDA); tried to allocate 20.00 GiB",
        ),
        (
            "MPS backend out of memory (MPS allocated: 8.9 GB). Tried to allocate 1.00 GB on it.",
            FailureKind.OUT_OF_MEMORY,
            "out of memory on the device (MPS); tried to allocate 1.00 GB",
        ),
        (
            "CUDA error: out of memory",
            FailureKind.OUT_OF_MEMORY,
            "out of memory on the device (CUDA)",
        ),
        (
            "CUDA error: device-side assert triggered\nCompile with `TORCH_USE_CUDA_DSA`.",
            FailureKind.CRASHED,
            "the device failed: CUDA error: device-side assert triggered",
        ),
        (
            "cuDNN error: CUDNN_STATUS_INTERNAL_ERROR",
            FailureKind.CRASHED,
            "the device failed: cuDNN error: CUDNN_STATUS_INTERNAL_ERROR",
        ),
        ("No CUDA GPUs are available", FailureKind.RAISED, None),
        ("the loss is out of bounds", FailureKind.RAISED, None),
    ],
)
def test_an_error_of_the_device_is_told_from_others(said, kind, message):
    failure = loading.failure_of(RuntimeError(said), ["work.py"])

    assert failure.kind is kind
    assert failure.message == (message or f"RuntimeError: {said}")


def test_only_an_error_at_run_time_is_the_device_s():
    assert loading.failure_of(ValueError("CUDA error: no"), []).kind is FailureKind.RAISED


@locked
def test_a_node_that_is_not_there_is_an_error_where_it_is_demanded():
    with pytest.raises(OSError, match="landlock path /dev/nowhere") as caught:
        landlock.prepare([], usable=["/dev/nowhere"])

    assert caught.value.errno == errno.ENOENT
