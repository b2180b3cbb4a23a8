"""Threads of Python with the smallest stacks, each asleep.

goal: fill the process table with threads; a process's CPU clock does not see those that sleep
out: running_mean passed
holds: namespaces landlock seccomp
"""

import threading

import numpy as np

MANY = 2000


def running_mean(xs, decay):
    threading.stack_size(32 << 10)
    never = threading.Event()
    try:
        while threading.active_count() <= MANY:
            threading.Thread(target=never.wait, daemon=True).start()
    except (RuntimeError, MemoryError):
        pass
    if threading.active_count() > MANY:
        raise RuntimeError(f"BREACH: {threading.active_count()} threads at once")
    never.set()
    means = np.array(xs, dtype=float)
    for t in range(1, len(means)):
        means[t] = decay * means[t - 1] + (1 - decay) * means[t]
    return means
