"""What people hand in, gone wrong: folders of odd names, links, pipes, sizes, archives, encodings.

Work for one assignment of one file or of two, with answers; nothing of it is ever run.
"""

from __future__ import annotations

import io
import os
import random
import shutil
import socket
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from grader import submission
from grader.errors import SubmissionError
from grader.inert import is_inert
from grader.rubric import Assignment, Item, Limits, Title
from grader.submission import Refusal, Submission
from tests.fuzz.mutations import Format, mutated
from tests.fuzz.readers import ROOT, refused
from tests.fuzz.texts import YAML, texts

TITLE = Title(en="t", ru="t")
FILES = (("work.py",), ("work.py", "more.py"))
LARGE = 1 << 33
"""A file of eight gigabytes that is all hole."""

SOURCE = Format(
    words=(
        *(
            b"\x00",
            b"\xef\xbb\xbf",
            b"\xff",
            b"\xed\xa0\x80",
            b"\r",
            b"\x0c",
            b"\xe2\x80\xae",
            b"\xc3",
        ),
        *(
            b"# -*- coding: latin-1 -*-\n",
            b"def f(x): return x\n",
            b"\xf0\x9f\x98\x80",
            b"\xef\xbf\xbe",
        ),
    ),
    brackets=((b"(", b")"), (b"lambda:", b""), (b"-", b""), (b"if 1:\n ", b""), (b"f(", b")")),
)
NAMES = (
    *(b"work.py", b"work.py", b"work.py", b"more.py", b"answers.yaml", b"answers.yaml", b"WORK.PY"),
    *(b"work (1).py", b"work(2).py", b"work (1000).py", b"work.py.txt", b"work .py", b"Work.py"),
    *(
        b"work.ipynb",
        b"work.zip",
        b".work.py",
        b".hidden",
        b"__pycache__",
        b"__MACOSX",
        b"summary.csv",
    ),
    *(
        b"Summary.CSV",
        b"report.yaml",
        b"ada",
        b"ADA",
        b"ad\xc3\xa9",
        b"ade\xcc\x81",
        b"-rf",
        b"=1+1",
    ),
    *(
        b"a\nb",
        b"a\x1b[2J",
        b"a\xe2\x80\xaeb",
        b"a\xff",
        b"a\xed\xa0\x80",
        b"..x",
        b"a\\b",
        b"~",
        b"*",
    ),
    *(b"x" * 255, b"\xc3\xa9" * 127, b"CON", b"nul.py", b" ", b"a ", b"%s", b"{0}", b"::error::"),
)


@cache
def assignment(files: tuple[str, ...]) -> Assignment:
    """An assignment of these files; nothing of it lies on disk."""
    return Assignment(
        slug="slug",
        schema=1,
        title=TITLE,
        arrays="numpy",
        files=files,
        given=(),
        returns=(),
        limits=Limits(),
        feedback="full",
        items=(Item(id="a", title=TITLE, points=1.0),),
        folder=Path(),
        secret=None,
    )


@cache
def sources() -> tuple[bytes, ...]:
    """Files of code as students write them, and the longest that is read."""
    handed_in = sorted(ROOT.glob("tests/courses/submissions/*/vectors.py"))
    longest = b"# " + b"x" * (submission.MAX_SOURCE_BYTES - 2)
    return (*(path.read_bytes() for path in handed_in), "привет = 1\n".encode("cp1251"), longest)


@cache
def archives() -> tuple[bytes, ...]:
    """Zips as browsers make them, and one whose names lead elsewhere."""
    made = []
    for names in (
        ("work.py", "answers.yaml"),
        ("../../work.py", "/work.py", "a/" * 90 + "work.py"),
    ):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name in names:
                archive.writestr(zipfile.ZipInfo(name), "x = 1\n")
        made.append(buffer.getvalue())
    return tuple(made)


