"""Handlers for every signal that can be handled, each of which goes on computing.

goal: turn the kernel's last warning into more time
out: running_mean failed timed_out
holds: namespaces landlock seccomp process
"""

import faulthandler
import signal


def go_on(*_):
    while True:
        pass


def running_mean(xs, decay):
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, go_on)
    faulthandler.enable()
    signal.raise_signal(signal.SIGXCPU)
