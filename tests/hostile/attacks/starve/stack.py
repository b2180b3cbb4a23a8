"""Recursion without end, in Python and in C, with the interpreter's own limit lifted.

goal: grow the stack into memory that nobody counts, or crash whoever reads the answer
out: center.forward failed out_of_memory/crashed/raised/timed_out; running_mean failed crashed
holds: namespaces landlock seccomp process
"""

import os
import sys


def deeper(depth):
    return deeper(depth + 1)


def center_forward(x):
    sys.setrecursionlimit(1 << 30)
    return deeper(0)


def running_mean(xs, decay):
    sys.setrecursionlimit(1 << 30)
    nested = ()
    for _ in range(1_000_000):
        nested = (nested,)
    try:
        hash(nested)
    finally:
        os.abort()  # where C's own recursion is bounded, the end is the same
