"""The kernel's keyrings, which belong to a user and outlive its processes.

goal: leave the answers of one item there for the next, or for a friend's submission
out: running_mean passed
holds: namespaces landlock seccomp
"""

import ctypes
import os

import numpy as np

LIBC = ctypes.CDLL(None, use_errno=True)
RINGS = (-1, -2, -3, -4, -5)  # of the thread, the process, the session, the user, both


def running_mean(xs, decay):
    add, request, keyctl = (248, 249, 250) if os.uname().machine == "x86_64" else (217, 218, 219)
    calls = []
    for ring in RINGS:
        calls.append(("add_key", add, b"user", b"{{MARK}}", b"answer", 6, ring))
        calls.append(("request_key", request, b"user", b"{{MARK}}", None, ring))
        calls.append(("keyctl", keyctl, 0, ring, 1))  # its id, made where there is none
        calls.append(("keyctl", keyctl, 11, ring, None, 0))  # read it
    calls.append(("keyctl", keyctl, 1, None))  # join a session
    for name, number, *arguments in calls:
        if LIBC.syscall(number, *arguments) != -1:
            raise RuntimeError(f"BREACH: {name} went through")
        if ctypes.get_errno() not in (1, 38):
            raise RuntimeError(f"BREACH: {name} is {os.strerror(ctypes.get_errno())}")
    means = np.array(xs, dtype=float)
    for t in range(1, len(means)):
        means[t] = decay * means[t - 1] + (1 - decay) * means[t]
    return means
