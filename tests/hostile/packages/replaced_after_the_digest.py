"""A file that is replaced by the right one after it was read and its digest was taken.

goal: a digest of one work under the points of another
out: running_mean failed mismatch
holds: namespaces landlock seccomp process
"""

from pathlib import Path

NAME = "package-replaced-after-the-digest"
RIGHT = """
import numpy as np

def running_mean(xs, decay):
    means = np.array(xs, dtype=float)
    for t in range(1, len(means)):
        means[t] = decay * means[t - 1] + (1 - decay) * means[t]
    return means
"""


def build(folder: Path) -> Path:
    path = folder / NAME
    path.mkdir()
    (path / "vectors.py").write_text("def running_mean(xs, decay): return xs * 2\n")
    return path


def meanwhile(packages: Path) -> None:
    """What the student does between reading and grading."""
    path = packages / Path(__file__).stem / NAME
    (path / "vectors.py").unlink()
    (path / "vectors.py").write_text(RIGHT)
    (path / "answers.yaml").write_text("constant_column: 0\n")
