"""A folder that becomes a link to the solution's after it was read.

goal: have the judge read the files anew, and find the right ones
out: running_mean failed mismatch
holds: namespaces landlock seccomp process
"""

import shutil
from pathlib import Path

NAME = "package-replaced-by-a-link"


def build(folder: Path) -> Path:
    path = folder / NAME
    path.mkdir()
    (path / "vectors.py").write_text("def running_mean(xs, decay): return xs * 2\n")
    return path


def meanwhile(packages: Path) -> None:
    """What the student does between reading and grading."""
    path = packages / Path(__file__).stem / NAME
    shutil.rmtree(path)
    path.symlink_to(packages.parent / "course" / "reference" / "vectors", target_is_directory=True)
