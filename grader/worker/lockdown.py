"""What a process gives up before strangers' code runs in it, step by step (Linux).

The order matters: `become` first (it makes the kernel forget `die_with_parent` and sets the
process dumpable or not by its own rules), then `die_with_parent`, `undumpable`,
`close_descriptors_except`, `drop_capabilities`, `no_new_privileges`, `limit`, then Landlock, and
the seccomp filter last, since it refuses most of these. Every step raises an OSError that begins
with its name.
"""

from __future__ import annotations

import errno
import mmap
import os
import resource
import struct
from collections.abc import Iterable

from grader.worker.syscalls import call

# linux/prctl.h
_PARENT_DEATH_SIGNAL, _SET_DUMPABLE, _DROP_BOUNDING = 1, 4, 24
_NO_NEW_PRIVILEGES, _AMBIENT, _AMBIENT_CLEAR = 38, 47, 4
# linux/capability.h
_CAPABILITY_VERSION_3 = 0x20080522
_CLONE_THREAD = 0x00010000

_STACK_BYTES = 8 << 20
_DESCRIPTORS = 64
_PENDING_SIGNALS = 64


def become(uid: int) -> None:
    """Turn from root into the user and group `uid`, of no other group, with no way back.

    Raises: OSError `become: …`, also where the kernel said yes and the ids are others.
    """
    try:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
    except OSError as error:
        raise OSError(error.errno, f"become {uid}: {error.strerror}") from None
    if os.getresuid() != (uid,) * 3 or os.getresgid() != (uid,) * 3:
        raise OSError(errno.EPERM, f"become {uid}: still {os.getresuid()}, {os.getresgid()}")


def die_with_parent(parent: int | None = None) -> None:
    """Have the kernel kill this process when the one that forked it ends.

    Args:
        parent: its pid, to notice that it ended before this call; None where pids say nothing,
            as over the border of a pid namespace.
    Raises: OSError `die_with_parent: …`.
    """
    call("prctl", _PARENT_DEATH_SIGNAL, 9, 0, 0, 0, step="die_with_parent")
    if parent is not None and os.getppid() != parent:
        raise OSError(errno.ESRCH, f"die_with_parent: {parent} has ended already")


def undumpable() -> None:
    """Let no process of the same user trace this one or read its memory; no core file either."""
    call("prctl", _SET_DUMPABLE, 0, 0, 0, 0, step="undumpable")


def no_new_privileges() -> None:
    """Give up setuid programs for good; Landlock and seccomp demand it of users without rights."""
    call("prctl", _NO_NEW_PRIVILEGES, 1, 0, 0, 0, step="no_new_privileges")


def close_descriptors_except(keep: Iterable[int]) -> None:
    """Close every descriptor from 3 on that is not in `keep`.

    Raises: OSError `close_descriptors: …`.
    """
    first = 3
    for kept in sorted({descriptor for descriptor in keep if descriptor >= 3}):
        _close_range(first, kept - 1)
        first = kept + 1
    _close_range(first, 0xFFFFFFFF)


def drop_capabilities() -> None:
    """Give up every capability in every set; uid 0 is then a user who owns root's files.

    Raises: OSError `drop_capabilities: …`.
    """
    call("prctl", _AMBIENT, _AMBIENT_CLEAR, 0, 0, 0, step="drop_capabilities ambient")
    for capability in range(64):
        try:
            call("prctl", _DROP_BOUNDING, capability, 0, 0, 0, step="drop_capabilities bounding")
        except OSError as error:
            # EINVAL: past the last one. EPERM: no CAP_SETPCAP; without exec, which no_new_privs
            # and the filter see to, the bounding set gives nothing.
            if error.errno in (errno.EINVAL, errno.EPERM):
                break
            raise
    header = struct.pack("=Ii", _CAPABILITY_VERSION_3, 0)
    call("capset", header, bytes(24), step="drop_capabilities")


def single_threaded() -> bool:
    """Whether this process has one thread, the kernel's own count; works without /proc.

    A process that ever computed on two threads leaves children that hang, so a zygote asks.
    """
    try:
        # Unsharing a thread group does nothing, and is refused to a process of several threads.
        call("unshare", _CLONE_THREAD, step="single_threaded")
    except OSError as error:
        if error.errno == errno.EINVAL:
            return False
        raise
    return True


