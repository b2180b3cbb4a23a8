"""Report and ItemResult: what a student gets back, and its YAML, the same bytes every time."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from pydantic import ConfigDict, TypeAdapter, with_config

from grader.errors import UsageError
from grader.findings import Finding, Outcome, rounded
from grader.inert import inert
from grader.schema import fit
from grader.yamlfile import dump, load

SCHEMA: Literal["grader.report/1"] = "grader.report/1"
FILE = "report.yaml"
BEGINS = f"schema: {SCHEMA}\n".encode()
MAX_BYTES = 8 << 20

_RUNTIME = ("python", "torch", "numpy")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemResult:
    """What became of one item. `carried` names the item whose error was carried forward."""

    id: str
    title: str
    outcome: Outcome
    points: float
    out_of: float
    carried: str | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def is_in_part(self) -> bool:
        """Whether there are points for a part of it, as a person may give; a check never does."""
        return self.outcome is Outcome.FAILED and self.points > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """All that a report depends on: the same provenance, the same bytes.

    Attributes:
        submission, course: digests, "sha256:…".
        engine: our version.
        runtime: versions by name: python, torch, numpy.
        device, isolation: where it ran, and how strongly it was held.
        seed: a salted digest of the course's secret, never the secret.
    """

    submission: str
    course: str
    engine: str
    runtime: dict[str, str]
    device: str
    isolation: str
    seed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Was:
    """What the engine made of an item that a person has marked since."""

    outcome: Outcome
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A person's change to a report: who, when, what and why; the original stays.

    Attributes:
        what: a sentence; the fields below say the same to programs.
        item, points: the item that was marked, and what it earns by that.
        was: what the engine made of it.
        conflict: why a person should look again, or None: the report is not complete until then.
    """

    who: str
    when: str
    what: str
    why: str
    item: str | None = None
    points: float | None = None
    was: Was | None = None
    conflict: str | None = None


@with_config(ConfigDict(extra="forbid"))  # holds for the types inside too
@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One student's result. `complete` is False while an item waits, or is our fault."""

    schema: Literal["grader.report/1"] = SCHEMA
    assignment: str
    student: str
    points: float
    out_of: float
    complete: bool
    items: tuple[ItemResult, ...]
    provenance: Provenance
    edits: tuple[Edit, ...] = ()


_ADAPTER: TypeAdapter[Report] = TypeAdapter(Report)


def assemble(
    assignment: str, student: str, items: Iterable[ItemResult], provenance: Provenance
) -> Report:
    """A report with its totals; ungraded and pending items leave it incomplete."""
    results = tuple(items)
    open_ends = (Outcome.UNGRADED, Outcome.PENDING)
    return Report(
        assignment=assignment,
        student=student,
        points=_tidy(math.fsum(result.points for result in results)),
        out_of=_tidy(math.fsum(result.out_of for result in results)),
        complete=not any(result.outcome in open_ends for result in results),
        items=results,
        provenance=provenance,
    )


def with_edits(report: Report, edits: Iterable[Edit]) -> Report:
    """The engine's report with people's changes in it: items, points, and whether it is complete.

    A marked item has passed with all its points, else it failed, however many it has; `was` of the
    edit is made anew from the report.
    """
    by_item = {edit.item: edit for edit in edits if edit.item and edit.points is not None}
    items, kept = [], []
    for item in report.items:
        edit = by_item.get(item.id)
        if edit is None or edit.points is None:
            items.append(item)
            continue
        whole = edit.points > 0 and edit.points >= item.out_of
        outcome = Outcome.PASSED if whole else Outcome.FAILED
        items.append(replace(item, outcome=outcome, points=edit.points))
        kept.append(replace(edit, was=Was(outcome=item.outcome, points=item.points)))
    made = assemble(report.assignment, report.student, items, report.provenance)
    settled = not any(edit.conflict for edit in kept)
    return replace(made, edits=tuple(kept), complete=made.complete and settled)


def unedited(report: Report) -> Report:
    """The engine's part of a report: what it said before people changed it."""
    was = {edit.item: edit.was for edit in report.edits if edit.was is not None}
    items = []
    for item in report.items:
        before = was.get(item.id)
        if before is not None:
            item = replace(item, outcome=before.outcome, points=before.points)
        items.append(item)
    return assemble(report.assignment, report.student, items, report.provenance)


def outline(report: Report) -> Report:
    """A report without what only its own student reads: of the findings, failures and flags stay.

    A class of a thousand outlines fits where thirty reports do.
    """
    items = tuple(
        replace(
            item,
            findings=tuple(one for one in item.findings if one.failure or one.flagged is not None),
        )
        for item in report.items
    )
    return replace(report, items=items)


def to_yaml(report: Report) -> bytes:
    """The bytes of report.yaml: keys in the order of the types, numbers rounded.

    Points have at most six decimals; values of evidence four digits, errors and tolerances two.
    """
    return dump(_plain(report)).encode()


def from_yaml(data: bytes, name: str = FILE) -> Report:
    """Read a report back.

    Raises: UsageError naming file, line and key of what is not a report of this version.
    """
    document = load(data, name=name, max_bytes=MAX_BYTES, error=UsageError)
    if isinstance(document.value, dict) and document.value.get("schema", SCHEMA) != SCHEMA:
        other = inert(str(document.value["schema"]))
        raise UsageError(
            f"{document.at(('schema',))} is {other}, and {SCHEMA} is read here. "
            "Grade again, or use the version that wrote it."
        )
    return fit(document, _ADAPTER, error=UsageError)


def schema() -> dict[str, Any]:
    """The JSON Schema of report.yaml."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_ADAPTER.json_schema(),
    }


def _plain(report: Report) -> dict[str, Any]:
    value = asdict(report)
    value["points"], value["out_of"] = _tidy(report.points), _tidy(report.out_of)
    for item in value["items"]:
        item["outcome"] = str(item["outcome"])
        item["points"], item["out_of"] = _tidy(item["points"]), _tidy(item["out_of"])
        item["findings"] = [_plain_finding(finding) for finding in item["findings"]]
    value["edits"] = [_plain_edit(edit) for edit in report.edits]
    runtime = value["provenance"]["runtime"]
    names = sorted(
        runtime, key=lambda name: (_RUNTIME.index(name) if name in _RUNTIME else 9, name)
    )
    value["provenance"]["runtime"] = {name: runtime[name] for name in names}
    return value


def _plain_edit(edit: Edit) -> dict[str, Any]:
    value = asdict(edit)
    if edit.points is not None:
        value["points"] = _tidy(edit.points)
    if edit.was is not None:
        value["was"] = {"outcome": str(edit.was.outcome), "points": _tidy(edit.was.points)}
    return value


def _plain_finding(finding: Mapping[str, Any]) -> dict[str, Any]:
    value = {**finding, "outcome": str(finding["outcome"])}
    if value["failure"] is not None:
        value["failure"] = {**value["failure"], "kind": str(value["failure"]["kind"])}
    if value["evidence"] is not None:
        digits = {"given": 4, "expected": 4, "error": 2, "tolerance": 2}
        value["evidence"] = {
            key: rounded(part, digits[key]) if isinstance(part, float) else part
            for key, part in value["evidence"].items()
            if key not in ("called", "note") or part is not None
        }
    return value


def _tidy(points: float) -> float:
    """Points without the dust of adding thirds."""
    return round(float(points), 6)
