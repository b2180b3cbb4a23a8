"""Files of ten gigabytes that take no place on the disk, being all holes.

goal: fill the judge's memory by handing something in
out: * failed unreadable; questions.constant_column failed unreadable
holds: namespaces landlock seccomp process
"""

import os
from pathlib import Path


def build(folder: Path) -> Path:
    path = folder / "package-ten-gigabytes"
    path.mkdir()
    for name in ("vectors.py", "answers.yaml"):
        (path / name).touch()
        os.truncate(path / name, 10 << 30)
    return path
