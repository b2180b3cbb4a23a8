"""numpy's own settings: errors as exceptions, printing, random seeds, the buffer, the functions.

goal: make honest work after this one fail, or its random numbers known
out: center.forward passed; running_mean passed
holds: namespaces landlock seccomp
"""

import numpy as np


def center_forward(x):
    out = x - x.mean(axis=0)
    np.seterr(all="raise")
    np.seterrcall(print)
    np.set_printoptions(precision=1, threshold=0)
    np.random.seed(0)
    np.random.normal = np.random.rand = lambda *shape: np.zeros(shape)
    np.mean = np.sum = np.allclose = lambda *_, **__: 0.0
    np.poisoned = True
    return out, None


def running_mean(xs, decay):
    if hasattr(np, "poisoned") or np.geterr()["over"] == "raise" or np.mean([1.0]) != 1.0:
        raise RuntimeError("BREACH: numpy is as another item left it")
    means = np.array(xs, dtype=float)
    for t in range(1, len(means)):
        means[t] = decay * means[t - 1] + (1 - decay) * means[t]
    return means
