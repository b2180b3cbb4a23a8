"""Threads that compute outside Python's lock, on every processor, while the first one waits.

goal: many times the CPU seconds that one thread is allowed
out: running_mean failed timed_out
holds: namespaces landlock seccomp process
"""

import hashlib
import threading

LONG = bytes(16 << 20)


def burn():
    while True:
        hashlib.sha256(LONG).digest()


def running_mean(xs, decay):
    for _ in range(8):
        threading.Thread(target=burn, daemon=True).start()
    threading.Event().wait()
