"""The solution, looked for upwards from every path that is known, and where it really lies.

goal: run the reference in place of one's own functions
out: center.forward failed mismatch; center.backward failed mismatch; running_mean failed mismatch
holds: namespaces landlock seccomp
source: PEERS.md section 4: PrairieLearn #5184; Gradescope, tests in the container of the student
"""

import os
import sys

import numpy as np


def look():
    starts = ["{{REFERENCE}}", os.getcwd(), sys.executable, sys.prefix, *sys.path, look.__code__.co_filename]
    frame = sys._getframe()
    while frame:
        starts.append(frame.f_code.co_filename)
        frame = frame.f_back
    for start in filter(None, starts):
        folder = os.path.abspath(start)
        while True:
            for name in ("vectors/vectors.py", "reference/vectors/vectors.py", "vectors/checks.py"):
                try:
                    with open(os.path.join(folder, name)) as file:
                        text = file.read()
                except OSError:
                    continue
                raise RuntimeError(f"BREACH: read {folder}/{name}: {text[:40]}")
            if folder == os.path.dirname(folder):
                break
            folder = os.path.dirname(folder)


def center_forward(x):
    look()
    return np.zeros_like(x), None


def center_backward(dout, cache):
    return np.zeros_like(dout)


def running_mean(xs, decay):
    look()
    return np.zeros_like(xs)
