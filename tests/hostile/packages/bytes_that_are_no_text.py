"""Sources that are no plain text: UTF-16, a NUL in the middle, a coding line that says otherwise.

goal: one text for the eyes of a person and another for the interpreter
out: * failed raised/unreadable
holds: namespaces landlock seccomp process
"""

from pathlib import Path

WORK = "def running_mean(xs, decay): return xs\n"
FILES = {
    "utf-16": WORK.encode("utf-16"),
    "nul": WORK.encode() + b"\0" + WORK.encode(),
    "latin-1": b"# caf\xe9\n" + WORK.encode(),
    "overlong": b"x = '\xc0\xae\xc0\xae/'\n" + WORK.encode(),
    "surrogate": b"x = '\xed\xa0\x80'\n" + WORK.encode(),
    "coding": b"# -*- coding: utf-7 -*-\n+AGQ-ef running_mean(xs, decay): return xs\n",
    "no-coding": b"# -*- coding: nothing -*-\n" + b"\xff",
}


def build(folder: Path) -> Path:
    path = folder / "class"
    for name, data in FILES.items():
        (path / f"package-bytes-{name}").mkdir(parents=True)
        (path / f"package-bytes-{name}" / "vectors.py").write_bytes(data)
    return path
