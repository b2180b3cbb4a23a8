"""Standard streams closed, replaced, crossed: prints into the frames, frames into the prints.

goal: make the next answer unreadable, whoever gives it
out: center.forward failed unreadable/crashed; running_mean passed
holds: namespaces landlock seccomp
"""

import os
import sys

import numpy as np


class Stream:
    def write(self, text):
        raise ValueError("poisoned")

    flush = close = fileno = write


def center_forward(x):
    sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = Stream()
    os.dup2(1, 0)
    os.dup2(3, 1)
    os.dup2(3, 2)
    os.write(1, b"Traceback (most recent call last):\n")
    os.close(2)
    return x - x.mean(axis=0), None


def running_mean(xs, decay):
    print("heard")
    print("and heard", file=sys.stderr, flush=True)
    if sys.stdout is None or type(sys.stdout) is Stream:
        raise RuntimeError("BREACH: streams are as another item left them")
    means = np.array(xs, dtype=float)
    for t in range(1, len(means)):
        means[t] = decay * means[t - 1] + (1 - decay) * means[t]
    return means
