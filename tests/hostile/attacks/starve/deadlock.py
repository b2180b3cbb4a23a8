"""A lock taken twice, with a second thread that waits for the first and the first for it.

goal: a process that waits for ever and uses no time
out: running_mean failed timed_out
holds: namespaces landlock seccomp process
"""

import threading


def running_mean(xs, decay):
    one, other = threading.Lock(), threading.Lock()
    one.acquire()

    def wait():
        other.acquire()
        one.acquire()

    threading.Thread(target=wait).start()
    other.acquire()
    other.acquire()
