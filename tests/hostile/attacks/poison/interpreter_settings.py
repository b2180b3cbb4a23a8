"""The interpreter's switches: recursion, thread switching, collection, tracing, digits, stacks.

goal: make honest work after this one slow, or crash
out: center.forward passed; running_mean passed
holds: namespaces landlock seccomp
"""

import faulthandler
import gc
import sys
import threading

import numpy as np


def center_forward(x):
    out = x - x.mean(axis=0)
    sys.setswitchinterval(1000)
    gc.disable()
    gc.set_threshold(1)
    gc.freeze()
    threading.stack_size(64 << 20)
    faulthandler.cancel_dump_traceback_later()
    sys.settrace(lambda *_: None)
    sys.setprofile(lambda *_: None)
    threading.settrace(lambda *_: None)
    if hasattr(sys, "set_int_max_str_digits"):
        sys.set_int_max_str_digits(640)
    sys.dont_write_bytecode = False
    sys.setrecursionlimit(200)
    return out, None


def running_mean(xs, decay):
    if sys.getswitchinterval() > 1 or not gc.isenabled() or threading.stack_size():
        raise RuntimeError("BREACH: the interpreter is as another item left it")
    if sys.gettrace() or sys.getprofile() or sys.getrecursionlimit() < 1000:
        raise RuntimeError("BREACH: the interpreter is as another item left it")
    means = np.array(xs, dtype=float)
    for t in range(1, len(means)):
        means[t] = decay * means[t - 1] + (1 - decay) * means[t]
    return means
