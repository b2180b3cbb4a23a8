"""The whole heap of the item searched for other people's sources, with write() as the probe.

goal: a reference, a record or another's file that a fork of the zygote carried along
out: center.forward failed mismatch; center.backward failed mismatch; running_mean failed mismatch
holds: namespaces landlock seccomp
"""

import os
import re

import numpy as np

# Written so that neither this file nor this program holds what it looks for.
WANTED = re.compile(rb"[r]eturn x - x[.]mean.axis=0., [N]one|[c]anary [0-9a-f]{8}|[G]RADER_SEED")
PAGE, REACH = 4096, 8 << 20
DONE = []


def look():
    try:
        import ctypes
    except ImportError:
        return
    if DONE:
        return
    DONE.append(True)
    libc = ctypes.CDLL(None)
    libc.write.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t]
    for start in (id(object()), id(look), id(os), np.zeros(1 << 18).ctypes.data):
        low = (start - REACH // 2) // PAGE * PAGE
        for address in range(low, low + REACH, PAGE):
            # A page that is not mapped is an error of write, not the end of this process.
            if libc.write(1, address, 1) != 1:
                continue
            if found := WANTED.search(ctypes.string_at(address, PAGE)):
                raise RuntimeError(f"BREACH: found {found[0]!r}")


def center_forward(x):
    look()
    return np.zeros_like(x), None


def center_backward(dout, cache):
    return np.zeros_like(dout)


def running_mean(xs, decay):
    return np.zeros_like(xs)
