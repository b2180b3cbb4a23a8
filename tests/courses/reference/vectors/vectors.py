"""The solution."""

from __future__ import annotations

import numpy as np


def center_forward(x):
    return x - x.mean(axis=0), None


def center_backward(dout, cache):
    return dout - dout.mean(axis=0)


def running_mean(xs, decay):
    means = np.array(xs, dtype=float)
    for t in range(1, len(means)):
        means[t] = decay * means[t - 1] + (1 - decay) * means[t]
    return means
