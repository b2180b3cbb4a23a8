"""Does a report say what grading the same work again says?"""

from __future__ import annotations

import difflib
from dataclasses import asdict, dataclass
from pathlib import Path

from grader import grade, report, store, submission
from grader.checking import source
from grader.errors import UsageError
from grader.report import Report
from grader.sandbox import device as devices
from grader.sandbox import probe
from grader.yamlfile import load


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A report as it lies on disk, and the items that ran near a limit when it was made."""

    report: Report
    data: bytes
    near_a_limit: tuple[str, ...]


def read(path: Path) -> Written:
    """Read a report and the timings beside it.

    Raises:
        UsageError: it cannot be read, or is no report of this version.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from error
    timings = path.with_name(store.TIMINGS)
    near: list[str] = []
    if timings.is_file():
        items = load(timings, error=UsageError).value.get("items", {})
        near = [id for id, entry in items.items() if entry["near_a_limit"]]
    return Written(report=report.from_yaml(data, str(path)), data=data, near_a_limit=tuple(near))


def difference(written: Written, place: Path, folder: Path, secret: str) -> str | None:
    """Grade the submission at `place` again; None for the same bytes, else what differs.

    Raises:
        UsageError: the circumstances differ (submission, course, engine, runtime, isolation, seed),
            so that nothing follows from a comparison; the text names which.
        BoxError: our side could not grade.
    """
    course = source.read(folder)
    work = submission.read(place, course.assignment, written.report.student)
    isolation, device = written.report.provenance.isolation, written.report.provenance.device
    now = asdict(grade.provenance(work, course, secret, isolation, device))
    then = asdict(written.report.provenance)
    changed = [name for name in then if then[name] != now[name]]
    if changed:
        raise UsageError(
            f"cannot compare: {', '.join(changed)} differ from the report's "
            f"({'; '.join(f'{name}: {then[name]} then, {now[name]} now' for name in changed)})."
        )
    confinement = probe.choose(isolation.partition(",")[0])
    if device != "cpu":
        devices.choose(device, course.assignment, confinement.level)
    opener = probe.open_opener(confinement, course.assignment.arrays)
    try:
        desk = grade.Desk(course=course, opener=opener, secret=secret, isolation=isolation)
        if device != "cpu":
            desk.put_on(device, confinement.level)
        desk.records = grade.prepare(desk, course.checks)
        # What people changed is theirs: it is put onto the new report, and must fit it, too.
        edits = written.report.edits
        again = report.to_yaml(report.with_edits(grade.grade(work, desk).report, edits))
    finally:
        opener.close()
    if again == written.data:
        return None
    lines = difflib.unified_diff(
        written.data.decode("utf-8", "replace").splitlines(),
        again.decode().splitlines(),
        "the report",
        "graded again",
        lineterm="",
        n=1,
    )
    text = "\n".join(["graded again, it differs:", *list(lines)[:40]])
    if written.near_a_limit:
        near = ", ".join(written.near_a_limit)
        text += f"\n(near a limit, so that the same bytes are not promised: {near})"
    return text
