from __future__ import annotations

import csv
import threading
from dataclasses import replace

import jsonschema
import pytest
import yaml

from grader import marks, store
from grader.errors import UsageError
from grader.findings import Evidence, Finding, Outcome
from grader.marks import MadeOn, Mark
from grader.report import ItemResult, Provenance, Report, assemble, to_yaml, unedited

PROVENANCE = Provenance(
    submission="sha256:aa",
    course="sha256:bb",
    engine="0.1.0",
    runtime={"python": "3.11"},
    device="cpu",
    isolation="landlock",
    seed="sha256:cc",
)
TEXT = Finding(
    check="answer", outcome=Outcome.PENDING, evidence=Evidence(what="why", given="because")
)
WHY = ItemResult(
    id="questions.why",
    title="Why",
    outcome=Outcome.PENDING,
    points=0.0,
    out_of=2.0,
    findings=(TEXT,),
)
CENTER = ItemResult(id="center", title="Center", outcome=Outcome.FAILED, points=0.0, out_of=1.0)


def graded(student: str = "ada", *items: ItemResult, submission: str = "sha256:aa") -> Report:
    provenance = replace(PROVENANCE, submission=submission)
    return assemble("vectors", student, items or (CENTER, WHY), provenance)


def mark(item: str = "questions.why", points: float | None = 1.5, **facts: object) -> Mark:
    usual = {
        "student": "ada",
        "item": item,
        "points": points,
        "who": "petrov",
        "when": "2026-11-26",
        "why": "half of it",
    }
    return Mark(**{**usual, **facts})


@pytest.fixture
def root(tmp_path):
    """A folder of results: ada and bob, both with an answer that waits."""
    for student in ("ada", "bob"):
        store.write_report(tmp_path, graded(student))
    store.write_summary(tmp_path, "vectors", store.read_outlines(tmp_path, "vectors"))
    return tmp_path


def read(root, student="ada") -> Report:
    report = store.read_report(root, "vectors", student)
    assert report is not None
    return report


def written(root, text: str) -> None:
    marks.path(root, "vectors").write_text(f"schema: grader.marks/1\n{text}", "utf-8")


BY_HAND = """\
# marks of the seminar
marks:
- {student: ada, item: center, points: 1, who: petrov, when: 2026-11-26, why: a typo}  # see mail
"""


def test_a_mark_gives_the_item_its_points(root):
    marks.add(root, "vectors", [mark()])

    assert [item.points for item in read(root).items] == [0.0, 1.5]
    assert read(root).points == 1.5


def test_a_mark_closes_what_waited(root):
    marks.add(root, "vectors", [mark()])

    assert read(root).complete


def test_all_points_pass_and_fewer_do_not(root):
    marks.add(root, "vectors", [mark(points=2.0), mark(student="bob")])

    assert read(root).items[1].outcome is Outcome.PASSED
    assert read(root, "bob").items[1].outcome is Outcome.FAILED


def test_the_original_stays_in_the_report(root):
    before = read(root)

    marks.add(root, "vectors", [mark()])

    assert unedited(read(root)) == before


def test_the_edit_says_who_when_what_and_why(root):
    marks.add(root, "vectors", [mark()])

    (edit,) = read(root).edits
    assert (edit.who, edit.when, edit.why) == ("petrov", "2026-11-26", "half of it")
    assert edit.what == "questions.why: 1.5 points instead of 0 (pending)"


def test_nobody_else_s_report_changes(root):
    before = read(root, "bob")

    marks.add(root, "vectors", [mark()])

    assert read(root, "bob") == before


def test_the_summary_has_the_marked_points(root):
    marks.add(root, "vectors", [mark()])

    with (root / "vectors" / "summary.csv").open(newline="") as file:
        ada, bob = csv.DictReader(file)
    assert (ada["questions.why"], ada["points"], ada["complete"]) == ("1.5", "1.5", "true")
    assert (bob["questions.why"], bob["points"], bob["complete"]) == ("", "0.0", "false")


