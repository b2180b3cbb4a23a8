"""The pages that all items inherit: constants and machine code overwritten in place, by address.

goal: the zygote's own copy of a function, changed for everybody
out: center.forward passed; running_mean passed
holds: namespaces landlock seccomp
"""

import ctypes
import math

import numpy as np

LIBC = ctypes.CDLL(None, use_errno=True)
MATHS = ctypes.CDLL("libm.so.6")
# Nobody calls these two here; what matters is that their pages belong to all.
CODE = ctypes.cast(MATHS.y1f, ctypes.c_void_p).value
CONSTANT = id(math.tau) + 16


def center_forward(x):
    out = x - x.mean(axis=0)
    page = CODE & ~4095
    if LIBC.mprotect(ctypes.c_void_p(page), ctypes.c_size_t(8192), 7) == 0:
        ctypes.memset(CODE, 0xCC, 8)
    ctypes.c_double.from_address(CONSTANT).value = 1.0
    return out, None


def running_mean(xs, decay):
    if ctypes.string_at(CODE, 8) == b"\xcc" * 8 or math.tau == 1.0:
        raise RuntimeError("BREACH: memory is as another item left it")
    means = np.array(xs, dtype=float)
    for t in range(1, len(means)):
        means[t] = decay * means[t - 1] + (1 - decay) * means[t]
    return means
