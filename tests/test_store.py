from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from grader import store, submission
from grader.errors import UsageError
from grader.findings import Outcome
from grader.pictures import Picture
from grader.report import ItemResult, Provenance, Report, assemble
from grader.store import (
    find_report,
    read_outlines,
    report_path,
    write_report,
    write_summary,
    write_timings,
    write_whole,
)


def provenance(submission: str = "sha256:aa") -> Provenance:
    return Provenance(
        submission=submission,
        course="sha256:bb",
        engine="0.1.0",
        runtime={"python": "3.11"},
        device="cpu",
        isolation="landlock",
        seed="sha256:cc",
    )


def report(student: str = "ada", outcome: Outcome = Outcome.PASSED) -> Report:
    points = 1.0 if outcome is Outcome.PASSED else 0.0
    item = ItemResult(id="center", title="Center", outcome=outcome, points=points, out_of=1.0)
    return assemble("vectors", student, [item], provenance())


def test_a_file_is_written_into_folders_that_are_made(tmp_path):
    write_whole(tmp_path / "a" / "b" / "c.txt", b"x")

    assert (tmp_path / "a" / "b" / "c.txt").read_bytes() == b"x"


def test_writing_leaves_nothing_else_behind(tmp_path):
    write_whole(tmp_path / "c.txt", b"x")

    assert os.listdir(tmp_path) == ["c.txt"]


def test_a_write_that_fails_leaves_the_old_bytes_and_nothing_else(tmp_path, monkeypatch):
    write_whole(tmp_path / "c.txt", b"old")
    monkeypatch.setattr(store.os, "replace", _full)

    with pytest.raises(UsageError, match="no space left"):
        write_whole(tmp_path / "c.txt", b"new", begins=b"old")

    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("c.txt", b"old")]


def _full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_what_a_killed_run_left_is_swept(tmp_path):
    leftover = tmp_path / ".c.txt.1-aa.partial"
    leftover.write_bytes(b"half")
    os.utime(leftover, (0, 0))

    write_whole(tmp_path / "c.txt", b"x")

    assert os.listdir(tmp_path) == ["c.txt"]


def test_what_another_run_writes_right_now_stays(tmp_path):
    (tmp_path / ".c.txt.1-aa.partial").write_bytes(b"half")

    write_whole(tmp_path / "c.txt", b"x")

    assert sorted(os.listdir(tmp_path)) == [".c.txt.1-aa.partial", "c.txt"]


def test_a_file_is_readable_for_whom_the_mask_allows(tmp_path):
    write_whole(tmp_path / "c.txt", b"x")

    mask = os.umask(0)
    os.umask(mask)
    assert (tmp_path / "c.txt").stat().st_mode & 0o777 == 0o666 & ~mask


def _occupied_by_a_folder(path: Path) -> None:
    path.mkdir(parents=True)


