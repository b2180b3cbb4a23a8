"""Warnings as errors, for every later line of this process, and a logging that raises.

goal: make honest work after this one fail
out: center.forward passed; running_mean passed
holds: namespaces landlock seccomp
"""

import sys
import warnings

import numpy as np

try:
    import logging
except ImportError:  # where no file can be read
    logging = None


def raising(*_, **__):
    raise ValueError("poisoned")


def center_forward(x):
    out = x - x.mean(axis=0)
    warnings.simplefilter("error")
    warnings.warn = warnings.showwarning = raising
    sys.warnoptions.append("error")
    if logging is not None:
        logging.raiseExceptions = True
        logging.Logger.handle = logging.Handler.handle = raising
        logging.disable(-1)
    return out, None


def running_mean(xs, decay):
    warnings.warn("a warning costs nothing", stacklevel=1)
    if logging is not None:
        logging.getLogger("student").warning("nor does this")
    if "error" in sys.warnoptions:
        raise RuntimeError("BREACH: warnings are as another item left them")
    means = np.array(xs, dtype=float)
    for t in range(1, len(means)):
        means[t] = decay * means[t - 1] + (1 - decay) * means[t]
    return means
