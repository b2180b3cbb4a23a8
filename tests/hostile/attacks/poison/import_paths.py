"""Where modules come from: path, finders, hooks, caches, and modules that are something else.

goal: numpy of one's own, for everybody who comes after
out: center.forward passed; running_mean passed
holds: namespaces landlock seccomp
"""

import importlib
import sys
import types

import numpy as np


class Mine:
    def find_spec(self, name, path=None, target=None):
        raise ImportError(f"{name} is mine")


def center_forward(x):
    out = x - x.mean(axis=0)
    fake = types.ModuleType("numpy")
    fake.poisoned = True
    for name in ("numpy", "json", "struct", "random", "grader", "grader.wire", "vectors"):
        sys.modules[name] = fake
    sys.path[:] = ["."]
    sys.meta_path.insert(0, Mine())
    sys.path_hooks.insert(0, Mine)
    sys.path_importer_cache.clear()
    importlib.invalidate_caches()
    return out, None


def running_mean(xs, decay):
    if any(hasattr(module, "poisoned") for module in sys.modules.values()) or "." in sys.path:
        raise RuntimeError("BREACH: modules are as another item left them")
    if any(type(finder).__name__ == "Mine" for finder in sys.meta_path):
        raise RuntimeError("BREACH: modules are found as another item left it")
    means = np.array(xs, dtype=float)
    for t in range(1, len(means)):
        means[t] = decay * means[t - 1] + (1 - decay) * means[t]
    return means
