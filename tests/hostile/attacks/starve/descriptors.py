"""Descriptors until there are no more, of every sort that can be had.

goal: use up the machine's table of open files
out: running_mean passed
holds: namespaces landlock seccomp
"""

import ctypes
import os
import select

import numpy as np

MANY = 256


def running_mean(xs, decay):
    library = ctypes.CDLL(None, use_errno=True)
    ways = {
        "dup": lambda: os.dup(1),
        "dup2": lambda: os.dup2(1, 1000),
        "dup3": lambda: library.dup3(1, 5000, 0),
        "F_DUPFD": lambda: library.fcntl(1, 0, 2000),
        "open": lambda: os.open("/dev/null", os.O_RDONLY),
        "open path": lambda: os.open("/", os.O_PATH),
        "pipe": os.pipe,
        "epoll": select.epoll,
        "eventfd": lambda: library.eventfd(0, 0),
        "signalfd": lambda: library.signalfd(-1, bytes(8), 0),
        "timerfd": lambda: library.timerfd_create(1, 0),
        "openpty": os.openpty,
    }
    held = []
    for name, way in ways.items():
        for _ in range(MANY):
            try:
                found = way()
            except OSError:
                break
            if found == -1:
                break
            held.append(found)
        else:
            raise RuntimeError(f"BREACH: {name} gave {MANY} descriptors")
    for found in held:
        if isinstance(found, int) and found > 3:
            os.close(found)
    means = np.array(xs, dtype=float)
    for t in range(1, len(means)):
        means[t] = decay * means[t - 1] + (1 - decay) * means[t]
    return means
