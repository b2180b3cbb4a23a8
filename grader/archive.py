"""What the reference and the misconceptions answered, in the folder of results: asked once a class.

DIR/.store/<digest>/<check>.npz, and <misconception>/<check>.npz for what was believed.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from pathlib import Path
from typing import Any

from grader import store
from grader.checking import record
from grader.checking.check import Check
from grader.checking.record import Record
from grader.errors import CourseError
from grader.respondents import Dialogue

STORE = ".store"


class Archive(MutableMapping[tuple[str, str], Dialogue]):
    """The answers that hold for one course, seed, engine, runtime and level.

    As a mapping it holds what misconceptions answered, by check id and name of the misconception;
    what was read or written is remembered, what cannot be written is only that.
    """

    def __init__(self, root: Path, facts: Mapping[str, Any]) -> None:
        """Those for `facts` (`grade.circumstances`) under the results in `root`."""
        name = hashlib.sha256(repr(facts).encode()).hexdigest()[:32]
        self.folder = root / STORE / name
        self._known: dict[tuple[str, str], Dialogue] = {}

    def begin(self, digest: str) -> None:
        """Make the folder, with the course's digest in it.

        Raises:
            UsageError: it cannot be written.
        """
        store.write_whole(self.folder / "course", digest.encode())

    def records(self, checks: Iterable[Check]) -> dict[str, Record]:
        """The records that are there and whole, by check id."""
        found = ((check.id, _read(self._path(check.id))) for check in checks)
        return {id: one for id, one in found if one is not None}

    def keep(self, one: Record) -> None:
        """Write a record.

        Raises:
            CourseError: it holds too much.
            UsageError: the folder cannot be written.
        """
        store.write_whole(self._path(one.check), record.to_bytes(one))

    def __getitem__(self, key: tuple[str, str]) -> Dialogue:
        if key not in self._known:
            found = _read(self._path(*key))
            if found is None:
                raise KeyError(key)
            self._known[key] = found.reference
        return self._known[key]

    def __setitem__(self, key: tuple[str, str], dialogue: Dialogue) -> None:
        self._known[key] = dialogue
        one = Record(check=key[0], draws=[], student=[], reference=dialogue)
        with contextlib.suppress(CourseError):
            store.write_whole(self._path(*key), record.to_bytes(one))

    def __delitem__(self, key: tuple[str, str]) -> None:
        self._known.pop(key, None)
        self._path(*key).unlink()

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def _path(self, check: str, *believed: str) -> Path:
        return self.folder.joinpath(*believed, f"{check.replace('/', '.')}.npz")


def _read(path: Path) -> Record | None:
    with contextlib.suppress(OSError, CourseError):
        return record.from_bytes(path.read_bytes(), str(path))
    return None
