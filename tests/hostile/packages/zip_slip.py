"""A zip whose members climb out of the folder they are unpacked into, onto other people's files.

goal: overwrite another student's work, the judge's HOME, or a module that is imported next
out: running_mean failed mismatch
holds: namespaces landlock seccomp process
source: Snyk's "zip slip", 2018
"""

import zipfile
from pathlib import Path

UP = "../" * 4
NAMES = (
    *(f"{UP[: 3 * n]}{name}" for n in range(1, 5) for name in ("home/.netrc", "cwd/notes.txt")),
    *(f"{UP[: 3 * n]}class/other/notes.txt" for n in range(1, 5)),
    "vectors/../../../cwd/notes.txt",
    "..\\..\\..\\cwd\\notes.txt",
    "./.././../../cwd/notes.txt",
    "/../../cwd/notes.txt",
)


def build(folder: Path) -> Path:
    path = folder / "package-zip-slip.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("vectors.py", "def running_mean(xs, decay): return xs\n")
        for name in NAMES:
            archive.writestr(name, "overwritten\n")
    return path
