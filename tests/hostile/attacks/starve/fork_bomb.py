"""New processes by fork, vfork, forkpty and the clone call, threads' bits left out.

goal: fill the process table until nobody else can start anything
out: running_mean passed
holds: namespaces landlock seccomp
"""

import ctypes
import os

import numpy as np

LIBC = ctypes.CDLL(None, use_errno=True)


def clone(flags):
    number = 56 if os.uname().machine == "x86_64" else 220
    if (pid := LIBC.syscall(number, ctypes.c_long(flags), 0, 0, 0, 0)) < 0:
        raise OSError(ctypes.get_errno(), "clone")
    return pid


def running_mean(xs, decay):
    # SIGCHLD as a fork has it; the parent's parent as parent; no signal; borrowed memory; a pidfd.
    flags = (17, 17 | 0x8000, 0, 17 | 0x100 | 0x4000, 17 | 0x1000)
    starts = [os.fork, os.forkpty, *(lambda flag=flag: clone(flag) for flag in flags)]
    for _ in range(20):
        for start in starts:
            try:
                child = start()
            except OSError:
                continue
            if (child[0] if isinstance(child, tuple) else child) == 0:
                os._exit(0)
            raise RuntimeError("BREACH: started a process")
    means = np.array(xs, dtype=float)
    for t in range(1, len(means)):
        means[t] = decay * means[t - 1] + (1 - decay) * means[t]
    return means
