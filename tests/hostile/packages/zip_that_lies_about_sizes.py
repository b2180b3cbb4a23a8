"""A member that says it is a hundred bytes long, and unpacks to a hundred million.

goal: memory for as much as was packed, behind a number that passes every cap
out: * failed unreadable
holds: namespaces landlock seccomp process
"""

import struct
import zipfile
import zlib
from pathlib import Path

SIZE, SAID = 100 << 20, 100
NAME = b"vectors.py"
LOCAL = struct.Struct("<IHHHHHIIIHH")
CENTRAL = struct.Struct("<IHHHHHHIIIHHHHHII")
END = struct.Struct("<IHHHHIIH")


def build(folder: Path) -> Path:
    packer, block = zlib.compressobj(9, zlib.DEFLATED, -15), bytes(1 << 20)
    data = b"".join(packer.compress(block) for _ in range(SIZE >> 20)) + packer.flush()
    # The sum of what it says it holds is right, so that only the end of the data tells.
    facts = (0, zipfile.ZIP_DEFLATED, 0, 33, zlib.crc32(bytes(SAID)), len(data), SAID, len(NAME), 0)
    member = LOCAL.pack(0x04034B50, 20, *facts) + NAME + data
    index = CENTRAL.pack(0x02014B50, 20, 20, *facts, 0, 0, 0, 0, 0) + NAME
    path = folder / "package-lies-about-sizes.zip"
    path.write_bytes(member + index + END.pack(0x06054B50, 0, 0, 1, 1, len(index), len(member), 0))
    return path
