"""A parcel: a zip that was handed in, looked at as if it were the folder that was packed.

Nothing is unpacked to disk, and zips within it stay closed. A member is read when it is asked for,
no further than its cap. What a zip says about itself (sizes, kinds, names, how many there are) is
the student's word: it can make us read less, never more.
"""

from __future__ import annotations

import io
import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, replace

from grader.inert import inert
from grader.reading.untrusted import Unreadable, size

MAX_ZIP_BYTES = 128 << 20
MAX_ENTRIES = 10_000
MAX_INDEX_BYTES = 2 << 20
"""Of the list of members at a zip's end; one for each of MAX_ENTRIES files takes less."""
MAX_RATIO = 200
"""So many bytes may come of one packed byte, in what is longer than FREE_BYTES."""
FREE_BYTES = 1 << 20
LEFT_BY_SYSTEMS = frozenset({"__MACOSX", "__pycache__"})

_PIECE = 1 << 16
_SEPARATORS = ("/", "\\")
_ENCRYPTED = 0x41  # by a password, or by the format's "strong" way
_UNIX = 3
_UTF8 = 0x800
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, LookupError, ValueError, RuntimeError),
    # Headers that end too soon, or name versions, methods and sizes that nobody has.
    *(TypeError, AttributeError, OverflowError, zipfile.LargeZipFile),
)
"""What reading a zip raises that is none; NotImplementedError is a RuntimeError."""
_AGAIN = "Zip your work anew, and see that it opens."
_OTHERS = {b"Rar!": "a rar", b"7z\xbc\xaf": "a 7z", b"\x1f\x8b": "a gz", b"ustar": "a tar"}
"""Archives that get renamed instead of being packed anew, by how they begin (a tar: at 257)."""


class Parcel:
    """A zip as the folder that was packed.

    Attributes:
        names: what lies at the top of the work, sorted: files and folders. One folder round it all
            is taken off; hidden entries and leavings of systems do not count.
        left_out: how many members would lie elsewhere (an absolute name, or `..` in it); they are
            not looked at.
    """

    names: list[str]
    left_out: int

    def __init__(self, data: bytes, wanted: Iterable[str] = ()) -> None:
        """Read the list of members.

        Args:
            data: the whole zip.
            wanted: names that are looked for. Old zips do not say in which alphabet a name is
                written; one in which it is wanted is taken first.
        Raises: Unreadable where it is no zip, or holds more than is looked at.
        """
        try:
            self._zip = zipfile.ZipFile(_Bounded(data))
        except _TooLongError:
            raise Unreadable(_TOO_MANY) from None
        except _BROKEN:
            other = _OTHERS.get(data[:4]) or _OTHERS.get(data[:2]) or _OTHERS.get(data[257:262])
            said = (
                f"The zip is {other} by another name." if other else "The zip is damaged, or none."
            )
            raise Unreadable(f"{said} {_AGAIN}") from None
        if len(self._zip.infolist()) > MAX_ENTRIES:
            raise Unreadable(_TOO_MANY)
        wanted = frozenset(wanted)
        self.left_out = 0
        members: list[_Member] = []
        for one in self._zip.infolist():
            name = _name_of(one, wanted)
            parts = _parts(name)
            if parts is None:
                self.left_out += 1
            elif parts and not any(part[0] == "." or part in LEFT_BY_SYSTEMS for part in parts):
                members.append(_Member(parts=parts, folder=name[-1] in _SEPARATORS, entry=one))
        self._members = _unwrapped(members)
        self.names = sorted({member.parts[0] for member in self._members})

    def read(self, name: str, most: int) -> bytes:
        """The bytes of one of `names`, at most `most`.

        Raises: Unreadable where it is there twice, is no plain file, is longer, locked or damaged.
        """
        shown = inert(name)
        one = self._only(name, shown)
        if one.flag_bits & _ENCRYPTED:
            raise Unreadable(f"{shown} is locked by a password. Zip it without one.")
        kind = stat.S_IFMT(one.external_attr >> 16) if one.create_system == _UNIX else 0
        if kind not in (0, stat.S_IFREG):
            what = "a link" if kind == stat.S_IFLNK else "not a regular file"
            raise Unreadable(f"{shown} is {what}. Hand in the file itself.")
        # The others unpack as much as they like at once, whatever they are asked for.
        if one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unreadable(
                f"{shown} is packed in an unusual way. Zip it with your system's tool."
            )
        if one.file_size > most:
            raise Unreadable(
                f"{shown} is {size(one.file_size)} long; at most {size(most)} are read. "
                "Take data and output out of it."
            )
        if one.file_size > FREE_BYTES and one.file_size > MAX_RATIO * one.compress_size:
            raise Unreadable(f"{shown} is packed more than {MAX_RATIO} to 1, which no work is.")
        return self._unpacked(one, shown)

    def _only(self, name: str, shown: str) -> zipfile.ZipInfo:
        alike = [one for one in self._members if _folded(one.parts[0]) == _folded(name)]
        if others := sorted({one.parts[0] for one in alike} - {name}):
            also = ", ".join(map(inert, others[:5]))
            raise Unreadable(f"{shown} and {also} are one file on many systems. Keep one.")
        if any(len(one.parts) > 1 or one.folder for one in alike):
            raise Unreadable(f"{shown} is a folder. Hand in the file itself.")
        if len(alike) > 1:
            raise Unreadable(f"{shown} is in the zip {len(alike)} times. Keep one.")
        (only,) = alike
        return only.entry

    def _unpacked(self, one: zipfile.ZipInfo, shown: str) -> bytes:
        # zipfile stops where a member says it ends. Other tools go on, and would show a person
        # what we never saw: one byte more is asked for, and must not be there.
        longer = copy(one)
        longer.file_size += 1
        pieces, got = [], 0
        try:
            with self._zip.open(longer) as member:
                while got <= one.file_size and (piece := member.read(_PIECE)):
                    pieces.append(piece)
                    got += len(piece)
        except (*_BROKEN, _TooLongError):
            got = -1
        # A member that ends too soon is not told from a whole one where it is stored as it is.
        if got != one.file_size:
            raise Unreadable(f"{shown} is damaged in the zip. {_AGAIN}")
        return b"".join(pieces)


