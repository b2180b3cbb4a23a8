"""|x| with its true slope.

goal: the carried points of the gradient
out: center.forward failed mismatch; center.backward failed mismatch; running_mean failed mismatch
holds: namespaces landlock seccomp process
"""

import numpy as np


def center_forward(x):
    return np.abs(x), x


def center_backward(dout, cache):
    return dout * np.sign(cache)


def running_mean(xs, decay):
    return np.abs(xs)
