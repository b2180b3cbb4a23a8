"""Which files a process may read, by the kernel's Landlock; writing, TCP and foreign signals end.

Landlock works without privileges and on a process that already runs. It does not hide that a
file exists, its size or its times: only namespaces do.
"""

from __future__ import annotations

import errno
import os
import stat
import struct
from collections.abc import Sequence

from grader.worker.syscalls import call

# linux/landlock.h
_WRITE_FILE, _READ_FILE, _READ_FOLDER = 1 << 1, 1 << 2, 1 << 3
_CONTROL_DEVICE = 1 << 15  # since 5
_FILE_RIGHTS_OF_ABI = {1: (1 << 13) - 1, 2: 1 << 13, 3: 1 << 14, 5: 1 << 15}
_BIND_AND_CONNECT = 0b11  # since 4
_ABSTRACT_SOCKETS_AND_SIGNALS = 0b11  # since 6
_SILENT = 0b1  # since 7: an item must not fill the kernel's audit log with its denials
_ASK_VERSION, _BENEATH_A_PATH = 1, 1
_NEWEST = 7


def abi() -> int:
    """The version of Landlock that this kernel has, 0 for none; what is above 7 counts as 7."""
    try:
        return min(call("landlock_create_ruleset", None, 0, _ASK_VERSION), _NEWEST)
    except OSError:
        return 0


def prepare(
    readable: Sequence[str], listable: Sequence[str] = (), usable: Sequence[str] = ()
) -> int:
    """Write down what may be read, once; any number of processes can `enter` it later.

    Args:
        readable: files, and folders with all that is in them.
        listable: folders whose names, and those of the folders in them, may be listed, not read.
        usable: nodes of a device, or folders of such, that may be read, written to and controlled.
    Returns: a descriptor, closed on exec.
    Raises: OSError `landlock …` that names the step, and the path where one is at fault; a path
        that does not exist is an error, so that nobody believes it is readable.
    """
    version = abi()
    if not version:
        raise OSError(errno.ENOSYS, "landlock: this kernel has none, or it is switched off")
    handled = sum(bits for since, bits in _FILE_RIGHTS_OF_ABI.items() if since <= version)
    words = [handled]
    if version >= 4:
        words.append(_BIND_AND_CONNECT)
    if version >= 6:
        words.append(_ABSTRACT_SOCKETS_AND_SIGNALS)
    attributes = struct.pack(f"={len(words)}Q", *words)
    ruleset = call(
        "landlock_create_ruleset", attributes, len(attributes), 0, step="landlock ruleset"
    )
    try:
        for path in readable:
            _allow(ruleset, path, _READ_FILE | _READ_FOLDER)
        for path in listable:
            _allow(ruleset, path, _READ_FOLDER)
        rights = _READ_FILE | _READ_FOLDER | _WRITE_FILE | (_CONTROL_DEVICE if version >= 5 else 0)
        for path in usable:
            _allow(ruleset, path, rights)
    except BaseException:
        os.close(ruleset)
        raise
    return ruleset


def enter(ruleset: int) -> None:
    """Put this thread, and all that it will start, under the rules, for good.

    Entered twice, the second is a domain within the first: a process in it can signal and trace
    nothing outside, its own parent included (from version 6 on).

    Raises: OSError `landlock restrict: …`; EPERM without `lockdown.no_new_privileges()` before it.
    """
    flags = _SILENT if abi() >= 7 else 0
    call("landlock_restrict_self", ruleset, flags, step="landlock restrict")


def restrict(
    readable: Sequence[str], listable: Sequence[str] = (), usable: Sequence[str] = ()
) -> None:
    """`prepare` and `enter` in one; see there."""
    ruleset = prepare(readable, listable, usable)
    try:
        enter(ruleset)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError as error:
        raise OSError(error.errno, f"landlock path {path}: {error.strerror}") from None
    try:
        if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            rights &= ~_READ_FOLDER
        # struct landlock_path_beneath_attr is packed.
        rule = struct.pack("=Qi", rights, descriptor)
        call("landlock_add_rule", ruleset, _BENEATH_A_PATH, rule, 0, step=f"landlock path {path}")
    finally:
        os.close(descriptor)
