"""Folders in folders, 200 deep, with the assigned file at every depth but the first.

goal: exhaust the stack of whoever walks down, or hand in a file that nobody sees
out: * failed unreadable
holds: namespaces landlock seccomp process
"""

import os
from pathlib import Path

DEPTH = 200


def build(folder: Path) -> Path:
    path = folder / "class" / "package-folders-in-folders"
    path.mkdir(parents=True)
    base = os.open(path, os.O_RDONLY)
    for _ in range(DEPTH):
        os.mkdir("vectors", dir_fd=base)
        inner = os.open("vectors", os.O_RDONLY, dir_fd=base)
        os.close(base)
        base = inner
        os.close(os.open("vectors.py", os.O_CREAT | os.O_WRONLY, dir_fd=base))
    os.close(base)
    return path.parent
