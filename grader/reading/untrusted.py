"""One file of a stranger's: read whole or not at all, no links, no devices, no more than a cap."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path


class Unreadable(Exception):  # noqa: N818 - completes "NAME …", and is caught where it is raised
    """A file that is there and cannot be read; its text is a sentence that begins with its name."""


def text(path: Path, name: str, most: int) -> bytes:
    """The bytes of a file that is UTF-8.

    Raises:
        Unreadable: as `whole`, or it is not UTF-8.
    """
    return utf8(whole(path, name, most), name)


def utf8(data: bytes, name: str) -> bytes:
    """The same bytes, where they are UTF-8.

    Raises:
        Unreadable: they are not; the sentence names byte and line.
    """
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        line = data[: broken.start].count(b"\n") + 1
        byte = data[broken.start]
        raise Unreadable(
            f"{name} is not UTF-8 text: byte 0x{byte:02x} on line {line}. Save it as UTF-8."
        ) from None
    return data


def whole(path: Path, name: str, most: int) -> bytes:
    """The whole of a regular file of at most `most` bytes; of a longer one nothing is read.

    Raises:
        Unreadable: it is a link, a device, too long, or cannot be read; `name` is what people
            call it.
    """
    # O_NONBLOCK: opening a FIFO would wait for a writer. Both flags are missing on Windows.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    flags |= getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    try:
        # Looked at before it is opened: opening alone makes some devices act.
        if not stat.S_ISREG(mode := path.lstat().st_mode):
            raise Unreadable(f"{name} is {_kind(mode)}. Hand in the file itself.")
        descriptor = os.open(path, flags)
    except OSError as broken:
        if broken.errno in (errno.ELOOP, errno.EMLINK):
            raise Unreadable(f"{name} is a link. Hand in the file itself.") from None
        if broken.errno in (errno.ENXIO, errno.EISDIR):
            raise Unreadable(f"{name} is not a regular file. Hand in the file itself.") from None
        raise Unreadable(f"{name} cannot be read ({why(broken)}).") from None
    try:
        facts = os.fstat(descriptor)
        if not stat.S_ISREG(facts.st_mode):
            raise Unreadable(f"{name} is {_kind(facts.st_mode)}. Hand in the file itself.")
        if facts.st_size > most:
            raise Unreadable(
                f"{name} is {size(facts.st_size)} long; at most {size(most)} are read. "
                "Take data and output out of it."
            )
        data = b""
        # Room is made for all that is asked for: the size it has, and then a little to see its end.
        while len(data) <= most and (
            more := os.read(descriptor, max(facts.st_size - len(data), 1 << 12) + 1)
        ):
            data += more
    except OSError as broken:
        raise Unreadable(f"{name} cannot be read ({why(broken)}).") from None
    finally:
        os.close(descriptor)
    if len(data) > most:
        raise Unreadable(f"{name} grew while it was read. Hand it in once more.")
    return data


def _kind(mode: int) -> str:
    if stat.S_ISLNK(mode):
        return "a link"
    if stat.S_ISDIR(mode):
        return "a folder"
    return "a named pipe" if stat.S_ISFIFO(mode) else "not a regular file"


def size(count: int) -> str:
    """A number of bytes as people read it."""
    return f"{count / (1 << 20):.1f} MiB" if count >= 1 << 20 else f"{count / (1 << 10):.0f} KiB"


def why(broken: OSError) -> str:
    """What the system says of an error, in the middle of a sentence."""
    return (broken.strerror or "unknown reason").lower()
