"""Zips in place of folders: what becomes of them as submissions."""

from __future__ import annotations

import os
import zipfile

import pytest

from grader import submission
from grader.errors import SubmissionError
from grader.reading import parcel
from grader.submission import collect, names_at, read
from tests.test_submission import assignment


@pytest.fixture
def zipped(tmp_path):
    """Writes NAME.zip of {name: text} into the class's folder."""

    def write(name, files):
        path = tmp_path / "class" / name
        path.parent.mkdir(exist_ok=True)
        with zipfile.ZipFile(path, "w") as archive:
            for one, text in files.items():
                archive.writestr(one, text)
        return path

    return write


def test_a_zip_is_the_work_of_the_student_that_it_is_called_after(zipped):
    one = read(zipped("bob.zip", {"work.py": "x = 1", "answers.yaml": "a: 1"}), assignment())

    assert (one.student, one.files, one.answers) == ("bob", {"work.py": b"x = 1"}, b"a: 1")
    assert (one.problem, one.answers_problem, one.notes) == (None, None, ())


def test_a_zip_has_the_digest_of_the_folder_that_was_packed(zipped, tmp_path):
    (tmp_path / "bob").mkdir()
    (tmp_path / "bob" / "work.py").write_text("x = 1")
    packed = read(zipped("bob.zip", {"bob/work.py": "x = 1"}), assignment())

    assert packed.digest == read(tmp_path / "bob", assignment()).digest


def test_nothing_is_unpacked(zipped, tmp_path):
    path = zipped("bob.zip", {"work.py": "x = 1"})
    before = sorted(tmp_path.rglob("*"))
    read(path, assignment())

    assert sorted(tmp_path.rglob("*")) == before


def test_a_class_may_hold_folders_and_zips(zipped, tmp_path):
    zipped("bob.zip", {"work.py": ""})
    zipped("eve.ZIP", {"work.py": ""})
    (tmp_path / "class" / "ada").mkdir()
    (tmp_path / "class" / "ada" / "work.py").write_text("")

    found, refused = collect([tmp_path / "class"], assignment())

    assert ([one.student for one in found], refused) == (["ada", "bob", "eve"], [])


def test_a_zip_beside_ones_own_work_is_not_a_submission(zipped, tmp_path):
    zipped("old.zip", {"work.py": ""})
    (tmp_path / "class" / "work.py").write_text("")

    assert [one.student for one in collect([tmp_path / "class"], assignment())[0]] == ["class"]


def test_a_folder_and_a_zip_of_one_student_collide(zipped, tmp_path):
    zipped("bob.zip", {"work.py": ""})
    (tmp_path / "class" / "bob").mkdir()
    (tmp_path / "class" / "bob" / "work.py").write_text("")

    found, refused = collect([tmp_path / "class"], assignment())

    assert (found, len(refused)) == ([], 2)
    assert "claimed by" in refused[0].reason


def test_a_link_to_a_zip_in_a_class_is_refused(zipped, tmp_path):
    os.symlink(zipped("bob.zip", {"work.py": ""}), tmp_path / "class" / "eve.zip")

    assert [one.name for one in collect([tmp_path / "class"], assignment())[1]] == ["eve.zip"]


def test_a_zip_under_a_name_that_is_no_id_is_refused(zipped, tmp_path):
    zipped("a\u202eb.zip", {"work.py": ""})
    zipped("bob.zip", {"work.py": ""})

    found, refused = collect([tmp_path / "class"], assignment())

    assert [one.student for one in found] == ["bob"]
    assert ["cannot be a student's id" in one.reason for one in refused] == [True]


def test_a_zip_that_is_none_is_a_problem_of_code_and_answers(tmp_path):
    (tmp_path / "bob.zip").write_bytes(b"PK")

    one = read(tmp_path / "bob.zip", assignment())

    assert one.problem == one.answers_problem
    assert one.problem.startswith("The zip is damaged, or none.")


def test_a_zip_without_the_work_names_what_it_holds(zipped):
    one = read(zipped("bob.zip", {"hw.zip": "", "notes.txt": ""}), assignment())

    assert one.problem == "work.py is missing; the zip holds hw.zip, notes.txt."


def test_a_file_in_another_encoding_is_a_problem_with_its_line(zipped):
    one = read(zipped("bob.zip", {"work.py": "x = 1\n# привет".encode("cp1251")}), assignment())

    assert one.problem.startswith("work.py is not UTF-8 text: byte 0xef on line 2.")


def test_answers_that_are_too_long_cost_their_own_items_alone(zipped):
    files = {"work.py": "x = 1", "answers.yaml": "#" * (submission.MAX_ANSWERS_BYTES + 1)}
    one = read(zipped("bob.zip", files), assignment())

    assert (one.problem, one.answers) == (None, None)
    assert one.answers_problem.startswith("answers.yaml is 64 KiB long")


def test_names_that_lead_out_are_left_out_and_told(zipped):
    plain = read(zipped("bob.zip", {"work.py": ""}), assignment())
    one = read(zipped("eve.zip", {"work.py": "", "../../work.py": "", "/etc/a": ""}), assignment())

    said = "eve.zip: 2 of its names lead out of the zip; they were left out."
    assert [note.sentence() for note in one.notes] == [said]
    assert one.digest != plain.digest


def test_a_zip_that_is_too_long_is_not_read(tmp_path):
    (tmp_path / "bob.zip").touch()
    os.truncate(tmp_path / "bob.zip", parcel.MAX_ZIP_BYTES + 1)

    assert read(tmp_path / "bob.zip", assignment()).problem.startswith("bob.zip is 128.0 MiB long")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are of POSIX")
def test_a_pipe_that_is_called_a_zip_is_a_problem_and_nobody_waits_for_it(tmp_path):
    os.mkfifo(tmp_path / "bob.zip")

    assert read(tmp_path / "bob.zip", assignment()).problem.startswith("bob.zip is a named pipe.")


def test_a_folder_that_is_called_a_zip_is_a_folder(tmp_path):
    (tmp_path / "bob.zip").mkdir()
    (tmp_path / "bob.zip" / "work.py").write_text("x = 1")

    assert read(tmp_path / "bob.zip", assignment()).files == {"work.py": b"x = 1"}


def test_the_names_in_a_zip_are_had_without_reading_it_all(zipped):
    assert names_at(zipped("bob.zip", {"hw/work.py": "", "hw/b.txt": ""})) == ["b.txt", "work.py"]


def test_the_names_in_what_is_no_zip_are_not_to_be_had(tmp_path):
    (tmp_path / "bob.zip").write_bytes(b"")

    with pytest.raises(SubmissionError, match="is damaged, or none"):
        names_at(tmp_path / "bob.zip")
