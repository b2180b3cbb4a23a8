from __future__ import annotations

import math

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from grader import report as reports
from grader.errors import UsageError
from grader.findings import FLAGGED, Evidence, Finding, Outcome
from grader.questions import Failure, FailureKind
from grader.report import (
    Edit,
    ItemResult,
    Provenance,
    Report,
    Was,
    assemble,
    from_yaml,
    outline,
    to_yaml,
    unedited,
    with_edits,
)

PROVENANCE = Provenance(
    submission="sha256:aa",
    course="sha256:bb",
    engine="0.1.0",
    runtime={"python": "3.11.4", "torch": "2.13.0", "numpy": "2.4.6"},
    device="cpu",
    isolation="namespaces",
    seed="sha256:cc",
)
EVIDENCE = Evidence(
    what="dx", where=(1, 2), given=-0.94361, expected=-0.18872, error=0.7549, tolerance=1e-4
)
FINDINGS = (
    Finding(
        check="dx_equals_the_reference",
        outcome=Outcome.FAILED,
        message=str(EVIDENCE),
        evidence=EVIDENCE,
        misconception="sums",
        hint="Divide by N.",
    ),
    Finding(
        check="dx_has_a_slope",
        outcome=Outcome.FAILED,
        message="boom",
        failure=Failure(kind=FailureKind.RAISED, message="boom", where="work.py:31"),
    ),
)


def item(**facts: object) -> ItemResult:
    usual = {
        "id": "center",
        "title": "Center",
        "outcome": Outcome.PASSED,
        "points": 1.0,
        "out_of": 1.0,
    }
    return ItemResult(**{**usual, **facts})


def report(*items: ItemResult, **facts: object) -> Report:
    usual = {"assignment": "vectors", "student": "ada", "items": items, "provenance": PROVENANCE}
    return assemble(**{**usual, **facts})


FULL = report(
    item(), item(id="back", outcome=Outcome.FAILED, points=0.0, out_of=2.0, findings=FINDINGS)
)


def test_a_report_has_its_keys_in_this_order(golden):
    golden("report.yaml", to_yaml(FULL).decode())


def test_a_report_reads_back_as_it_was_written():
    assert to_yaml(from_yaml(to_yaml(FULL))) == to_yaml(FULL)


def test_edits_stay():
    edits = (Edit(who="instructor", when="2026-11-23", what="points of back", why="a typo"),)
    edited = Report(**{**_fields(FULL), "edits": edits})

    assert from_yaml(to_yaml(edited)).edits == edits


def edit(item: str, points: float | None, **facts: object) -> Edit:
    usual = {"who": "petrov", "when": "2026-11-26", "what": "points", "why": "so"}
    return Edit(**{**usual, "item": item, "points": points, **facts})


def test_an_edit_changes_its_item_and_the_total():
    edited = with_edits(FULL, [edit("back", 1.5)])

    assert [one.points for one in edited.items] == [1.0, 1.5]
    assert edited.points == 2.5


def test_an_edit_holds_what_the_engine_had_made_of_the_item():
    (made,) = with_edits(FULL, [edit("back", 2.0)]).edits

    assert made.was == Was(outcome=Outcome.FAILED, points=0.0)


def test_without_its_edits_a_report_is_the_engine_s_again():
    assert unedited(with_edits(FULL, [edit("back", 2.0), edit("center", 0.0)])) == FULL


def test_an_edited_report_comes_back_from_its_file():
    edited = with_edits(FULL, [edit("back", 2.0, conflict="made on another submission")])

    assert from_yaml(to_yaml(edited)) == from_yaml(to_yaml(from_yaml(to_yaml(edited))))
    assert unedited(from_yaml(to_yaml(edited))) == from_yaml(to_yaml(FULL))


def test_an_edit_with_a_conflict_leaves_the_report_incomplete():
    assert not with_edits(FULL, [edit("back", 2.0, conflict="look again")]).complete


def test_an_edit_on_an_item_that_is_gone_changes_nothing():
    assert with_edits(FULL, [edit("gone", 2.0)]) == FULL


