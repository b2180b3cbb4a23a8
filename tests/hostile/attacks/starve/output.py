"""Output without end on both streams, by Python and past it, without a single line's end.

goal: fill the disk with logs, or the judge's memory with one line
out: center.forward failed flooded; running_mean failed flooded
holds: namespaces landlock seccomp process
"""

import os
import sys


def center_forward(x):
    while True:
        print("x" * 4096, end="", file=sys.stderr)


def running_mean(xs, decay):
    while True:
        os.write(1, b"\0\x1b[31m\xff" * 10_000)
