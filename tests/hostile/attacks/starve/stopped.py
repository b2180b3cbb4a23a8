"""SIGSTOP to itself, by four ways to send it: a process that neither computes nor ends.

goal: outlive a deadline that counts CPU seconds
out: running_mean failed timed_out
holds: namespaces landlock seccomp
"""

import ctypes
import os
import signal


def running_mean(xs, decay):
    signal.raise_signal(signal.SIGSTOP)
    os.kill(os.getpid(), signal.SIGSTOP)
    os.kill(os.getpid(), signal.SIGTSTP)
    signal.pthread_kill(ctypes.CDLL(None).pthread_self(), signal.SIGSTOP)
