"""Which system calls a process may make, as a program for the kernel's seccomp filter.

An item gets an allow-list: what is not on it fails with EPERM, so that Python sees an OSError and
not a death. The box, which is ours, gets a deny-list. Both programs are a linear scan: load the
number, compare, answer; a call that depends on an argument is one block that always answers.
"""

from __future__ import annotations

import ctypes
import errno
import struct
from functools import cache

from grader.worker.syscalls import (
    ABSENT,
    ALLOWED,
    AUDIT_ARCHITECTURE,
    NEWEST,
    NUMBERS,
    OPENING,
    REFUSED,
    call,
)

# linux/bpf_common.h: load a word of the call, jump, return.
_LOAD, _EQUAL, _GREATER, _ANY_BIT, _RETURN = 0x20, 0x15, 0x25, 0x45, 0x06
# linux/seccomp.h: what a filter may return, and where it finds the call.
_KILL, _REFUSE, _ALLOW, _ASK = 0x80000000, 0x00050000, 0x7FFF0000, 0x7FC00000
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
_SET_MODE_FILTER, _ALL_THREADS, _NEW_LISTENER = 1, 1, 8

_LAST_64_BIT_NUMBER = 0x3FFFFFFF  # x32 calls, another view of the same kernel, come above it

# sched.h
_THREAD = 0x00010000
_TRACED_OR_NEW_NAMESPACE = 0x00002000 | 0x00020000 | 0x7E000000
# asm-generic/mman.h
_SHARED, _ANONYMOUS, _GROWS_DOWN = 0x01, 0x20, 0x100
# asm-generic/fcntl.h: write-only, read-write, create, truncate, temporary
_WRITING = 0o1 | 0o2 | 0o100 | 0o1000 | 0o20000000
# create, truncate, temporary
_MAKING = 0o100 | 0o1000 | 0o20000000
# What drivers place their memory with; harmless, but a bound on memory would not see it all.
_OF_DRIVERS = ("mbind", "memfd_create", "set_mempolicy")
# F_DUPFD F_GETFD F_SETFD F_GETFL F_DUPFD_CLOEXEC; F_SETOWN would send signals to others.
_FCNTL = (0, 1, 2, 3, 1030)
# FIOCLEX FIONREAD TCGETS TIOCGWINSZ
_IOCTL = (0x5451, 0x541B, 0x5401, 0x5413)
# PR_GET_DUMPABLE PR_SET_NAME PR_GET_NAME PR_SET_VMA
_PRCTL = (3, 15, 16, 0x53564D41)


def build_filter(*, machine: str, pid: int | None, opening: bool = True) -> bytes:
    """The program that holds an item.

    It allows what arithmetic, threads and reading files need. Another architecture's calls kill;
    a new process, a new program, sockets, tracing, shared anonymous memory (which RLIMIT_DATA does
    not count, nor mappings that grow downwards) and whatever the table does not know are refused.
    A file opened for writing fails as on a read-only file system. All but `pid` is built once.

    Args:
        machine: `x86_64` or `aarch64`, as `os.uname().machine` has it.
        pid: the only process that may be signalled, the item's own; None for no signal at all.
        opening: False takes away every call that names a file (isolation `seccomp`).
    Returns: instructions of 8 bytes, for `install`.
    Raises: ValueError for a machine without a table.
    """
    head, tail = _item_parts(machine, opening)
    if pid is None:
        return head + tail
    numbers = NUMBERS[machine]
    own = _demand((_argument(0), _EQUAL, pid, True))
    # tkill takes a thread; that the main one alone can be named is enough, and safe.
    return head + b"".join(_block(numbers[n], own) for n in ("kill", "tgkill", "tkill")) + tail


