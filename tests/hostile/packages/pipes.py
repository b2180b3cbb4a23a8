"""Named pipes in place of the files: whoever opens one waits for a writer.

goal: a grader that never comes to the next student
out: * failed unreadable; questions.constant_column failed unreadable
holds: namespaces landlock seccomp process
"""

import os
from pathlib import Path


def build(folder: Path) -> Path:
    path = folder / "package-pipes"
    path.mkdir()
    for name in ("vectors.py", "answers.yaml"):
        os.mkfifo(path / name)
    return path
