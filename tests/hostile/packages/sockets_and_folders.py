"""A socket in place of the file, and a folder in place of the answers.

goal: an error that nobody thought of, and with it the whole class ungraded
out: * failed unreadable; questions.constant_column failed unreadable
holds: namespaces landlock seccomp process
"""

import os
import socket
from pathlib import Path


def build(folder: Path) -> Path:
    path = folder / "package-sockets-and-folders"
    path.mkdir()
    base = os.open(path, os.O_RDONLY)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(f"/proc/self/fd/{base}/vectors.py")  # a short name of a long path
    os.close(base)
    (path / "answers.yaml").mkdir()
    (path / "answers.yaml" / "vectors.py").touch()
    return path
