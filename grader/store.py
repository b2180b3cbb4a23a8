"""The folder of results: files written whole or not at all, found again to resume.

DIR/<assignment>/<student>/report.yaml; timings.yaml, pictures.json and work/, the code as it was
handed in, beside it; DIR/<assignment>/summary.csv.
"""

from __future__ import annotations

import contextlib
import csv
import io
import os
import re
import secrets
import stat
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from grader import pictures
from grader import report as reports
from grader.errors import UsageError
from grader.findings import Outcome
from grader.inert import inert
from grader.pictures import Picture
from grader.report import ItemResult, Provenance, Report
from grader.yamlfile import dump

SUMMARY = "summary.csv"
TIMINGS = "timings.yaml"
WORK = "work"
MAX_WORK_BYTES = 4 << 20

_LEFT_BEHIND_SECONDS = 600.0
_SUMMARY_BEGINS = b"student,"
_BINARY = getattr(os, "O_BINARY", 0)  # Windows would write CR LF
_FORMULA = re.compile(r"(?:^|(?<=[;|]))(?=\s*[=+\-@\uff1d\uff0b\uff0d\uff20])")
"""Where a formula could begin: in some languages `;` ends a cell, and wide signs are signs."""


def report_path(root: Path, assignment: str, student: str) -> Path:
    """Where the report of a student lies; `assignment` is a slug."""
    return root / assignment / student / reports.FILE


def write_whole(path: Path, data: bytes, *, begins: bytes = b"") -> None:
    """Write a file so that a reader, or a power cut, sees the old bytes or the new ones.

    Args:
        begins: what a file of this kind starts with; another kind in its place is left alone.
    Raises: UsageError when the folder cannot be written, or something of another kind is there.
    """
    _refuse_another_kind(path, begins)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _sweep(path.parent)
        # Not mkstemp: its mode 0600 would hide reports from colleagues.
        name = path.with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}.partial")
        descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, path)
        except BaseException:
            with contextlib.suppress(OSError):
                name.unlink()
            raise
    except OSError as broken:
        reason = (broken.strerror or "unknown reason").lower()
        raise UsageError(
            f"{path.parent} cannot be written ({reason}). Choose another folder with -o."
        ) from None


def write_report(root: Path, report: Report) -> Path:
    """Write report.yaml to its place and return that place.

    Raises: UsageError as `write_whole` does.
    """
    path = report_path(root, report.assignment, report.student)
    write_whole(path, reports.to_yaml(report), begins=b"schema: grader.report/")
    return path


def find_report(root: Path, assignment: str, student: str, provenance: Provenance) -> Report | None:
    """The report that grading again would give, if it is there: the same provenance.

    None also for one that cannot be read: then grading again is the remedy.
    """
    report = read_report(root, assignment, student)
    return report if report is not None and report.provenance == provenance else None


def read_report(root: Path, assignment: str, student: str) -> Report | None:
    """The report of a student as it lies there, or None where there is no readable one."""
    path = report_path(root, assignment, student)
    try:
        with path.open("rb") as file:
            data = file.read(reports.MAX_BYTES + 1)
        report = reports.from_yaml(data, name=str(path))
    except (OSError, UsageError):
        return None
    return report if (report.assignment, report.student) == (assignment, student) else None


def students(root: Path, assignment: str) -> list[str]:
    """Whose reports lie there, sorted; readable or not."""
    try:
        with os.scandir(root / assignment) as entries:
            names = [entry.name for entry in entries if entry.is_dir()]
    except OSError:
        return []
    return sorted(name for name in names if report_path(root, assignment, name).is_file())


def read_outlines(root: Path, assignment: str) -> Iterator[Report]:
    """The outlines of all readable reports of an assignment, by student."""
    for student in students(root, assignment):
        report = read_report(root, assignment, student)
        if report is not None:
            yield reports.outline(report)