def build_box_filter(*, machine: str) -> bytes:
    """The program that holds the box, and through it every item, after the box has set itself up.

    The box is ours: it may still fork, limit, kill and wait for items, make pipes and install the
    item's own filter. It never starts a program, mounts, traces, opens a socket or enters a
    namespace, and calls newer than the table do not exist for it.

    Raises: ValueError for a machine without a table.
    """
    numbers = _numbers(machine)
    parts = [_prologue(machine), _compare(_GREATER, NEWEST, 0, 1), _refuse(errno.ENOSYS)]
    parts.append(_block(numbers["clone3"], [_refuse(errno.ENOSYS)]))
    parts.append(
        _block(numbers["clone"], _demand((_argument(0), _ANY_BIT, _TRACED_OR_NEW_NAMESPACE, False)))
    )
    parts += [_block(numbers[name], [_refuse(errno.EPERM)]) for name in REFUSED if name in numbers]
    return b"".join([*parts, _allow()])


def build_device_filter(*, machine: str, pid: int) -> bytes:
    """The program that holds a process with an accelerator, whose driver asks for much.

    A deny-list, so weaker than an item's: the driver's own calls pass, shared memory and any ioctl
    among them. No new process, no new program, no socket, no tracing, no file made or cut, no
    signal but to `pid`, the process itself. Files that exist are opened for writing where Landlock
    lets them be, which are the device's nodes. That a driver works under it was not tried.

    Raises: ValueError for a machine without a table.
    """
    numbers = _numbers(machine)
    thread = _demand(
        (_argument(0), _ANY_BIT, _THREAD, True),
        (_argument(0), _ANY_BIT, _TRACED_OR_NEW_NAMESPACE, False),
    )
    own = _demand((_argument(0), _EQUAL, pid, True))
    parts = [_prologue(machine), _compare(_GREATER, NEWEST, 0, 1), _refuse(errno.ENOSYS)]
    parts.append(_block(numbers["clone3"], [_refuse(errno.ENOSYS)]))
    parts.append(_block(numbers["clone"], thread))
    parts += [_block(numbers[name], own) for name in ("kill", "tgkill", "tkill")]
    for name, flags in (("open", 1), ("openat", 2)):
        if name in numbers:
            existing = (_argument(flags), _ANY_BIT, _MAKING, False)
            parts.append(_block(numbers[name], _demand(existing, otherwise=errno.EROFS)))
    refused = [name for name in REFUSED if name in numbers and name not in _OF_DRIVERS]
    parts += [_block(numbers[name], [_refuse(errno.EPERM)]) for name in dict.fromkeys(refused)]
    return b"".join([*parts, _allow()])


@cache
def build_asking_filter(*, machine: str) -> bytes:
    """The program that has the kernel ask before every clone, and lets everything else be.

    Raises: ValueError for a machine without a table.
    """
    asked = _block(_numbers(machine)["clone"], [_answer(_ASK)])
    return b"".join([_prologue(machine), asked, _allow()])


def listen(program: bytes) -> int:
    """Put this thread under `program`, which asks; the descriptor on which it does.

    Raises: OSError `seccomp: …`; EACCES without `lockdown.no_new_privileges()` before it, EINVAL on
        kernels that cannot ask, EBUSY where somebody is asked already.
    """
    described, _kept = _described(program)
    return call("seccomp", _SET_MODE_FILTER, _NEW_LISTENER, described)


def install(program: bytes) -> None:
    """Put every thread of this process under `program`, for good.

    Raises: OSError `seccomp: …`; EACCES without `lockdown.no_new_privileges()` before it.
    """
    described, _kept = _described(program)
    straggler = call("seccomp", _SET_MODE_FILTER, _ALL_THREADS, described)
    if straggler:
        raise OSError(errno.ESRCH, f"seccomp: thread {straggler} could not be held")


