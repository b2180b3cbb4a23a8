"""The same sockets past Python, by the kernel's numbers, and by the box's own stream as a socket.

goal: a connection out of the box that no patch of Python could have refused
out: running_mean passed
holds: namespaces landlock seccomp
"""

import ctypes
import os

import numpy as np

LIBC = ctypes.CDLL(None, use_errno=True)
# x86_64, aarch64
NUMBERS = {
    "socket": (41, 198),
    "socketpair": (53, 199),
    "connect": (42, 203),
    "bind": (49, 200),
    "listen": (50, 201),
    "accept4": (288, 242),
    "sendto": (44, 206),
    "sendmsg": (46, 211),
    "sendmmsg": (307, 269),
    "recvfrom": (45, 207),
    "recvmsg": (47, 212),
    "getpeername": (52, 205),
    "setsockopt": (54, 208),
    "shutdown": (48, 210),
}


def running_mean(xs, decay):
    column = 0 if os.uname().machine == "x86_64" else 1
    space = ctypes.create_string_buffer(64)
    calls = {
        "socket": [(family, kind, 0) for family in (1, 2, 10, 16, 38, 40) for kind in (1, 2, 3)],
        "socketpair": [(1, 1, 0, space)],
        "listen": [(3, 1)],
        "accept4": [(3, None, None, 0)],
        "sendto": [(3, b"x", 0, 0, None, 0)],
        "getpeername": [(3, space, b"\x40\0\0\0")],
        "shutdown": [(3, 0)],
    }
    for name, numbers in NUMBERS.items():
        for arguments in calls.get(name, [(3, space, 64)]):
            if LIBC.syscall(numbers[column], *arguments) != -1:
                raise RuntimeError(f"BREACH: {name}{arguments} was let through")
            if ctypes.get_errno() not in (1, 38):
                raise RuntimeError(f"BREACH: {name} is {os.strerror(ctypes.get_errno())}")
    means = np.array(xs, dtype=float)
    for t in range(1, len(means)):
        means[t] = decay * means[t - 1] + (1 - decay) * means[t]
    return means
