"""The worker's own functions, found by collecting everything, and replaced for whoever comes next.

goal: a worker that answers for everybody what one student wants
out: center.forward passed; running_mean passed
holds: namespaces landlock seccomp
"""

import gc
import sys
import types

import numpy as np

OURS = ("grader.worker.item", "grader.worker.held", "grader.wire", "grader.questions")


def found():
    frame, seen = sys._getframe(), []
    while frame is not None:
        seen.append(frame.f_globals)
        frame = frame.f_back
    seen += [vars(one) for one in gc.get_objects() if isinstance(one, types.ModuleType)]
    for one in [*seen]:
        seen += [vars(part) for part in one.values() if isinstance(part, types.ModuleType)]
    return [one for one in seen if one.get("__name__") in OURS]


def center_forward(x):
    out = x - x.mean(axis=0)
    for one in found():
        one["poisoned"] = True
        for name in ("pack_answer", "seed_everything", "LookupError"):
            one[name] = (lambda old: lambda *_: old(*_))(one.get(name, dict))
    return out, None


def running_mean(xs, decay):
    if any("poisoned" in one for one in found()):
        raise RuntimeError("BREACH: the worker is as another item left it")
    means = np.array(xs, dtype=float)
    for t in range(1, len(means)):
        means[t] = decay * means[t - 1] + (1 - decay) * means[t]
    return means
