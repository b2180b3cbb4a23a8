"""A student's folder is called vectors.py: a class that holds it looks like one submission.

goal: that nobody else in the class is graded
out: * failed mismatch
holds: namespaces landlock seccomp process
"""

from __future__ import annotations

from pathlib import Path

SOURCE = """
def center_forward(x): return x, None
def center_backward(dout, cache): return dout
def running_mean(xs, decay): return xs
"""


def build(folder: Path) -> Path:
    """A class of two."""
    for name in ("vectors.py", "a-student-beside"):
        (folder / name).mkdir()
        (folder / name / "vectors.py").write_text(SOURCE, encoding="utf-8")
    return folder
