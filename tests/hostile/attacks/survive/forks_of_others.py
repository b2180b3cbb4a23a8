"""Handlers that run where a process forks, and a module that waits to be imported anew.

goal: be in the zygote's next child
out: center.forward passed; running_mean passed
holds: namespaces landlock seccomp
"""

import builtins
import os
import sys

import numpy as np


def infect():
    builtins.infected = True


def center_forward(x):
    os.register_at_fork(before=infect, after_in_parent=infect, after_in_child=infect)
    sys.modules["numpy.infected"] = sys.modules[__name__]
    infect()
    return x - x.mean(axis=0), None


def running_mean(xs, decay):
    if hasattr(builtins, "infected") or "numpy.infected" in sys.modules:
        raise RuntimeError("BREACH: an item is a child of another one")
    means = np.array(xs, dtype=float)
    for t in range(1, len(means)):
        means[t] = decay * means[t - 1] + (1 - decay) * means[t]
    return means
