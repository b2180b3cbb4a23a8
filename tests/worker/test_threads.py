from __future__ import annotations

import errno
import os
import socket
import sys

import pytest

from grader.worker import threads
from tests.boxes import LIMITS, ask, opened, warm

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the bound is Linux's")

MANY = """
import threading

def f(wanted):
    threading.stack_size(32 << 10)
    never, started = threading.Event(), 0
    try:
        while started < wanted:
            threading.Thread(target=never.wait, daemon=True).start()
            started += 1
    except RuntimeError:
        pass
    never.set()
    return started
"""


@pytest.fixture(params=["seccomp", "landlock", "namespaces"])
def level(request):
    """Each level with a filter that this machine has."""
    warm(request.param)
    return request.param


def test_an_item_starts_so_many_threads_and_no_more(level):
    with opened(MANY, level=level) as box:
        assert ask(box, "f", 2 * threads.MOST).values == (threads.MOST,)


def test_they_are_counted_over_all_its_questions(level):
    with opened(MANY, level=level) as box:
        started = [ask(box, "f", threads.MOST // 2 + 1, id=n).values[0] for n in range(3)]

        assert started == [threads.MOST // 2 + 1, threads.MOST // 2 - 1, 0]


def test_each_item_has_threads_of_its_own(level):
    with opened(MANY, level=level) as box:
        ask(box, "f", 2 * threads.MOST)
        box.open_item("next", LIMITS)

        assert ask(box, "f", 3, check="next/check").values == (3,)


def test_a_thread_may_be_started_between_two_questions(level):
    text = """
import threading, time
found = []
def later():
    time.sleep(0.05)
    thread = threading.Thread(target=found.append, args=(1,))
    thread.start()
    thread.join()
def f(): threading.Thread(target=later).start()
def g():
    while not found: time.sleep(0.01)
    return len(found)
"""
    with opened(text, level=level) as box:
        ask(box, "f", id=0)

        assert ask(box, "g", id=1).values == (1,)


def test_where_the_kernel_cannot_ask_nothing_is_asked(monkeypatch):
    def cannot(program):
        raise OSError(22, "seccomp")

    monkeypatch.setattr(threads.seccomp, "listen", cannot)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        threads.announce(theirs.fileno())
        starts = threads.Starts(ours)

    assert starts.fileno() == -1


def test_another_error_of_the_kernel_is_told(monkeypatch):
    def refused(program):
        raise OSError(13, "seccomp: no")

    monkeypatch.setattr(threads.seccomp, "listen", refused)

    with pytest.raises(OSError, match="seccomp: no"):
        threads.announce(-1)


def test_an_item_that_ends_before_it_announces_anything_is_no_error():
    ours, theirs = socket.socketpair()
    theirs.close()
    with ours:
        assert threads.Starts(ours).fileno() == -1


def announced(monkeypatch, code):
    """The box's end of a listener whose every call fails with `code`."""

    def fails(*_):
        raise OSError(code, "no")

    read_end, write_end = os.pipe()
    os.close(write_end)
    monkeypatch.setattr(threads.seccomp, "listen", lambda program: read_end)
    monkeypatch.setattr(threads.fcntl, "ioctl", fails)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        threads.announce(theirs.fileno())
        return threads.Starts(ours)


def test_one_that_was_killed_before_it_was_let_go_is_no_error(monkeypatch):
    starts = announced(monkeypatch, errno.ENOENT)
    starts.answer()
    open_still = starts.fileno() >= 0
    starts.close()

    assert open_still


def test_what_else_the_kernel_says_is_an_error_of_ours(monkeypatch):
    starts = announced(monkeypatch, errno.EBADF)
    with pytest.raises(OSError, match="no"):
        starts.answer()
    starts.close()


def test_after_the_last_one_nobody_is_asked(monkeypatch):
    starts = announced(monkeypatch, errno.EINTR)
    for _ in range(threads.MOST + 1):
        starts.answer()

    assert starts.fileno() == -1
