"""Devices in place of the files: an endless one of zeros, the memory, the terminal.

goal: fill the judge's memory with zeros, or have it read what root alone may
out: * failed unreadable; questions.constant_column failed unreadable
holds: namespaces landlock seccomp process
"""

import os
import stat
from pathlib import Path


def build(folder: Path) -> Path:
    path = folder / "package-devices"
    path.mkdir()
    for name, number in (("vectors.py", os.makedev(1, 5)), ("answers.yaml", os.makedev(5, 0))):
        try:
            os.mknod(path / name, stat.S_IFCHR | 0o666, number)
        except OSError:  # not root, or in a container: a link to one is as near as it gets
            (path / name).symlink_to("/dev/zero")
    return path