def test_a_bonus_item_passes_with_any_points():
    extra = report(item(id="extra", outcome=Outcome.FAILED, points=0.0, out_of=0.0))
    outcomes = [
        with_edits(extra, [edit("extra", points)]).items[0].outcome for points in (0.0, 1.0)
    ]

    assert outcomes == [Outcome.FAILED, Outcome.PASSED]


def _fields(one: Report) -> dict[str, object]:
    return {name: getattr(one, name) for name in one.__dataclass_fields__}


def test_every_type_comes_back_as_ours():
    back = from_yaml(to_yaml(FULL)).items[1].findings[0]

    assert (back.outcome, type(back.evidence)) == (Outcome.FAILED, Evidence)


def test_the_schema_accepts_what_is_written():
    jsonschema.Draft202012Validator.check_schema(reports.schema())
    jsonschema.validate(yaml.safe_load(to_yaml(FULL)), reports.schema())


def test_totals_are_sums_without_the_dust_of_adding():
    total = report(*(item(points=0.1, out_of=0.1) for _ in range(3)))

    assert (total.points, total.out_of) == (0.3, 0.3)


@pytest.mark.parametrize("outcome", [Outcome.UNGRADED, Outcome.PENDING])
def test_an_open_item_leaves_the_report_incomplete(outcome):
    assert not report(item(), item(outcome=outcome)).complete


@pytest.mark.parametrize("outcome", [Outcome.PASSED, Outcome.FAILED, Outcome.BLOCKED])
def test_a_decided_item_leaves_the_report_complete(outcome):
    assert report(item(), item(outcome=outcome)).complete


def test_the_order_of_versions_changes_no_byte():
    runtime = dict(reversed(PROVENANCE.runtime.items()))
    other = Provenance(**{**_fields(PROVENANCE), "runtime": runtime})

    assert to_yaml(report(provenance=other)) == to_yaml(report())


def test_numbers_are_rounded_to_what_every_cpu_agrees_on():
    text = to_yaml(FULL).decode()

    assert "given: -0.9436, expected: -0.1887, error: 0.75, tolerance: 0.0001" in text


SHOWN = (
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.floats(allow_nan=False)
    | st.text(max_size=20)
)


@given(given=SHOWN, expected=SHOWN, message=st.text(max_size=30), where=st.lists(st.integers(0, 9)))
def test_any_evidence_survives_writing_and_reading(given, expected, message, where):
    evidence = Evidence(what="dx", where=tuple(where), given=given, expected=expected)
    finding = Finding(check="c", outcome=Outcome.FAILED, message=message, evidence=evidence)
    written = to_yaml(report(item(findings=(finding,))))

    assert to_yaml(from_yaml(written)) == written


def test_nan_survives_writing_and_reading():
    finding = Finding(
        check="c", outcome=Outcome.FAILED, evidence=Evidence(what="dx", given=math.nan)
    )
    evidence = from_yaml(to_yaml(report(item(findings=(finding,))))).items[0].findings[0].evidence

    assert evidence is not None
    assert isinstance(evidence.given, float)
    assert math.isnan(evidence.given)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "schema: grader.report/1",
            "schema: grader.report/2",
            "report.yaml:1: schema is grader.report/2, and grader.report/1 is read here.",
        ),
        ("outcome: failed", "outcome: flunked", "items[1].outcome is 'flunked':"),
        ("complete: true\n", "", 'needs the key "complete". Add it.'),
        ("student: ada", "studnet: ada", ':3: unknown key "studnet". Did you mean "student"?'),
        ("hint:", "hnit:", 'unknown key "hnit" in items[1].findings[0]. Did you mean "hint"?'),
        ("student: ada", "student: [", "not readable as YAML"),
    ],
)
def test_a_report_that_was_tampered_with_is_refused_by_line_and_key(old, new, message):
    text = to_yaml(FULL).decode()
    assert old in text
    with pytest.raises(UsageError) as caught:
        from_yaml(text.replace(old, new, 1).encode())

    assert message in str(caught.value)


def test_an_outline_keeps_failures_and_flags():
    flag = Finding(check="policy", outcome=Outcome.PASSED, message=f"{FLAGGED}f uses g")
    quiet = Finding(check="dx", outcome=Outcome.PASSED)
    outlined = outline(report(item(findings=(flag, quiet, *FINDINGS))))

    assert outlined.items[0].findings == (flag, FINDINGS[1])
