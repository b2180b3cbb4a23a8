"""Limits lowered for good, on oneself and on others, so that what comes next runs into them.

goal: make honest work after this one fail for want of memory, files or time
out: running_mean passed
holds: namespaces landlock seccomp
"""

import os
import resource

import numpy as np

NAMES = [name for name in dir(resource) if name.startswith("RLIMIT_")]


def running_mean(xs, decay):
    for name in NAMES:
        number = getattr(resource, name)
        for set_to in (
            lambda: resource.setrlimit(number, (0, 0)),
            lambda: resource.prlimit(0, number, (0, 0)),
            lambda: resource.prlimit(os.getppid(), number, (0, 0)),
            lambda: resource.prlimit(1, number, (0, 0)),
        ):
            try:
                set_to()
            except (OSError, ValueError):
                continue
            raise RuntimeError(f"BREACH: lowered {name}")
    means = np.array(xs, dtype=float)
    for t in range(1, len(means)):
        means[t] = decay * means[t - 1] + (1 - decay) * means[t]
    return means