def _occupied_by_a_link(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.symlink_to("elsewhere")


def _occupied_by_a_pipe(path: Path) -> None:
    path.parent.mkdir(parents=True)
    os.mkfifo(path)


def _occupied_by_notes(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_text("dear diary")


@pytest.mark.parametrize(
    "occupy",
    [_occupied_by_a_folder, _occupied_by_a_link, _occupied_by_a_pipe, _occupied_by_notes],
)
def test_nothing_of_another_kind_is_overwritten(tmp_path, occupy):
    path = report_path(tmp_path, "vectors", "ada")
    occupy(path)
    before = path.lstat()

    with pytest.raises(UsageError, match=r"is not a file of ours: nothing was overwritten. Move"):
        write_report(tmp_path, report())

    assert (path.lstat().st_ino, path.lstat().st_size) == (before.st_ino, before.st_size)


def test_an_output_folder_that_is_a_file_gets_a_sentence(tmp_path):
    (tmp_path / "out").write_text("notes")

    with pytest.raises(UsageError, match=r"cannot be written \(.*\). Choose another folder"):
        write_report(tmp_path / "out", report())


def test_an_unwritable_output_folder_gets_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(store.os, "open", _denied)  # root may write everywhere

    with pytest.raises(UsageError, match=r"cannot be written \(permission denied\). Choose"):
        write_report(tmp_path, report())


def _denied(*_: object) -> None:
    raise PermissionError(13, "Permission denied")


def test_a_report_of_the_same_provenance_is_found(tmp_path):
    write_report(tmp_path, report())

    assert find_report(tmp_path, "vectors", "ada", provenance()) == report()


def test_a_report_of_another_provenance_is_not(tmp_path):
    write_report(tmp_path, report())

    assert find_report(tmp_path, "vectors", "ada", provenance("sha256:other")) is None


def test_a_report_that_is_not_there_is_not_found(tmp_path):
    assert find_report(tmp_path, "vectors", "ada", provenance()) is None


def test_a_broken_report_is_not_found_and_may_be_written_again(tmp_path):
    path = write_report(tmp_path, report())
    path.write_bytes(path.read_bytes()[:60])

    assert find_report(tmp_path, "vectors", "ada", provenance()) is None
    write_report(tmp_path, report())
    assert find_report(tmp_path, "vectors", "ada", provenance()) == report()


def test_a_report_that_was_moved_to_another_student_is_not_found(tmp_path):
    path = write_report(tmp_path, report())
    other = report_path(tmp_path, "vectors", "eve")
    other.parent.mkdir()
    path.rename(other)

    assert find_report(tmp_path, "vectors", "eve", provenance()) is None


def test_all_reports_are_read_by_student(tmp_path):
    for student in ("grace", "ada"):
        write_report(tmp_path, report(student))
    (tmp_path / "vectors" / "empty").mkdir()

    assert [one.student for one in read_outlines(tmp_path, "vectors")] == ["ada", "grace"]


def test_an_assignment_without_reports_has_none(tmp_path):
    assert list(read_outlines(tmp_path, "vectors")) == []


def test_the_summary_has_a_row_a_student_and_a_column_an_item(tmp_path):
    path = write_summary(tmp_path, "vectors", [report("grace"), report("ada", Outcome.FAILED)])

    assert path.read_text() == (
        "student,center,points,out_of,complete\nada,0.0,0.0,1.0,true\ngrace,1.0,1.0,1.0,true\n"
    )


def test_the_summary_leaves_open_items_empty(tmp_path):
    path = write_summary(tmp_path, "vectors", [report("ada", Outcome.UNGRADED)])

    assert path.read_text().splitlines()[1] == "ada,,0.0,1.0,false"


def test_the_summary_is_written_again_over_itself(tmp_path):
    write_summary(tmp_path, "vectors", [report("ada")])

    path = write_summary(tmp_path, "vectors", [report("ada"), report("grace")])

    assert len(path.read_text().splitlines()) == 3


@pytest.mark.parametrize("student", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\uff1d1+1"])
def test_a_spreadsheet_runs_nothing_of_the_summary(tmp_path, student):
    path = write_summary(tmp_path, "vectors", [report(student)])

    assert list(csv.reader(path.read_text().splitlines()))[1][0] == f"'{student}"


def test_no_formula_begins_where_a_semicolon_ends_a_cell(tmp_path):
    path = write_summary(tmp_path, "vectors", [report("ann;=1+1; -2;3")])

    assert list(csv.reader(path.read_text().splitlines()))[1][0] == "ann;'=1+1;' -2;3"


def test_timings_lie_beside_the_report(tmp_path):
    path = write_timings(tmp_path, "vectors", "ada", {"items": {"center": 0.25}})

    assert path == tmp_path / "vectors" / "ada" / "timings.yaml"
    assert path.read_text() == "schema: grader.timings/1\nitems: {center: 0.25}\n"


def test_no_student_is_called_what_the_class_table_is():
    assert store.SUMMARY in submission.RESERVED


def test_kept_code_comes_back(tmp_path):
    store.write_work(tmp_path, "a", "ada", {"work.py": b"x = 1\n"})

    assert store.read_work(tmp_path, "a", "ada", ["work.py", "work.ipynb"]) == {
        "work.py": b"x = 1\n"
    }


def test_new_work_takes_the_place_of_old(tmp_path):
    store.write_work(tmp_path, "a", "ada", {"work.ipynb": b"{}"})
    store.write_work(tmp_path, "a", "ada", {"work.py": b""})

    assert [path.name for path in (tmp_path / "a/ada/work").iterdir()] == ["work.py"]


def test_too_long_a_file_is_not_read_back(tmp_path):
    store.write_work(tmp_path, "a", "ada", {"work.py": b"#" * (store.MAX_WORK_BYTES + 1)})

    assert store.read_work(tmp_path, "a", "ada", ["work.py"]) == {}


PICTURE = Picture(kind="curve", what="x", x=(0.0,), yours=(1.0,), expected=(2.0,))


def test_pictures_come_back(tmp_path):
    store.write_pictures(tmp_path, "a", "ada", {"i/c": (PICTURE,)})

    assert store.read_pictures(tmp_path, "a", "ada") == {"i/c": (PICTURE,)}


def test_pictures_of_work_that_is_right_now_are_gone(tmp_path):
    store.write_pictures(tmp_path, "a", "ada", {"i/c": (PICTURE,)})
    store.write_pictures(tmp_path, "a", "ada", {})

    assert not (tmp_path / "a/ada/pictures.json").exists()


@pytest.mark.parametrize("data", [b"", b"[", b"\0" * 300_000])
def test_pictures_that_are_not_ours_are_none(tmp_path, data):
    (tmp_path / "a/ada").mkdir(parents=True)
    (tmp_path / "a/ada/pictures.json").write_bytes(data)

    assert store.read_pictures(tmp_path, "a", "ada") == {}
