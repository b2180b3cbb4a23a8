"""A frame whose header claims 4 GiB, and then nothing: the reader is to allocate it, or to wait.

goal: the judge's memory, or its patience
out: center.forward failed unreadable; center.backward blocked; running_mean failed unreadable
holds: namespaces landlock seccomp
"""

import os
import time


def claim():
    os.write(3, b"\xff" * 8 + b"{")
    time.sleep(60)


def center_forward(x):
    return claim(), None


def center_backward(dout, cache):
    return claim()


def running_mean(xs, decay):
    return claim()
