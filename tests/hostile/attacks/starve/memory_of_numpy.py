"""One array of 64 GiB, then many of 16 MiB, each filled.

goal: have the kernel kill the judge for want of memory
out: running_mean failed out_of_memory
holds: namespaces landlock seccomp process
"""

import numpy as np


def running_mean(xs, decay):
    try:
        held = [np.ones(1 << 33)]
    except MemoryError:
        held = []
    while True:
        held.append(np.ones(1 << 21))