def write_summary(root: Path, assignment: str, reports: Iterable[Report]) -> Path:
    """Write DIR/<assignment>/summary.csv: a row a student, a column an item.

    A cell is the points of the item, empty while they are open. What a spreadsheet would run as a
    formula gets an apostrophe in front.

    Raises: UsageError as `write_whole` does.
    """
    rows = sorted(reports, key=lambda report: report.student)
    items = list(dict.fromkeys(item.id for report in rows for item in report.items))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["student", *map(_cell, items), "points", "out_of", "complete"])
    for report in rows:
        results = {item.id: item for item in report.items}
        cells = [_points(results.get(item)) for item in items]
        complete = "true" if report.complete else "false"
        writer.writerow([_cell(report.student), *cells, report.points, report.out_of, complete])
    path = root / assignment / SUMMARY
    write_whole(path, text.getvalue().encode(), begins=_SUMMARY_BEGINS)
    return path


def write_timings(root: Path, assignment: str, student: str, timings: Mapping[str, Any]) -> Path:
    """Write what differs from run to run beside the report, so that the report does not.

    Raises: UsageError as `write_whole` does.
    """
    path = report_path(root, assignment, student).with_name(TIMINGS)
    write_whole(path, dump({"schema": "grader.timings/1", **timings}).encode(), begins=b"schema: ")
    return path


def write_work(root: Path, assignment: str, student: str, files: Mapping[str, bytes]) -> None:
    """Keep the code as it was handed in, in place of what was kept before.

    Args:
        files: by the names of the assignment's files.
    Raises: UsageError as `write_whole` does.
    """
    folder = report_path(root, assignment, student).with_name(WORK)
    for name, data in files.items():
        write_whole(folder / name, data)
    for old in folder.glob("*.*"):
        if old.name not in files and old.suffix in (".py", ".ipynb"):
            with contextlib.suppress(OSError):
                old.unlink()


def read_work(root: Path, assignment: str, student: str, names: Iterable[str]) -> dict[str, bytes]:
    """The kept code, by name; what is not there, is no plain file or is too long is left out."""
    folder = report_path(root, assignment, student).with_name(WORK)
    found = ((name, _read_capped(folder / name, MAX_WORK_BYTES)) for name in names)
    return {name: data for name, data in found if data is not None}


def write_pictures(
    root: Path, assignment: str, student: str, drawn: Mapping[str, Sequence[Picture]]
) -> None:
    """Write pictures.json; where there is nothing to look at, the old one goes.

    Raises: UsageError as `write_whole` does.
    """
    path = report_path(root, assignment, student).with_name(pictures.FILE)
    if drawn:
        write_whole(path, pictures.to_bytes(drawn), begins=pictures.BEGINS)
    elif _read_capped(path, pictures.MAX_BYTES) is not None:
        with contextlib.suppress(OSError):
            path.unlink()


def read_pictures(root: Path, assignment: str, student: str) -> dict[str, tuple[Picture, ...]]:
    """The pictures of a student by check id; none where they are not there or cannot be read."""
    path = report_path(root, assignment, student).with_name(pictures.FILE)
    data = _read_capped(path, pictures.MAX_BYTES)
    with contextlib.suppress(ValueError):
        return pictures.from_bytes(data) if data is not None else {}
    return {}


def _read_capped(path: Path, most: int) -> bytes | None:
    """A plain file of at most so many bytes."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return None
        with path.open("rb") as file:
            data = file.read(most + 1)
    except (OSError, ValueError):
        return None
    return data if len(data) <= most else None


def _refuse_another_kind(path: Path, begins: bytes) -> None:
    try:
        mode = path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return  # nothing is there, or making the folder will say what is wrong
    if stat.S_ISREG(mode):
        with contextlib.suppress(OSError), path.open("rb") as file:
            start = file.read(len(begins))
            if start in (b"", begins):
                return
    raise UsageError(
        f"{path} is there and is not a file of ours: nothing was overwritten. Move it away, or "
        "choose another folder with -o."
    )


def _sweep(folder: Path) -> None:
    """Remove what a killed run left; younger files may be another run's, at work right now."""
    for leftover in folder.glob(".*.partial"):
        with contextlib.suppress(OSError):
            if time.time() - leftover.stat().st_mtime > _LEFT_BEHIND_SECONDS:
                leftover.unlink()


def _points(result: ItemResult | None) -> float | str:
    if result is None or result.outcome in (Outcome.UNGRADED, Outcome.PENDING):
        return ""
    return result.points


def _cell(text: str) -> str:
    return _FORMULA.sub("'", inert(text))
