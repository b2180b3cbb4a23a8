"""A zip that holds nothing but a zip of the work, a hundred deep; the last one holds all of them.

goal: a reader that opens what it finds, for as long as there is something to find
out: * failed unreadable
holds: namespaces landlock seccomp process
"""

import io
import zipfile
from pathlib import Path

DEEP = 100


def build(folder: Path) -> Path:
    inner = zipped({"vectors.py": b"def running_mean(xs, decay): return xs\n"})
    for _ in range(DEEP):
        inner = zipped({"vectors.zip": inner, "hw.zip": inner[:100]})
    path = folder / "package-zip-within-a-zip.zip"
    path.write_bytes(inner)
    return path


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()
