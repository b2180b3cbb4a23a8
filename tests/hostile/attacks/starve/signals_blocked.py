"""Every signal blocked and ignored, and asleep in one call.

goal: outlive a deadline that only knocks
out: running_mean failed timed_out
holds: namespaces landlock seccomp process
"""

import signal
import time


def running_mean(xs, decay):
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        try:
            signal.signal(number, signal.SIG_IGN)
        except OSError:
            continue
    signal.pthread_sigmask(signal.SIG_SETMASK, signal.valid_signals())
    time.sleep(10_000)
