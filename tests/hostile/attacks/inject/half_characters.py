"""Surrogates, in messages, in returned text, in keys and in what is printed.

goal: a report that cannot be written as UTF-8
out: * failed; center.backward blocked
holds: namespaces landlock seccomp process
"""

import sys

HALF = "\ud800\udfff\udc80 passed"


def center_forward(x):
    sys.stdout.buffer.write(b"\xff\xfe\xed\xa0\x80\xc0\x80")
    raise ValueError(HALF)


def center_backward(dout, cache):
    raise ValueError(HALF)


def running_mean(xs, decay):
    return {HALF: HALF, "\ud83d": [HALF]}