_TOO_MANY = f"The zip holds more than {MAX_ENTRIES} files, or names of no use. Hand in fewer files."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Member:
    """An entry by the folders that lead to it and its own name; whether it says it is a folder."""

    parts: tuple[str, ...]
    folder: bool
    entry: zipfile.ZipInfo


class _TooLongError(Exception):
    """More was asked for at once than any part of a sane zip is long."""


class _Bounded(io.BytesIO):
    """Bytes of which nothing long is read at once: a list of a million members is never built."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is None or size < 0:
            size = max(0, len(self.getbuffer()) - self.tell())
        if size > MAX_INDEX_BYTES:
            raise _TooLongError
        return super().read(size)


def _name_of(one: zipfile.ZipInfo, wanted: frozenset[str]) -> str:
    """The name in the alphabet that it was most likely written in.

    Zips of Windows do not say which; the format's own answer, cp437, has no Cyrillic letters.
    """
    name = one.orig_filename  # `filename` ends at a NUL, and differs between systems
    if one.flag_bits & _UTF8 or name.isascii():
        return name
    raw = name.encode("cp437")
    try:
        return raw.decode()  # what is UTF-8 is hardly anything else
    except UnicodeDecodeError:
        readings = [raw.decode(alphabet, "replace") for alphabet in ("cp866", "cp1251")]
    for reading in readings:
        if re.split(r"[/\\]", reading)[-1] in wanted:
            return reading
    # In the wrong one of the two, letters of the other are frames and signs.
    words = (reading for reading in readings if all(map(_is_of_a_word, reading)))
    return next(words, name)


def _is_of_a_word(character: str) -> bool:
    return character.isascii() or character.isalpha() or character == "№"


def _parts(name: str) -> tuple[str, ...] | None:
    """The folders and the file of a member's name; None where it would lie elsewhere."""
    if name.startswith(_SEPARATORS) or re.match(r"[A-Za-z]:", name):
        return None
    # Some tools of Windows write its own separator.
    parts = tuple(part for part in re.split(r"[/\\]", name) if part not in ("", "."))
    return None if ".." in parts else parts


def _unwrapped(members: list[_Member]) -> list[_Member]:
    """The members without the one folder that all of them lie in, if there is one."""
    outer = {one.parts[0] for one in members}
    inside = [replace(one, parts=one.parts[1:]) for one in members if len(one.parts) > 1]
    bare = any(len(one.parts) == 1 and not one.folder for one in members)
    return inside if len(outer) == 1 and inside and not bare else members


def _folded(name: str) -> str:
    """What two names share that some system takes for one file."""
    return unicodedata.normalize("NFC", name).casefold()
