"""The box process: owns deadlines, caps and exit statuses; relays questions to one item at a time.

It never runs student code. Each item is a fresh process of its own, locked down before it loads the
submission; the box reads what the item sends as bytes and passes them on unread.
"""

from __future__ import annotations

import gc
import json
import os
import platform
import select
import signal
import socket
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field

from grader import wire
from grader.errors import WireError
from grader.questions import FailureKind
from grader.worker import item, landlock, lockdown, seccomp, threads
from grader.worker.loading import Sources

ADDRESS_BYTES = 2 << 30
"""Address space beyond the memory budget: mapped libraries and thread stacks use no memory."""
LONGEST_WAIT = 0.25
BUSY = 10
"""An item that computes waits for nothing but its turn: this many seconds of each that it gets."""
FLOOD = 128
"""Output beyond this many times what is kept ends the item; below, it is only dropped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Locks:
    """How the items of this box are locked down, as the zygote found it.

    `data_bytes` and `address_bytes` are what every item inherits of private writable memory and of
    address space; its memory budget counts on top of them.
    """

    level: str
    arrays: str
    allowed: frozenset[str]
    data_bytes: int
    address_bytes: int


class Ended(Exception):
    """The item gave no answer and its process is gone: kind and sentence."""

    def __init__(self, kind: FailureKind, message: str) -> None:
        super().__init__(message)
        self.kind = kind


@dataclass(slots=True, kw_only=True)
class Item:
    """A running item process as its box sees it."""

    pid: int
    stream: socket.socket
    starts: threads.Starts
    output: int
    output_bytes: int
    printed: bytearray = field(default_factory=bytearray)
    printed_bytes: int = 0
    check: str = ""
    began: float = 0.0
    waited: float = 0.0
    used: float = 0.0

    def seconds(self) -> float:
        """CPU seconds of the whole process so far."""
        # MAKE_PROCESS_CPUCLOCK(pid, CPUCLOCK_SCHED) of linux/posix-timers.h
        return time.clock_gettime((~self.pid << 3) | 2)


def build_filters(level: str) -> None:
    """Have the zygote build what items of this level install: else each would build it anew."""
    machine = platform.machine()
    seccomp.build_filter(machine=machine, pid=None, opening=level != "seccomp")
    seccomp.build_asking_filter(machine=machine)


def run(channel: socket.socket, locks: Locks) -> None:
    """Serve one submission until the judge hangs up. Never returns to the zygote's loop."""
    gc.disable()
    os.setsid()
    lockdown.die_with_parent()
    lockdown.close_descriptors_except({0, 1, 2, channel.fileno()})
    lockdown.undumpable()
    seccomp.install(seccomp.build_box_filter(machine=platform.machine()))
    # A second domain inside the zygote's: an item cannot signal or trace its box.
    ruleset = None if locks.level == "seccomp" else landlock.prepare(("/",))
    _, body = wire.read(channel.recv)
    sources = Sources(**json.loads(body))
    running: Item | None = None
    loaded: set[bool] = set()
    while True:
        try:
            header, frame = wire.read(channel.recv, max_body=wire.MAX_RELAYED)
        except EOFError:
            if running is not None:
                _end(running)
            return
        # The body of a reply is the item's frame; what it printed, once it has ended.
        reply: wire.Header = {"failure": None, "seconds": 0.0}
        body = b""
        try:
            if header["kind"] == "open":
                if header["whole"] in loaded:  # every further item inherits the code
                    with warnings.catch_warnings():
                        warnings.simplefilter("ignore")  # the first item has shown them
                        sources.compile_all(whole=header["whole"])
                running = _start(sources, ruleset, locks, header)
                body = _exchange(running, b"", channel, header["seconds"])
                reply["seconds"] = running.seconds()
                loaded.add(header["whole"])
            elif header["kind"] == "ask" and running is not None:
                if header["check"] != running.check:
                    running.check = header["check"]
                    running.began, running.waited = running.seconds(), 0.0
                body = _exchange(running, frame, channel, header["seconds"])
                reply["seconds"] = running.seconds() - running.began
            elif header["kind"] == "close" and running is not None:
                _end(running)
                body = bytes(running.printed)
                running = None
        except Ended as ended:
            reply["failure"] = [ended.kind, str(ended)]
            if running is not None:
                reply["seconds"] = running.used - running.began
                body = bytes(running.printed)
            running = None
        item.write_all(channel.fileno(), wire.pack(reply, body, max_body=wire.MAX_RELAYED))


