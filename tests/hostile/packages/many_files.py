"""A folder of a hundred thousand files, the assigned one among them.

goal: a listing that never ends, or a report that depends on the order of a folder
out: * failed unreadable
holds: namespaces landlock seccomp process
"""

import os
from pathlib import Path

MANY = 100_000


def build(folder: Path) -> Path:
    path = folder / "package-many-files"
    path.mkdir()
    (path / "vectors.py").write_text("def running_mean(xs, decay): return xs\n")
    base = os.open(path, os.O_RDONLY)
    for number in range(MANY):
        os.close(os.open(f"{number:x}", os.O_CREAT | os.O_WRONLY, dir_fd=base))
    os.close(base)
    return path
