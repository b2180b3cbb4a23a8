"""A zip with two works of one name: whoever unpacks it sees the one, the grader may see the other.

goal: one file for the eyes of a person and another for the grader
out: * failed unreadable
holds: namespaces landlock seccomp process
"""

import warnings
import zipfile
from pathlib import Path

RIGHT = """
import numpy as np

def running_mean(xs, decay):
    means = np.array(xs, dtype=float)
    for t in range(1, len(means)):
        means[t] = decay * means[t - 1] + (1 - decay) * means[t]
    return means
"""


def build(folder: Path) -> Path:
    path = folder / "package-one-name-twice.zip"
    with zipfile.ZipFile(path, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for text in (RIGHT, "def running_mean(xs, decay): return xs\n"):
            archive.writestr("vectors.py", text)
    return path