def _described(program: bytes) -> tuple[bytes, object]:
    """struct sock_fprog: a count, padding, a pointer; and what must live while it is used."""
    instructions = ctypes.create_string_buffer(program, len(program))
    described = struct.pack("HP", len(program) // 8, ctypes.addressof(instructions))
    return described, instructions


@cache
def _item_parts(machine: str, opening: bool) -> tuple[bytes, bytes]:
    numbers = _numbers(machine)
    blocks = {
        "clone": _demand(
            (_argument(0), _ANY_BIT, _THREAD, True),
            (_argument(0), _ANY_BIT, _TRACED_OR_NEW_NAMESPACE, False),
        ),
        "mmap": _private_or_of_a_file(),
        "prlimit64": _demand(  # of oneself, and without new limits: a 64-bit null pointer
            (_argument(0), _EQUAL, 0, True),
            (_argument(2), _EQUAL, 0, True),
            (_argument(2, high=True), _EQUAL, 0, True),
        ),
        "fcntl": _one_of(_argument(1), _FCNTL),
        "ioctl": _one_of(_argument(1), _IOCTL),
        "prctl": _one_of(_argument(0), _PRCTL),
    }
    names = list(ALLOWED)
    if opening:
        names += OPENING
        for name, flags in (("open", 1), ("openat", 2)):
            blocks[name] = _demand(
                (_argument(flags), _ANY_BIT, _WRITING, False), otherwise=errno.EROFS
            )
    tail = [_block(numbers[name], body) for name, body in blocks.items() if name in numbers]
    tail += [_block(numbers[name], [_refuse(errno.ENOSYS)]) for name in ABSENT]
    tail += [_block(numbers[name], [_allow()]) for name in names if name in numbers]
    return _prologue(machine), b"".join([*tail, _refuse(errno.EPERM)])


def _numbers(machine: str) -> dict[str, int]:
    if machine not in NUMBERS:
        raise ValueError(f"no system call table for {machine!r}; known: {', '.join(NUMBERS)}")
    return NUMBERS[machine]


def _prologue(machine: str) -> bytes:
    return b"".join(
        [
            _load(_ARCHITECTURE),
            _compare(_EQUAL, AUDIT_ARCHITECTURE[machine], 1, 0),
            _answer(_KILL),
            _load(_NUMBER),
            _compare(_GREATER, _LAST_64_BIT_NUMBER, 0, 1),
            _answer(_KILL),
        ]
    )


def _block(number: int, body: list[bytes]) -> bytes:
    """`body` for the call of that number; every path through it ends in an answer."""
    return b"".join([_compare(_EQUAL, number, 0, len(body)), *body])


def _demand(*tests: tuple[int, int, int, bool], otherwise: int = errno.EPERM) -> list[bytes]:
    """Allow where every test (word, comparison, value, holds) comes out as it says."""
    body: list[bytes] = []
    for index, (word, comparison, value, holds) in enumerate(tests):
        left = 2 * (len(tests) - 1 - index)  # instructions between this test and the refusal
        if holds:
            body += [_load(word), _compare(comparison, value, 0 if left else 1, left)]
        else:
            body += [_load(word), _compare(comparison, value, left, 0 if left else 1)]
    return [*body, _refuse(otherwise), _allow()]


def _one_of(word: int, values: tuple[int, ...]) -> list[bytes]:
    """Allow where the word is one of the values."""
    body = [_load(word)]
    body += [_compare(_EQUAL, value, len(values) - i, 0) for i, value in enumerate(values)]
    return [*body, _refuse(errno.EPERM), _allow()]


def _private_or_of_a_file() -> list[bytes]:
    """Allow a mapping that RLIMIT_DATA counts, or that is backed by a file."""
    return [
        _load(_argument(3)),
        _compare(_ANY_BIT, _GROWS_DOWN, 2, 0),
        _compare(_ANY_BIT, _ANONYMOUS, 0, 2),
        _compare(_ANY_BIT, _SHARED, 0, 1),
        _refuse(errno.EPERM),
        _allow(),
    ]


def _argument(index: int, *, high: bool = False) -> int:
    """Where the lower (or upper) half of an argument lies; both machines are little-endian."""
    return _ARGUMENTS + 8 * index + (4 if high else 0)


def _load(word: int) -> bytes:
    return _instruction(_LOAD, word)


def _compare(comparison: int, value: int, if_true: int, if_false: int) -> bytes:
    """Jump over so many instructions."""
    return _instruction(comparison, value, if_true, if_false)


def _answer(action: int) -> bytes:
    return _instruction(_RETURN, action)


def _allow() -> bytes:
    return _answer(_ALLOW)


def _refuse(code: int) -> bytes:
    return _answer(_REFUSE | code)


def _instruction(code: int, operand: int, if_true: int = 0, if_false: int = 0) -> bytes:
    """struct sock_filter."""
    return struct.pack("=HBBI", code, if_true, if_false, operand)