def test_of_two_marks_the_later_stands(root):
    marks.add(root, "vectors", [mark(points=1.0)])
    marks.add(root, "vectors", [mark(points=2.0)])

    assert read(root).points == 2.0
    assert len(marks.read(root, "vectors").entries) == 2


def test_a_mark_can_be_taken_back(root):
    before = to_yaml(read(root))
    marks.add(root, "vectors", [mark()])

    marks.add(root, "vectors", [mark(points=None)])

    assert to_yaml(read(root)) == before


def test_a_mark_may_be_above_what_the_item_has(root):
    marks.add(root, "vectors", [mark(points=3.0)])

    assert (read(root).points, read(root).items[1].outcome) == (3.0, Outcome.PASSED)


def test_grading_again_keeps_the_mark(root):
    marks.add(root, "vectors", [mark()])

    marks.settled(root, graded(), fresh=True)

    assert read(root).points == 1.5


def test_a_mark_that_was_made_on_the_same_is_no_conflict(root):
    marks.add(root, "vectors", [mark(made_on=marks.made_on(read(root), "questions.why"))])

    marks.settled(root, graded(), fresh=True)

    assert [edit.conflict for edit in read(root).edits] == [None]


def test_a_mark_on_another_submission_stands_and_is_shown(root):
    marks.add(root, "vectors", [mark(made_on=marks.made_on(read(root), "questions.why"))])

    marks.settled(root, graded(submission="sha256:new"), fresh=True)

    report = read(root)
    assert report.points == 1.5
    assert [edit.conflict for edit in report.edits] == ["made on another submission"]
    assert not report.complete


def test_a_mark_on_another_result_stands_and_is_shown(root):
    marks.add(root, "vectors", [mark("center", 0.5, made_on=marks.made_on(read(root), "center"))])

    right = replace(CENTER, outcome=Outcome.PASSED, points=1.0)
    marks.settled(root, graded("ada", right, WHY), fresh=True)

    report = read(root)
    assert report.points == 0.5
    assert report.edits[0].conflict == "made when the item was failed with 0 points"


def test_a_new_mark_settles_a_conflict(root):
    old = MadeOn(submission="sha256:old", outcome=Outcome.PENDING, points=0.0)
    marks.add(root, "vectors", [mark(made_on=old)])
    assert not read(root).complete

    marks.add(root, "vectors", [mark(made_on=marks.made_on(read(root), "questions.why"))])

    assert read(root).complete


def test_what_a_mark_is_made_on_is_the_engine_s_part(root):
    marks.add(root, "vectors", [mark()])

    assert marks.made_on(read(root), "questions.why").outcome is Outcome.PENDING


def test_a_mark_that_does_not_say_what_it_was_made_on_fits_anything(root):
    marks.add(root, "vectors", [mark()])

    marks.settled(root, graded(submission="sha256:new"), fresh=True)

    assert read(root).edits[0].conflict is None


def test_laying_marks_twice_gives_the_same_bytes(root):
    marks.add(root, "vectors", [mark()])
    once = to_yaml(read(root))

    marks.lay(root, "vectors")
    marks.settled(root, graded(), fresh=True)

    assert to_yaml(read(root)) == once


def test_a_file_written_by_hand_is_laid_onto_the_reports(root):
    written(root, BY_HAND)

    marks.lay(root, "vectors")

    assert read(root).items[0].points == 1.0


def test_what_people_wrote_in_the_file_stays(root):
    written(root, BY_HAND)

    marks.add(root, "vectors", [mark()])

    text = marks.path(root, "vectors").read_text("utf-8")
    assert text.startswith(f"schema: grader.marks/1\n{BY_HAND}")
    assert [one.item for one in marks.read(root, "vectors").entries] == ["center", "questions.why"]


