from __future__ import annotations

import hashlib
import io
import shutil
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import nbformat
import pytest
from nbconvert import HTMLExporter

from grader import own_work, rubric
from grader.checking import record, source
from grader.errors import CourseError, UsageError
from grader.new import new
from grader.release import bundle, leaks
from grader.sandbox import probe
from grader.secret import PUBLIC
from tests import boxes
from tests.specimens import ROOT

COURSES = ROOT / "tests" / "courses"
SECRET = "0123456789abcdef" * 4
ASSIGNMENTS = sorted(path.name for path in (ROOT / "assignments").iterdir())


@cache
def answered(root: Path, slug: str) -> dict[str, record.Record]:
    """The records of an assignment; its reference is asked once a session."""
    return bundle.records(source.read(root / "assignments" / slug), probe.choose("auto"), PUBLIC)


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A copy of the numpy course, with a secret seed."""
    monkeypatch.delenv("GRADER_SEED", raising=False)
    for room in ("assignments", "reference"):
        shutil.copytree(COURSES / room / "vectors", tmp_path / "course" / room / "vectors")
    (tmp_path / "course" / "reference" / "seed").write_text(SECRET + "\n")
    return source.read(tmp_path / "course" / "assignments" / "vectors")


@pytest.fixture
def records():
    return answered(COURSES, "vectors")


@pytest.fixture
def made(course, records):
    return bundle.assemble(course, records)


def read_again(course):
    return source.read(course.assignment.folder)


def test_students_get_the_listed_files_and_no_others(made):
    assert [name for name in made.members if not name.startswith("recorded/")] == [
        "README.md",
        "START.md",
        "answers.yaml",
        "assignment.yaml",
        "checks.py",
        "vectors.ipynb",
        "vectors.py",
    ]


def test_students_get_every_file_of_visible_checks(course, records):
    (course.assignment.folder / "checks_more.py").write_text("column = 1\n")

    assert b"column" in bundle.assemble(read_again(course), records).members["checks_more.py"]


def test_every_visible_check_has_its_record(made, course):
    read = [
        record.from_bytes(data, name)
        for name, data in made.members.items()
        if name.startswith("recorded/")
    ]

    assert sorted(one.check for one in read) == sorted(check.id for check in course.visible)


def test_what_is_not_listed_is_left_out_and_told(course, records):
    (course.assignment.folder / "notes.txt").write_text("for the staff\n")
    (course.assignment.folder / "__pycache__").mkdir(exist_ok=True)
    (course.assignment.folder / "__pycache__" / "vectors.pyc").write_bytes(b"staff")

    made = bundle.assemble(course, records)

    assert made.left_out == ("notes.txt",)
    assert not {"notes.txt", "__pycache__/vectors.pyc"} & set(made.members)


def test_a_zip_is_the_same_bytes_at_any_time(course, records):
    one, other = (bundle.to_zip(bundle.assemble(course, records)) for _ in range(2))

    assert hashlib.sha256(one).hexdigest() == hashlib.sha256(other).hexdigest()
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        entries = archive.infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)
    assert {entry.external_attr >> 16 for entry in entries} == {0o100644}


def test_records_made_again_are_the_same(course, records):
    again = bundle.records(course, probe.choose("auto"), PUBLIC)

    assert {id: record.to_bytes(one) for id, one in again.items()} == {
        id: record.to_bytes(one) for id, one in records.items()
    }


def test_another_seed_of_the_records_draws_otherwise(course, records):
    again = bundle.records(course, probe.choose("auto"), "this term's public seed")

    assert record.to_bytes(again["center.forward/" + _name(records)]) != record.to_bytes(
        records["center.forward/" + _name(records)]
    )


def _name(records):
    return next(id for id in records if id.startswith("center.forward/")).partition("/")[2]


def test_a_release_is_checked_where_there_is_no_reference(made, tmp_path):
    folder, _ = bundle.write(made, tmp_path / "out")
    shutil.copy(COURSES / "submissions" / "one_mean" / "vectors.py", folder / "vectors.py")
    course = own_work.course_of(folder, None)

    desk = own_work.desk(course, boxes.warm(), "landlock")
    graded = own_work.check(desk, folder, [])

    assert course.assignment.secret is None
    assert {item.id: str(item.outcome) for item in graded.report.items} == {
        "center.forward": "failed",
        "center.backward": "passed",
        "running_mean": "passed",
    }


def test_the_secret_seed_makes_no_records(course):
    with pytest.raises(UsageError, match="would be made under the secret seed"):
        bundle.records(course, probe.choose("auto"), SECRET)


def test_a_stub_that_drifted_is_not_released(course, records):
    path = course.assignment.folder / "vectors.py"
    path.write_text(path.read_text("utf-8") + "\n\nANSWER = 42\n", "utf-8")

    with pytest.raises(CourseError, match=r"vectors.py is not what .* release vectors --stubs"):
        bundle.assemble(read_again(course), records)


def test_what_would_give_a_secret_away_is_not_released(course, records):
    hint = course.misconceptions[0].hint["en"]
    path = course.assignment.folder / "README.md"
    path.write_text(f"{path.read_text('utf-8')}\n{hint}\n", "utf-8")

    with pytest.raises(CourseError, match=r"README.md holds of the misconception centers_rows"):
        bundle.assemble(read_again(course), records)


def test_a_reference_that_fails_its_own_check_is_not_released(course):
    path = course.assignment.secret / "vectors.py"
    path.write_text(path.read_text("utf-8").replace("return x -", "return 1 / 0 * x -"), "utf-8")

    with pytest.raises(CourseError, match=r"center.forward/.* cannot be released"):
        bundle.records(read_again(course), probe.choose("auto"), PUBLIC)


def test_a_work_in_the_target_is_not_thrown_away(made, tmp_path):
    folder, _ = bundle.write(made, tmp_path)
    (folder / "mine.py").write_text("x = 1\n")

    with pytest.raises(UsageError, match=r"holds mine.py, which is none of this release"):
        bundle.write(made, tmp_path)

    assert (folder / "mine.py").read_text() == "x = 1\n"


def test_a_folder_that_is_no_release_is_left_alone(made, tmp_path):
    (tmp_path / "vectors").mkdir()

    with pytest.raises(UsageError, match="exists and is no release"):
        bundle.write(made, tmp_path)


def test_a_release_takes_the_place_of_the_one_before(made, tmp_path):
    bundle.write(made, tmp_path)
    changed = replace(made, members={**made.members, "README.md": b"# Anew\n"})

    folder, packed = bundle.write(changed, tmp_path)

    assert (folder / "README.md").read_bytes() == b"# Anew\n"
    assert packed.read_bytes() == bundle.to_zip(changed)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "course", "vectors", "vectors.zip",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "run two commands"), ("ru", "выполните две команды")]
)
def test_two_commands_lead_to_a_first_check(course, lang, words):
    text = bundle.start(course, "nabla-grader", lang)

    blocks = [block.strip().splitlines() for block in text.split("```")[1::2]]
    assert blocks == [
        ["python3 -m pip install nabla-grader", "python3 -m grader check"],
        ["py -m pip install nabla-grader", "py -m grader check"],
    ]
    assert words in text


def test_a_wheel_goes_into_the_release_and_the_command_names_it(course, records, tmp_path):
    wheel = tmp_path / "nabla_grader-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("grader/__init__.py", "")

    made = bundle.assemble(course, records, package=str(wheel))

    assert made.members[wheel.name] == wheel.read_bytes()
    assert f"pip install ./{wheel.name}" in made.members["START.md"].decode()


def test_a_notebook_edition_is_valid_and_converts(made):
    notebook = nbformat.reads(made.members["vectors.ipynb"].decode(), 4)

    nbformat.validate(notebook)
    page, _ = HTMLExporter().from_notebook_node(notebook)
    assert "center_backward" in page


def test_a_notebook_holds_each_stub_and_then_its_checks(made):
    notebook = nbformat.reads(made.members["vectors.ipynb"].decode(), 4)

    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]

    assert [source.partition("(")[0] if "def " in source else source for source in code[1:]] == [
        "def center_forward",
        'check("center.forward")',
        "def center_backward",
        'check("center.backward")',
        "def running_mean",
        'check("running_mean")',
        "check()",
    ]
    assert code[0].endswith("from grader.notebook import check")


def test_the_russian_edition_speaks_russian(course, records):
    made = bundle.assemble(course, records, lang="ru")

    notebook = nbformat.reads(made.members["vectors.ipynb"].decode(), 4)

    assert notebook.cells[-1].source == 'check(lang="ru")'
    assert "Напишите функции" in "".join(cell.source for cell in notebook.cells)


def test_what_grader_new_makes_is_released_at_once(tmp_path):
    new("made", tmp_path)
    course = source.read(tmp_path / "assignments" / "made")

    records = bundle.records(course, probe.choose("auto"), PUBLIC)
    made = bundle.assemble(course, records)

    assert made.left_out == ()
    assert {"made.py", "made.ipynb", "README.ru.md", "START.md"} <= set(made.members)


@pytest.mark.parametrize(
    "slug",
    # The others take minutes to record on a busy machine; test_leaks has their public folders.
    [
        pytest.param(
            slug, marks=() if slug in ("activations", "preprocessing") else pytest.mark.slow
        )
        for slug in ASSIGNMENTS
    ],
)
def test_nothing_secret_is_in_a_zip_of_the_course(slug, tmp_path, monkeypatch):
    monkeypatch.setenv("GRADER_SEED", SECRET)
    course = source.read(ROOT / "assignments" / slug)

    made = bundle.assemble(course, answered(ROOT, slug))

    folder, packed = bundle.write(made, tmp_path)
    with zipfile.ZipFile(packed) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    assert leaks.found(course, members) == []
    assert rubric.read(folder).secret is None
