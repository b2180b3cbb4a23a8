"""A zip whose work is wrong when it is read, and right by the time it is graded.

goal: a digest of one work under the points of another
out: running_mean failed mismatch
holds: namespaces landlock seccomp process
"""

import zipfile
from pathlib import Path

NAME = "package-zip-replaced-after-the-digest.zip"
RIGHT = """
import numpy as np

def running_mean(xs, decay):
    means = np.array(xs, dtype=float)
    for t in range(1, len(means)):
        means[t] = decay * means[t - 1] + (1 - decay) * means[t]
    return means
"""


def build(folder: Path) -> Path:
    with zipfile.ZipFile(folder / NAME, "w") as archive:
        archive.writestr("vectors.py", "def running_mean(xs, decay): return xs * 2\n")
    return folder / NAME


def meanwhile(packages: Path) -> None:
    """What the student does between reading and grading."""
    path = packages / Path(__file__).stem / NAME
    path.unlink()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("vectors.py", RIGHT)
        archive.writestr("answers.yaml", "constant_column: 0\n")
