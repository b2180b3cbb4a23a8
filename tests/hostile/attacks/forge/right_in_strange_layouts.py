"""Right answers in Fortran order, with negative and zero strides, swapped bytes and read-only.

goal: none; what looks like an attack and is right must be believed
out: center.forward passed; center.backward passed; running_mean passed
holds: namespaces landlock seccomp process
"""

import numpy as np


def center_forward(x):
    return np.asfortranarray(x - x.mean(axis=0)), memoryview(x)


def center_backward(dout, cache):
    out = dout - dout.mean(axis=0)
    return out[::-1].copy()[::-1]


def running_mean(xs, decay):
    means = np.array(xs, dtype=">f8")
    for t in range(1, len(means)):
        means[t] = decay * means[t - 1] + (1 - decay) * means[t]
    means.flags.writeable = False
    return means
