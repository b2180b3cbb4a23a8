"""Writable mappings of every sort: private, shared, of /dev/zero, growing downwards, droppable.

goal: memory that the limit on data does not count
out: running_mean passed
holds: namespaces landlock seccomp
"""

import ctypes
import mmap
import os

import numpy as np

SIZE = 16 << 20
MOST = (256 + 64) << 20  # the assignment's limit, and some that the allocator had to spare
LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.mmap.restype = ctypes.c_void_p


def take(flags, descriptor=-1):
    held = []
    while len(held) * SIZE <= MOST:
        address = LIBC.mmap(None, ctypes.c_size_t(SIZE), 3, flags, descriptor, ctypes.c_long(0))
        if address == ctypes.c_void_p(-1).value:
            break
        held.append(address)
    else:
        raise RuntimeError(f"BREACH: mapped {len(held) * SIZE >> 20} MiB with {flags:#x}")
    for address in held:
        LIBC.munmap(ctypes.c_void_p(address), ctypes.c_size_t(SIZE))


def running_mean(xs, decay):
    private, shared, anonymous = mmap.MAP_PRIVATE, mmap.MAP_SHARED, mmap.MAP_ANONYMOUS
    # MAP_SHARED_VALIDATE, MAP_GROWSDOWN, MAP_STACK, MAP_HUGETLB, MAP_NORESERVE, MAP_DROPPABLE
    for flags in (private, shared, 3, private | 0x100, shared | 0x100, shared | 0x20000, 8, 9):
        for also in (0, 0x40000, 0x4000):
            take(flags | also | anonymous)
    for flags in (private, shared, 3):
        for name, how in (("/dev/zero", os.O_RDONLY), ("/dev/zero", os.O_RDWR), ("m", os.O_RDWR)):
            try:
                descriptor = os.open(name, how)
            except OSError:
                continue
            take(flags, descriptor)
            os.close(descriptor)
    means = np.array(xs, dtype=float)
    for t in range(1, len(means)):
        means[t] = decay * means[t - 1] + (1 - decay) * means[t]
    return means
