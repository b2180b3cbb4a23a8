"""The x32 numbers of the same calls: 0x40000000 and the number; some filters compare for equality.

goal: a socket by a number that the filter does not know
out: running_mean failed crashed
holds: namespaces landlock seccomp
source: man 2 seccomp, on x32 and deny-lists
"""

import ctypes
import os


def running_mean(xs, decay):
    if os.uname().machine != "x86_64":
        os.abort()
    library = ctypes.CDLL(None, use_errno=True)
    result = library.syscall(0x40000000 | 41, 2, 1, 0)
    raise RuntimeError(f"BREACH: the x32 socket call came back with {result}")
