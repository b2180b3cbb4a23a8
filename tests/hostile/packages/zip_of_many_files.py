"""A hundred thousand empty files in a zip of ten megabytes.

goal: use up the disk's inodes, and the patience of whoever lists them
out: * failed unreadable
holds: namespaces landlock seccomp process
"""

import struct
from pathlib import Path

MANY = 100_000
LOCAL = struct.Struct("<IHHHHHIIIHH")
CENTRAL = struct.Struct("<IHHHHHHIIIHHHHHII")
END = struct.Struct("<IHHHHIIH")


def build(folder: Path) -> Path:
    members, index, at = [], [], 0
    for number in range(MANY):
        name = b"%06d.py" % number
        facts = (0, 0, 33, 0, 0, 0, len(name), 0)
        index.append(CENTRAL.pack(0x02014B50, 20, 20, 0, *facts, 0, 0, 0, 0, at) + name)
        members.append(LOCAL.pack(0x04034B50, 20, 0, *facts) + name)
        at += len(members[-1])
    listed = b"".join(index)
    # A count of 16 bits cannot hold it; readers count for themselves.
    end = END.pack(0x06054B50, 0, 0, MANY & 0xFFFF, MANY & 0xFFFF, len(listed), at, 0)
    path = folder / "package-zip-of-many-files.zip"
    path.write_bytes(b"".join(members) + listed + end)
    return path