def _start(sources: Sources, ruleset: int | None, locks: Locks, header: wire.Header) -> Item:
    ours, theirs = socket.socketpair()
    read_end, write_end = os.pipe()
    os.set_blocking(read_end, False)
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            _become_item(theirs.fileno(), write_end, ruleset, locks, header)
            _serve(sources, locks, header)
            code = 0
        finally:
            os._exit(code)
    theirs.close()
    os.close(write_end)
    starts = threads.Starts(ours)
    ours.setblocking(False)
    return Item(
        pid=pid,
        stream=ours,
        starts=starts,
        output=read_end,
        output_bytes=header["limits"]["output_bytes"],
    )


def _become_item(
    stream: int, output: int, ruleset: int | None, locks: Locks, header: wire.Header
) -> None:
    """From a copy of the box to a locked item; the strict filter comes last."""
    if ruleset is not None:
        landlock.enter(ruleset)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.dup2(stream, 3)
    lockdown.close_descriptors_except({0, 1, 2, 3})
    lockdown.die_with_parent()
    limits = header["limits"]
    lockdown.limit(
        memory_bytes=locks.data_bytes + limits["memory_bytes"],
        address_bytes=locks.address_bytes + limits["memory_bytes"] + ADDRESS_BYTES,
        cpu_seconds=limits["cpu_seconds"],
    )
    threads.announce(3)
    seccomp.install(
        seccomp.build_filter(
            machine=platform.machine(), pid=os.getpid(), opening=locks.level != "seccomp"
        )
    )
    # What the zygote made is frozen, so this costs nothing but for the student's own objects.
    gc.enable()


def _serve(sources: Sources, locks: Locks, header: wire.Header) -> None:
    # Streams of their own: those of the zygote hold what it may not have flushed.
    sys.stdout = open(1, "w", buffering=1 << 13, closefd=False)  # noqa: SIM115 - for good
    sys.stderr = open(2, "w", buffering=1 << 13, closefd=False)  # noqa: SIM115 - for good
    item.serve(
        _sender(3),
        _receiver(3),
        sources=sources,
        arrays=locks.arrays,
        allowed=locks.allowed,
        seed=header["seed"],
        whole=header["whole"],
    )


def _sender(descriptor: int) -> Callable[[bytes], None]:
    return lambda frame: item.write_all(descriptor, frame)


def _receiver(descriptor: int) -> Callable[[int], bytes]:
    return lambda size: os.read(descriptor, size)


def _exchange(running: Item, frame: bytes, channel: socket.socket, limit: float) -> bytes:
    """Send a frame (none: wait for the word that it loaded) and give back the one that answers.

    Raises:
        Ended: no whole answer within `limit` CPU seconds or three times as many of waiting for
            anything but its turn, the process ended, flooded its output, or sent what is no frame.
    """
    outgoing, incoming, expected = memoryview(frame), bytearray(), -1
    started = time.monotonic()
    poller = select.poll()
    poller.register(running.output, select.POLLIN)
    poller.register(channel.fileno(), select.POLLHUP)
    if running.starts.fileno() >= 0:
        poller.register(running.starts.fileno(), select.POLLIN)
    if frame and _reads(running):
        raise _ended(running, FailureKind.UNREADABLE, "the code sent bytes that nobody asked for")
    # Most questions fit into the socket at once, and most answers need one wait.
    outgoing = outgoing[_send(running.stream, outgoing) :] if frame else outgoing
    while True:
        sending = select.POLLOUT if outgoing else 0
        poller.register(running.stream, select.POLLIN | sending)
        computed = running.seconds() - running.began
        waited = running.waited + time.monotonic() - started - BUSY * computed
        if not computed <= limit:
            text = f"no answer within {limit:g} s of computing"
            raise _ended(running, FailureKind.TIMED_OUT, text)
        if not waited <= 3 * limit:
            text = f"no answer within {3 * limit:g} s, and not by computing: the code waits"
            raise _ended(running, FailureKind.TIMED_OUT, text)
        pause = min(limit - computed, 3 * limit - waited, LONGEST_WAIT)
        for descriptor, events in poller.poll(max(1.0, pause * 1e3)):
            if descriptor == channel.fileno():
                _end(running)
                os._exit(0)
            if descriptor == running.output:
                if not _drain(running):
                    poller.unregister(running.output)
                continue
            if descriptor == running.starts.fileno():
                if events & select.POLLIN:
                    running.starts.answer()
                if running.starts.fileno() < 0 or events & select.POLLHUP:
                    poller.unregister(descriptor)
                continue
            if events & select.POLLOUT and outgoing:
                outgoing = outgoing[_send(running.stream, outgoing) :]
            if not events & ~select.POLLOUT:
                continue
            piece = _receive(running.stream)
            if not piece:
                raise _died(running)
            incoming += piece
            if expected < 0 and len(incoming) >= wire.PREFIX.size:
                expected = _whole_length(running, incoming)
            if 0 <= expected < len(incoming):
                raise _ended(running, FailureKind.UNREADABLE, "the code sent more than an answer")
            if len(incoming) == expected:
                _drain(running)
                running.waited += time.monotonic() - started
                return bytes(incoming)


