"""Every descriptor up to 4096: files, folders and sockets of the judge that were left open.

goal: a folder descriptor out of the box, or the judge's own socket
out: center.forward failed mismatch; center.backward failed mismatch; running_mean failed mismatch
holds: namespaces landlock seccomp
"""

import os

import numpy as np


def look():
    for descriptor in range(4, 4096):
        try:
            os.dup(descriptor)
        except OSError:
            continue
        raise RuntimeError(f"BREACH: descriptor {descriptor} is open")
    try:
        if os.read(0, 1):
            raise RuntimeError("BREACH: something to read on descriptor 0")
    except OSError:
        pass
    for descriptor in (0, 1, 2, 3):
        try:
            os.close(os.open("notes.txt", os.O_RDONLY, dir_fd=descriptor))
        except OSError:
            continue
        raise RuntimeError(f"BREACH: descriptor {descriptor} is a folder")


def center_forward(x):
    look()
    return np.zeros_like(x), None


def center_backward(dout, cache):
    return np.zeros_like(dout)


def running_mean(xs, decay):
    return np.zeros_like(xs)