def vm_data_bytes() -> int:
    """What RLIMIT_DATA counts in this process now (VmData of /proc/self/status), in bytes.

    Measured by lowering the limit until one page more is refused, because a box has no /proc. For
    a process of one thread: another one's allocations could fail meanwhile.

    Raises: OSError `vm_data: …`.
    """
    return _in_use("DATA", step="vm_data")


def vm_size_bytes() -> int:
    """What RLIMIT_AS counts in this process now (VmSize), in bytes; as `vm_data_bytes`."""
    return _in_use("AS", step="vm_size")


def limit(
    *,
    memory_bytes: int,
    cpu_seconds: int,
    address_bytes: int | None = None,
    tasks: int | None = None,
) -> None:
    """Bound what this process may use; no file can grow, no core is written.

    The memory that a program can write to is bound by RLIMIT_DATA, and fails as a MemoryError. It
    can be outwitted: pages that were filled and then made read-only no longer count. So the whole
    address space gets a bound too, with room for what honest code merely reserves (64 MiB for the
    heap of each thread). A bound that is lower already stays.

    Args:
        memory_bytes: what may be written to in all: `vm_data_bytes()` of the warm parent, which
            an item inherits, and the item's own budget on top.
        cpu_seconds: a backstop; the box's own deadline is shorter and says more.
        address_bytes: the same of `vm_size_bytes()`, budget and room; None where a driver reserves
            address space at will.
        tasks: how many processes and threads the user may have; only for a throw-away user, since
            it counts all that the user runs. None leaves it.
    Raises: OSError `limit RLIMIT_…: …`.
    """
    bounds = {
        "CORE": 0,
        "FSIZE": 0,
        "NOFILE": _DESCRIPTORS,
        "STACK": _STACK_BYTES,
        "MEMLOCK": 0,
        "MSGQUEUE": 0,
        "SIGPENDING": _PENDING_SIGNALS,
        "DATA": memory_bytes,
    }
    if address_bytes is not None:
        bounds["AS"] = address_bytes
    if tasks is not None:
        bounds["NPROC"] = tasks
    for name, bound in bounds.items():
        _lower(name, bound, bound)
    # One second between the signal that Python could turn into an exception and the kill.
    _lower("CPU", cpu_seconds, cpu_seconds + 1)


def _lower(name: str, soft: int, hard: int) -> None:
    present = resource.getrlimit(getattr(resource, f"RLIMIT_{name}"))[1]
    if present != resource.RLIM_INFINITY:
        soft, hard = min(soft, present), min(hard, present)
    _set_limit(name, soft, hard, step="limit")


def _set_limit(name: str, soft: int, hard: int, *, step: str) -> None:
    try:
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (soft, hard))
    except (OSError, ValueError) as error:  # Python turns the kernel's EPERM into a ValueError
        code = getattr(error, "errno", None) or errno.EPERM
        raise OSError(code, f"{step} RLIMIT_{name}: {error}") from None


def _in_use(name: str, *, step: str) -> int:
    soft, hard = resource.getrlimit(getattr(resource, f"RLIMIT_{name}"))
    page = mmap.PAGESIZE
    low, high = 0, page

    def fits(bound: int) -> bool:
        if hard != resource.RLIM_INFINITY and bound > hard:
            raise OSError(errno.ENOMEM, f"{step}: this process is at its hard limit already")
        _set_limit(name, bound, hard, step=step)
        return _one_page_more(step)

    try:
        while not fits(high):
            low, high = high, 2 * high
        while high - low > page:
            middle = (low + high) // 2 // page * page
            low, high = (low, middle) if fits(middle) else (middle, high)
    finally:
        _set_limit(name, soft, hard, step=step)
    return high - page


def _one_page_more(step: str) -> bool:
    writable = mmap.PROT_READ | mmap.PROT_WRITE
    private = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS
    try:
        address = call("mmap", 0, mmap.PAGESIZE, writable, private, -1, 0, step=step)
    except OSError as error:
        if error.errno == errno.ENOMEM:
            return False
        raise
    call("munmap", address, mmap.PAGESIZE, step=step)
    return True


def _close_range(first: int, last: int) -> None:
    if first > last:
        return
    try:
        call("close_range", first, last, 0, step="close_descriptors")
    except OSError as error:
        if error.errno != errno.ENOSYS:  # kernels before 5.9
            raise
        ceiling = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        os.closerange(first, min(last + 1, ceiling))