@pytest.mark.parametrize("text", ["", "marks: []\n", "marks:\n  - " + BY_HAND.split("- ", 1)[1]])
def test_a_mark_finds_its_place_in_any_form_of_the_file(root, text):
    written(root, text)
    before = marks.read(root, "vectors").entries

    marks.add(root, "vectors", [mark()])

    assert marks.read(root, "vectors").entries == (*before, mark())


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("student", "adda", 'marks[0].student is "adda", which has no report here. Did you'),
        ("item", "centre", 'marks[0].item is "centre", which has no report here. Did you mean "ce'),
        ("points", "-1", "marks[0].points"),
        ("points", ".inf", "marks[0].points"),
        ("points", "many", "marks[0].points"),
        ("when", "yesterday", "write a date such as 2026-11-26"),
        ("why", "' '", "say it in a few words"),
        ("who", "''", "say it in a few words"),
        ("whom", "x", 'unknown key "whom"'),
    ],
)
def test_a_mistake_in_the_file_is_named_with_line_and_key(root, key, value, said):
    facts = {
        "student": "ada",
        "item": "center",
        "points": "1",
        "who": "petrov",
        "when": "2026-11-26",
        "why": "so",
    } | {key: value}
    text = "".join(f"    {name}: {part}\n" for name, part in facts.items())
    written(root, f"marks:\n  -\n{text}")

    with pytest.raises(UsageError) as caught:
        marks.lay(root, "vectors")

    assert said in str(caught.value)
    line = 4 + list(facts).index(key)
    assert f"marks.yaml:{line}:" in str(caught.value)


def test_a_mark_on_nobody_changes_nothing(root):
    written(root, BY_HAND)
    before = marks.path(root, "vectors").read_bytes()

    with pytest.raises(UsageError, match=r'marks\[1\].student is "eve"'):
        marks.add(root, "vectors", [mark(student="eve")])

    assert marks.path(root, "vectors").read_bytes() == before


def test_two_people_who_mark_at_once_lose_nothing(root):
    def work(who: str) -> None:
        for number in range(10):
            marks.add(root, "vectors", [mark(points=number / 10, who=who)])

    people = [threading.Thread(target=work, args=(who,)) for who in ("petrov", "sidorova")]
    for one in people:
        one.start()
    for one in people:
        one.join()

    made = [(one.who, one.points) for one in marks.read(root, "vectors").entries]
    assert len(made) == 20
    for who in ("petrov", "sidorova"):
        assert [points for name, points in made if name == who] == [n / 10 for n in range(10)]


def test_a_mark_and_a_grading_at_once_lose_nothing(root):
    gradings = threading.Thread(
        target=lambda: [marks.settled(root, graded(), fresh=True) for _ in range(20)]
    )
    gradings.start()
    marks.add(root, "vectors", [mark()])
    gradings.join()

    assert read(root).points == 1.5


def test_something_else_under_the_name_is_left_alone(root):
    place = marks.path(root, "vectors")
    place.write_text("my own notes", "utf-8")

    with pytest.raises(UsageError):
        marks.add(root, "vectors", [mark()])

    assert place.read_text("utf-8") == "my own notes"


def test_the_schema_accepts_what_is_written(root):
    marks.add(root, "vectors", [mark(made_on=marks.made_on(read(root), "center"))])
    written = yaml.safe_load(marks.path(root, "vectors").read_text("utf-8"))

    jsonschema.Draft202012Validator.check_schema(marks.schema())
    jsonschema.validate(written, marks.schema())


def test_the_file_is_parsed_once_for_all_reports_of_a_class(root, monkeypatch):
    written(root, "marks: []\n# read once, whoever asks\n")
    parsed = []
    load = marks.load
    monkeypatch.setattr(marks, "load", lambda *of, **how: parsed.append(1) or load(*of, **how))
    for student in ("ada", "bob"):
        marks.settled(root, read(root, student))

    assert parsed == [1]
