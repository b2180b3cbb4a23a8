"""Timers of every kind: of the process, of POSIX, of Python, of a thread, by descriptor.

goal: code that runs when nobody expects any, at best in the next submission
out: running_mean passed
holds: namespaces landlock seccomp
"""

import ctypes
import os
import signal
import threading

import numpy as np

LIBC = ctypes.CDLL(None, use_errno=True)


def late(*_):
    os.write(2, b"BREACH: a timer went off\n")


def running_mean(xs, decay):
    for number in (signal.SIGALRM, signal.SIGVTALRM, signal.SIGPROF):
        signal.signal(number, late)
    for kind in (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF):
        try:
            signal.setitimer(kind, 0.001, 0.001)
        except OSError:
            continue
        raise RuntimeError(f"BREACH: set timer {kind}")
    timer = ctypes.create_string_buffer(64)
    for name, result in (
        ("timer_create", LIBC.timer_create(0, None, timer)),
        ("timerfd_create", LIBC.timerfd_create(1, 0)),
        ("setitimer", LIBC.setitimer(0, bytes(8) + b"\1" + bytes(23), None)),
    ):
        if result != -1:
            raise RuntimeError(f"BREACH: {name} went through")
    signal.alarm(7)
    if signal.alarm(0) == 7:
        raise RuntimeError("BREACH: set an alarm")
    # Honest code may use this one; it must end with the item.
    threading.Timer(20, late).start()
    means = np.array(xs, dtype=float)
    for t in range(1, len(means)):
        means[t] = decay * means[t - 1] + (1 - decay) * means[t]
    return means
