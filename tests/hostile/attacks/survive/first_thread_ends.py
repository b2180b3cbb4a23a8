"""The first thread ends alone; those that it started live on in a process that looks dead.

goal: a process that nobody can wait for
out: running_mean failed timed_out/crashed
holds: namespaces landlock seccomp
"""

import ctypes
import os
import threading


def live_on():
    while True:
        os.getpid()


def running_mean(xs, decay):
    library = ctypes.PyDLL(None, use_errno=True)
    for _ in range(4):
        threading.Thread(target=live_on, daemon=True).start()
    # exit, which ends a thread; exit_group is another call.
    ctypes.CDLL(None).syscall(60 if os.uname().machine == "x86_64" else 93, 0)
    library.pthread_exit(None)
