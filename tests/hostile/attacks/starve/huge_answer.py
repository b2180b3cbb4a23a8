"""Answers of 40 MiB, of 2**40 numbers that are all the same one, and of many that are large.

goal: have the judge allocate what the answer says
out: center.forward failed unreadable; running_mean failed unreadable/out_of_memory
holds: namespaces landlock seccomp process
"""

import numpy as np


def center_forward(x):
    return np.zeros(5 << 20), None


def running_mean(xs, decay):
    return np.broadcast_to(np.float64(0.0), (1 << 40,))