def hand_in(chance: random.Random, folder: Path) -> list[Path]:
    """Make something under `folder`, which is empty, and what an operator would name of it."""
    base = os.fsencode(folder)
    for _ in range(chance.choice((0, 1, 1, 2, 4, 8))):
        _grow(chance, base, chance.choice((0, 0, 1, 1, 1, 2)))
    found = [folder / name for name in sorted(os.listdir(folder))]
    given = chance.choice(([folder], [folder], found, [*found, folder], [folder / "nothing"]))
    return given or [folder]


def _grow(chance: random.Random, base: bytes, depth: int) -> None:
    path = os.path.join(base, _name(chance))
    try:
        if depth:
            os.mkdir(path)
            for _ in range(chance.choice((0, 1, 2, 3, 6))):
                _grow(chance, path, depth - 1)
        else:
            chance.choice(_KINDS)(chance, path)
    except OSError:
        return  # it is there already, or this file system has no such names


def _name(chance: random.Random) -> bytes:
    name = chance.choice(NAMES)
    if chance.random() < 0.1:
        name = name.replace(name[:1], bytes((chance.randrange(1, 256),)), 1)
    return name.replace(b"/", b"_")[:255]


def _code(chance: random.Random, path: bytes) -> None:
    _write(path, mutated(chance, chance.choice(sources()), sources(), SOURCE))


def _right(chance: random.Random, path: bytes) -> None:
    _write(path, chance.choice(sources()))


def _said(chance: random.Random, path: bytes) -> None:
    _write(path, mutated(chance, chance.choice(texts()), texts(), YAML))


def _packed(chance: random.Random, path: bytes) -> None:
    _write(path, mutated(chance, chance.choice(archives()), archives(), SOURCE))


def _hole(chance: random.Random, path: bytes) -> None:
    _write(path, b"")
    os.truncate(path, chance.choice((LARGE, submission.MAX_SOURCE_BYTES + 1, 1 << 20)))


def _linked(chance: random.Random, path: bytes) -> None:
    os.symlink(chance.choice((b"/etc/passwd", b"work.py", b"..", b".", b"/dev/zero", path)), path)


def _pipe(chance: random.Random, path: bytes) -> None:
    os.mkfifo(path)


def _socket(chance: random.Random, path: bytes) -> None:
    if len(path) < 100:  # the name of a socket must be short
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(path)


def _write(path: bytes, data: bytes) -> None:
    with open(path, "xb") as file:
        file.write(data)


_KINDS: tuple[Callable[[random.Random, bytes], None], ...] = (
    *(_right, _right, _code, _code, _said, _packed, _hole, _linked, _pipe, _socket),
)


def read(given: list[Path], files: tuple[str, ...]) -> tuple[int, int]:
    """Read what was handed in, as a class and one by one; how many were read, and how many not.

    Raises: AssertionError where what comes out is neither a submission nor a refusal.
    """
    course = assignment(files)
    found, nobodys = submission.collect(given, course)
    for one in found:
        _is_a_submission(one, files)
    for refusal in nobodys:
        assert isinstance(refusal, Refusal)
        assert is_inert(refusal.name)
        assert is_inert(refusal.reason)
        assert refusal.reason.endswith(".")
    assert len({submission._folded(one.student) for one in found}) == len(found)
    for path in given:
        try:
            _is_a_submission(submission.read(path, course), files)
        except SubmissionError as broken:
            refused(broken)
    return len(found), len(nobodys)


def _is_a_submission(one: Submission, files: tuple[str, ...]) -> None:
    assert submission._unsafe(one.student) is None
    assert set(one.files) <= set(files)
    assert one.problem is not None or set(one.files) == set(files)
    for data in one.files.values():
        assert len(data) <= submission.MAX_SOURCE_BYTES
        data.decode("utf-8-sig")
    assert one.answers is None or len(one.answers) <= submission.MAX_ANSWERS_BYTES
    for problem in (one.problem, one.answers_problem):
        assert problem is None or (is_inert(problem) and len(problem) < 3000)
    assert one.digest.startswith("sha256:")


def clear(folder: Path) -> None:
    """Take everything under `folder` away."""
    for entry in os.scandir(os.fsencode(folder)):
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path)
        else:
            os.unlink(entry.path)
