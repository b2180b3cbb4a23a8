"""The judge's own modules, imported, read as files, compiled files and through their loaders.

goal: the checks, the secret, the place of the records
out: center.forward failed mismatch; center.backward failed mismatch; running_mean failed mismatch
holds: namespaces landlock seccomp
"""

import importlib
import os
import sys

import numpy as np

NAMES = ("secret", "batch", "grade", "store", "checking.expect", "checking.source", "sandbox.box")


def look():
    places = [path for path in sys.path if os.path.isdir(path)]
    frame = sys._getframe()
    while frame:
        parts = frame.f_code.co_filename.split("/")
        places += ["/".join(parts[:-depth]) for depth in (1, 2, 3)]
        frame = frame.f_back
    for name in NAMES:
        try:
            found = vars(importlib.import_module(f"grader.{name}"))
        except ImportError:
            found = {}
        # An inert stand-in of that name is there; it has no functions and no file.
        if "__file__" in found or any(hasattr(value, "__code__") for value in found.values()):
            raise RuntimeError(f"BREACH: imported grader.{name}")
        for place in filter(None, places):
            for tail in (f"grader/{name}", f"{name}"):
                path = f"{place}/{tail.replace('.', '/')}.py"
                try:
                    with open(path) as file:
                        file.read()
                except OSError:
                    continue
                raise RuntimeError(f"BREACH: read {path}")


def center_forward(x):
    look()
    return np.zeros_like(x), None


def center_backward(dout, cache):
    return np.zeros_like(dout)


def running_mean(xs, decay):
    return np.zeros_like(xs)