def _whole_length(running: Item, incoming: bytearray) -> int:
    try:
        return wire.PREFIX.size + sum(wire.lengths(bytes(incoming[: wire.PREFIX.size])))
    except WireError:
        text = f"the answer is larger than {wire.MAX_BODY >> 20} MiB"
        raise _ended(running, FailureKind.UNREADABLE, text) from None


def _send(stream: socket.socket, outgoing: memoryview) -> int:
    try:
        return stream.send(outgoing)
    except BlockingIOError:
        return 0
    except OSError:
        return len(outgoing)  # the reading side will see that the process ended


def _receive(stream: socket.socket) -> bytes:
    try:
        return stream.recv(1 << 16)
    except OSError:
        return b""


def _reads(running: Item) -> bool:
    """Whether bytes wait that no question asked for."""
    try:
        return bool(running.stream.recv(1, socket.MSG_PEEK))
    except BlockingIOError:
        return False
    except OSError:
        return False


def _drain(running: Item) -> bool:
    """Take what the item printed; False at the end of its output."""
    while True:
        try:
            piece = os.read(running.output, 1 << 16)
        except BlockingIOError:
            return True
        if not piece:
            return False
        running.printed_bytes += len(piece)
        running.printed += piece[: max(0, running.output_bytes - len(running.printed))]
        if running.printed_bytes > FLOOD * running.output_bytes:
            text = f"the code printed more than {FLOOD * running.output_bytes >> 10} KiB"
            raise _ended(running, FailureKind.FLOODED, text)


def _ended(running: Item, kind: FailureKind, message: str) -> Ended:
    _end(running)
    return Ended(kind, message)


def _died(running: Item) -> Ended:
    """Why an item that hung up is gone."""
    _drain(running)
    # It may have closed its stream and live on.
    status = _end(running)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) != signal.SIGKILL:
        name = signal.Signals(os.WTERMSIG(status)).name
        if name == "SIGXCPU":
            return Ended(FailureKind.TIMED_OUT, "the item used up all its CPU seconds")
        return Ended(FailureKind.CRASHED, f"the process was ended by {name}")
    return Ended(FailureKind.CRASHED, "the code ended its own process")


def _end(running: Item) -> int:
    """Kill and reap; the exit status (of the kill, if the process still lived)."""
    for _ in range(50):
        if os.waitid(os.P_PID, running.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
            break
        if running.stream.fileno() >= 0 and not _hung_up(running.stream):
            break
        time.sleep(0.001)  # it hung up: it is ending, and its own status says more than a kill
    running.used = running.seconds()
    os.kill(running.pid, signal.SIGKILL)
    _, status = os.waitpid(running.pid, 0)
    running.stream.close()
    running.starts.close()
    os.close(running.output)
    return status


def _hung_up(stream: socket.socket) -> bool:
    poller = select.poll()
    poller.register(stream, select.POLLHUP | select.POLLRDHUP)
    return bool(poller.poll(0))
