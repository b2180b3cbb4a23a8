"""A zip whose members have absolute names: of POSIX, of Windows, of another machine.

goal: overwrite any file that the judge may write
out: running_mean failed mismatch
holds: namespaces landlock seccomp process
"""

import zipfile
from pathlib import Path


def build(folder: Path) -> Path:
    root = folder.parents[1]
    names = [str(root / "cwd" / "notes.txt"), str(root / "class" / "other" / "notes.txt")]
    names += [f"/{name}" for name in names]
    names += ["C:\\notes.txt", "C:notes.txt", "\\\\server\\share\\notes.txt", "//server/notes.txt"]
    path = folder / "package-absolute-names.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("vectors.py", "def running_mean(xs, decay): return xs\n")
        for name in names:
            member = zipfile.ZipInfo("placeholder")
            member.filename = name  # the constructor would make it relative
            archive.writestr(member, "overwritten\n")
    return path
