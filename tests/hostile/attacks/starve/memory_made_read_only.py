"""Pages that were filled and then made read-only, and shared pages of zeros: neither is data.

goal: memory that the limit on data does not count
out: running_mean failed mismatch/timed_out
holds: namespaces landlock seccomp
"""

import ctypes
import mmap
import os

SIZE = 64 << 20
# What a box gives in address space beyond the assignment's limit; more must not be had.
MOST = (256 << 20) + (2 << 30)
LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.mmap.restype = ctypes.c_void_p


def running_mean(xs, decay):
    anonymous = (3, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, -1)
    try:
        zeros = (1, mmap.MAP_SHARED, os.open("/dev/zero", os.O_RDONLY))
    except OSError:
        zeros = anonymous
    held = 0
    for protection, flags, descriptor in (anonymous, zeros):
        while True:
            address = LIBC.mmap(
                None, ctypes.c_size_t(SIZE), protection, flags, descriptor, ctypes.c_long(0)
            )
            if address == ctypes.c_void_p(-1).value:
                break
            if protection == 3:
                ctypes.memset(address, 1, SIZE)
                LIBC.mprotect(ctypes.c_void_p(address), ctypes.c_size_t(SIZE), 1)
            held += SIZE
            if held > MOST:
                raise RuntimeError(f"BREACH: held {held >> 20} MiB")
    return xs * float("nan")
