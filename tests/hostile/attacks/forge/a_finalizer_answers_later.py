"""A finalizer and a thread that send an answer of their own once the first one has left.

goal: an answer to a question that was not asked yet
out: center.forward failed mismatch/unreadable; center.backward failed/blocked; running_mean failed mismatch/unreadable
holds: namespaces landlock seccomp
"""

import json
import os
import struct
import threading
import weakref

import numpy as np


class Token:
    pass


def later(x):
    def send():
        text = json.dumps({"id": 1, "values": [None, None]}).encode()
        os.write(3, struct.pack("<II", len(text), 0) + text)

    token = Token()
    weakref.finalize(token, send)
    threading.Timer(0.002, send).start()
    return np.zeros_like(x)


def center_forward(x):
    return later(x), None


def center_backward(dout, cache):
    return later(dout)


def running_mean(xs, decay):
    return later(xs)
