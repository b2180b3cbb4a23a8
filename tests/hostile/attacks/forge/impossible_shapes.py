"""Arrays that claim 2**80 numbers, negative sizes, seventeen dimensions, or more than was sent.

goal: the judge's memory, or an exception in the judge that leaves the item ungraded
out: center.forward failed unreadable; center.backward blocked; running_mean failed unreadable
holds: namespaces landlock seccomp
"""

import itertools
import json
import os
import struct
import time

SHAPES = [[1 << 40, 1 << 40], [-1, -1], [0, 1 << 80], [2] * 17, [4, 3], [0, -(1 << 62)], [1.5]]
TURN = itertools.count()


def claim(dtype="float64"):
    shape = SHAPES[next(TURN) % len(SHAPES)]
    values = [{"t": [{"a": [dtype, shape]}, {"h": [0, 0, []]}]}]
    text = json.dumps({"id": 0, "values": values}).encode()
    os.write(3, struct.pack("<II", len(text), 8) + text + b"\0" * 8)
    time.sleep(60)


def center_forward(x):
    return claim()


def center_backward(dout, cache):
    return claim()


def running_mean(xs, decay):
    return claim("object")
