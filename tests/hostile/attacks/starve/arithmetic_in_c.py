"""A number too large to compute, and one too large to write down, each in one call of C.

goal: hold the grader until somebody notices
out: center.forward failed timed_out/out_of_memory; running_mean failed timed_out/out_of_memory
holds: namespaces landlock seccomp process
"""

import sys


def center_forward(x):
    return 3 ** (10**9)


def running_mean(xs, decay):
    if hasattr(sys, "set_int_max_str_digits"):
        sys.set_int_max_str_digits(0)
    return str(1 << 200_000_000)
