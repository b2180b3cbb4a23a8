"""The instructor's terminal: type into it, take it, change it.

goal: have the instructor's own shell run a command after grading
out: running_mean passed
holds: namespaces landlock seccomp
source: TIOCSTI, by which su and old sandboxes were left; since Linux 6.2 it can be switched off
"""

import ctypes
import os

import numpy as np

LIBC = ctypes.CDLL(None, use_errno=True)
# TIOCSTI TIOCLINUX TIOCSCTTY TIOCSETD TIOCCONS TIOCSPGRP TCSETS TIOCSWINSZ FIONBIO FIOASYNC
REQUESTS = (0x5412, 0x541C, 0x540E, 0x5423, 0x541D, 0x5410, 0x5402, 0x5414, 0x5421, 0x5452)
NAMES = ("/dev/tty", "/dev/console", "/dev/ptmx", "/dev/pts/ptmx", "/dev/pts/0", "/dev/tty0")


def running_mean(xs, decay):
    letter = ctypes.create_string_buffer(b"\x03" + bytes(63))
    for descriptor in range(4):
        for request in REQUESTS:
            # The upper half of the request is not the kernel's: a filter must not look at it.
            for high in (0, 1 << 32):
                if LIBC.ioctl(descriptor, ctypes.c_ulong(request | high), letter) != -1:
                    raise RuntimeError(f"BREACH: ioctl {request:#x} on {descriptor}")
                if ctypes.get_errno() not in (1, 38):
                    raise RuntimeError(f"BREACH: ioctl {request:#x} reaches {descriptor}")
    for name in NAMES:
        try:
            os.open(name, os.O_RDONLY | os.O_NOCTTY)
        except OSError:
            continue
        raise RuntimeError(f"BREACH: opened {name}")
    means = np.array(xs, dtype=float)
    for t in range(1, len(means)):
        means[t] = decay * means[t - 1] + (1 - decay) * means[t]
    return means
