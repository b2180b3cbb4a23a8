"""Links, devices, pipes, names of control characters, one name twice, a password, a zip in a zip.

goal: have an unpacker make what only root may make, or read what it should not
out: * failed unreadable
holds: namespaces landlock seccomp process
"""

import io
import stat
import zipfile
from pathlib import Path

KINDS = (stat.S_IFLNK, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFIFO, stat.S_IFSOCK, stat.S_IFREG)
NAMES = ("a\nb.py", "\x1b[2Jvectors.py", "\u202eyp.srotcev", "vectors.py ", "vectors.py.", "NUL")
NAMES += (
    "con.py",
    "aux",
    "=cmd|' /C calc'!A0",
    "-rf",
    "~",
    "$(id)",
    "`id`",
    "x" * 300,
    "VECTORS.PY",
)


def build(folder: Path) -> Path:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("vectors.py", "def running_mean(xs, decay): return xs\n")
    path = folder / "package-odd-members.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for kind in KINDS:
            member = zipfile.ZipInfo("vectors.py" if kind == stat.S_IFLNK else f"kind-{kind}")
            member.create_system = 3
            member.external_attr = (kind | 0o4777) << 16
            archive.writestr(member, str(folder.parents[1] / "course" / "reference"))
        for name in NAMES:
            archive.writestr(name, "x = 1\n")
        archive.writestr("vectors.zip", inner.getvalue())
        locked = zipfile.ZipInfo("secret.py")
        archive.writestr(locked, "x = 1\n")
        locked.flag_bits |= 1
    return path
