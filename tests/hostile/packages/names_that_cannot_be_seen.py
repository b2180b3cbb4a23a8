"""Folders named by line ends, terminal escapes, marks that turn text round, spaces of no width.

goal: a class table that shows another student's points, or runs a command of the terminal
out: refused 2
holds: namespaces landlock seccomp process
"""

import os
from pathlib import Path

NAMES = ("ann\nbob: 100", "ann\x1b[2J\x1b[1;1Hbob", "ann\u202ebob", "ann\u200b", "\u2066ann\u2069")
NAMES += (
    "ann\r",
    "ann\t",
    "ann\x7f",
    "\ufeffann",
    "ann\u2028bob",
    "a" * 255,
    "an\u00adn",
    "..\\ann",
)
BYTES = (b"ann\xff", b"ann\xed\xa0\x80")


def build(folder: Path) -> Path:
    path = folder / "class"
    path.mkdir()
    for name in (*map(os.fsencode, NAMES), *BYTES):
        work = os.path.join(os.fsencode(path), name)
        try:
            os.mkdir(work)
        except OSError:  # a file system with rules of its own about names
            continue
        with open(os.path.join(work, b"vectors.py"), "w") as file:
            file.write("def running_mean(xs, decay): return xs\n")
    return path
