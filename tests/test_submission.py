from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import submission
from grader.errors import SubmissionError
from grader.reading.assigned import Work
from grader.rubric import Assignment, Item, Limits, Title
from grader.submission import Submission, collect, read

TITLE = Title(en="t", ru="t")


def assignment(*files: str) -> Assignment:
    return Assignment(
        slug="vectors",
        schema=1,
        title=TITLE,
        arrays="numpy",
        files=files or ("work.py",),
        given=(),
        returns=(),
        limits=Limits(),
        feedback="full",
        items=(Item(id="a", title=TITLE, points=1.0),),
        folder=Path(),
        secret=None,
    )


@pytest.fixture
def ada(tmp_path):
    folder = tmp_path / "ada"
    folder.mkdir()
    return folder


def test_a_folder_is_read_under_its_name(ada):
    (ada / "work.py").write_bytes(b"x = 1\n")
    (ada / "answers.yaml").write_bytes(b"a: 1\n")

    one = read(ada, assignment())

    assert (one.student, one.files, one.answers, one.problem) == (
        "ada",
        {"work.py": b"x = 1\n"},
        b"a: 1\n",
        None,
    )


def test_only_assigned_files_are_read(ada):
    (ada / "work.py").write_text("")
    (ada / "secrets.py").write_text("")

    assert set(read(ada, assignment()).files) == {"work.py"}


def test_a_file_is_read_under_its_stem(tmp_path):
    (tmp_path / "ada.py").write_bytes(b"x = 1\n")

    one = read(tmp_path / "ada.py", assignment())

    assert (one.student, one.files) == ("ada", {"work.py": b"x = 1\n"})


def test_beside_a_file_under_a_student_s_name_no_answers_are_taken(tmp_path):
    (tmp_path / "ada.py").write_text("")
    (tmp_path / "answers.yaml").write_text("a: 1\n")

    assert read(tmp_path / "ada.py", assignment()).answers is None


def test_beside_a_file_under_its_assigned_name_the_answers_are_taken(tmp_path):
    (tmp_path / "work.py").write_text("")
    (tmp_path / "answers.yaml").write_text("a: 1\n")

    assert read(tmp_path / "work.py", assignment()).answers == b"a: 1\n"


def test_the_student_may_be_said(ada):
    (ada / "work.py").write_text("")

    assert read(ada, assignment(), student="grace").student == "grace"


def test_a_byte_order_mark_and_cyrillic_are_allowed(ada):
    (ada / "work.py").write_bytes("\ufeff# привет\n".encode())

    assert read(ada, assignment()).problem is None


def test_an_exact_name_beats_a_copy(ada):
    (ada / "work (1).py").write_text("copy")
    (ada / "work.py").write_text("exact")

    assert read(ada, assignment()).files == {"work.py": b"exact"}


@pytest.mark.parametrize("name", ["work (1).py", "work(2).py"])
def test_a_browser_s_copy_stands_for_the_file(ada, name):
    (ada / name).write_text("copy")

    assert read(ada, assignment()).files == {"work.py": b"copy"}


def problem_of(folder: Path, *files: str) -> str:
    problem = read(folder, assignment(*files)).problem
    assert problem is not None
    return problem


def test_two_copies_are_a_problem(ada):
    (ada / "work (1).py").write_text("")
    (ada / "work (2).py").write_text("")

    assert problem_of(ada) == "work.py is there 2 times: work (1).py, work (2).py. Keep one."


def test_a_missing_file_is_a_problem_that_tells_what_is_there(ada):
    (ada / "wrok.py").write_text("")

    assert problem_of(ada) == "work.py is missing; the folder holds wrok.py."


def test_a_missing_second_file_leaves_the_first(ada):
    (ada / "work.py").write_text("")

    one = read(ada, assignment("work.py", "more.py"))

    assert (set(one.files), one.problem) == (
        {"work.py"},
        "more.py is missing; the folder holds work.py.",
    )


def test_a_source_of_50_mb_is_refused_unread(ada, monkeypatch):
    with (ada / "work.py").open("wb") as file:
        file.truncate(50_000_000)
    monkeypatch.setattr(submission.os, "read", _denied)

    assert problem_of(ada) == (
        "work.py is 47.7 MiB long; at most 64 KiB are read. Take data and output out of it."
    )


def test_a_link_that_leads_out_is_a_problem(ada, tmp_path):
    (tmp_path / "outside.py").write_text("secret")
    (ada / "work.py").symlink_to(tmp_path / "outside.py")

    one = read(ada, assignment())

    assert (one.files, one.problem) == ({}, "work.py is a link. Hand in the file itself.")


def test_a_link_put_there_at_the_last_moment_is_not_followed(ada, tmp_path, monkeypatch):
    (tmp_path / "outside.py").write_text("secret")
    (ada / "work.py").symlink_to(tmp_path / "outside.py")
    monkeypatch.setattr(Path, "is_symlink", lambda path: False)

    assert problem_of(ada) == "work.py is a link. Hand in the file itself."


def test_a_named_pipe_is_a_problem_and_nobody_waits_for_it(ada):
    os.mkfifo(ada / "work.py")

    assert problem_of(ada) == "work.py is a named pipe. Hand in the file itself."


def test_a_device_is_not_even_opened(ada, monkeypatch):
    (ada / "work.py").write_text("x = 1")
    real = Path.lstat
    as_device = lambda path: os.stat_result((0o020666, *real(path)[1:]))  # noqa: E731
    monkeypatch.setattr(Path, "lstat", as_device)
    monkeypatch.setattr(os, "open", lambda *_: pytest.fail("it was opened"))

    assert problem_of(ada) == "work.py is not a regular file. Hand in the file itself."


def test_a_folder_of_too_many_files_is_a_problem_whatever_their_order(ada, monkeypatch):
    monkeypatch.setattr(submission, "MAX_ENTRIES", 3)
    for name in ("a", "b", "c", "work.py"):
        (ada / name).write_text("x = 1")

    assert problem_of(ada) == "The folder holds more than 3 entries. Hand in fewer files."


@pytest.mark.parametrize("name", ["eve.py", "mallory.ipynb"])
def test_work_that_lies_beside_students_folders_is_refused_by_name(ada, name):
    (ada / "work.py").write_text("")
    (ada.parent / name).write_text("")
    (ada.parent / "README.md").write_text("")

    found, refused = collect([ada.parent], assignment())

    assert [one.student for one in found] == ["ada"]
    assert [(one.name, "beside students' work" in one.reason) for one in refused] == [(name, True)]


def test_a_class_may_have_any_number_of_students(tmp_path, monkeypatch):
    monkeypatch.setattr(submission, "MAX_ENTRIES", 3)
    for number in range(5):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / "work.py").write_text("x = 1")

    assert len(collect([tmp_path], assignment())[0]) == 5


def test_a_named_pipe_given_as_the_submission_is_a_problem(tmp_path):
    os.mkfifo(tmp_path / "ada.py")

    assert problem_of(tmp_path / "ada.py") == "ada.py is a named pipe. Hand in the file itself."


def test_a_folder_in_the_place_of_a_file_is_a_problem(ada):
    (ada / "work.py").mkdir()

    assert problem_of(ada) == "work.py is a folder. Hand in the file itself."


def test_text_in_another_encoding_is_a_problem_with_its_line(ada):
    (ada / "work.py").write_bytes(b"x = 1\n# \xef\xf0\xe8\n")

    assert problem_of(ada) == ("work.py is not UTF-8 text: byte 0xef on line 2. Save it as UTF-8.")


def test_an_unreadable_file_is_a_problem(ada, monkeypatch):
    (ada / "work.py").write_text("")
    monkeypatch.setattr(submission.os, "open", _denied)  # root may read everything

    assert problem_of(ada) == "work.py cannot be read (permission denied)."


def test_a_disk_that_fails_while_reading_is_a_problem(ada, monkeypatch):
    (ada / "work.py").write_text("")
    monkeypatch.setattr(submission.os, "read", _denied)

    assert problem_of(ada) == "work.py cannot be read (permission denied)."


def test_a_file_that_grows_while_it_is_read_is_a_problem(ada, monkeypatch):
    (ada / "work.py").write_text("")
    monkeypatch.setattr(submission.os, "read", lambda descriptor, count: b"x" * count)

    assert problem_of(ada) == "work.py grew while it was read. Hand it in once more."


def test_an_unreadable_folder_is_a_problem(ada, monkeypatch):
    (ada / "work.py").write_text("")
    monkeypatch.setattr(submission.os, "scandir", _denied)

    assert problem_of(ada) == "The folder cannot be read (permission denied)."


def test_an_unreadable_folder_that_is_given_is_somebody_s(ada, monkeypatch):
    monkeypatch.setattr(submission.os, "scandir", _denied)

    assert students(collect([ada], assignment())[0]) == ["ada"]


def test_a_socket_is_a_problem(ada, monkeypatch):
    monkeypatch.chdir(ada)  # the name of a socket must be short
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("work.py")

        assert problem_of(ada) == "work.py is not a regular file. Hand in the file itself."


def test_an_unreadable_folder_in_a_class_is_somebody_s(ada, tmp_path, monkeypatch):
    (ada / "work.py").write_text("")
    real = os.scandir
    monkeypatch.setattr(
        submission.os, "scandir", lambda path: _denied() if path == ada else real(path)
    )

    found, refused = collect([tmp_path], assignment())

    assert ([one.student for one in found], refused) == (["ada"], [])


def _denied(*_: object, **__: object) -> None:
    raise PermissionError(13, "Permission denied")


def test_answers_that_are_a_link_cost_the_answers_alone(ada, tmp_path):
    (ada / "work.py").write_text("")
    (ada / "answers.yaml").symlink_to(tmp_path / "key.yaml")

    one = read(ada, assignment())

    assert (one.problem, one.answers_problem) == (
        None,
        "answers.yaml is a link. Hand in the file itself.",
    )


def test_a_file_that_fits_none_of_several_is_a_problem(tmp_path):
    (tmp_path / "ada.py").write_text("")

    assert problem_of(tmp_path / "ada.py", "a.py", "b.py") == (
        "ada.py is none of the files that are asked for: a.py, b.py."
    )


def test_one_of_several_files_leaves_the_others_missing(tmp_path):
    (tmp_path / "a.py").write_text("")

    assert problem_of(tmp_path / "a.py", "a.py", "b.py") == "b.py is missing."


@pytest.mark.parametrize(
    "name",
    [
        *(".", "..", "", ".hidden", "a/b", "a\\b", "a\nb", "a\u202eb", "a\0b", "x" * 300),
        *("ann ", " ann"),
        *("summary.csv", "Summary.CSV"),  # the class table stands beside the students' folders
    ],
)
def test_an_id_that_cannot_name_a_folder_is_refused(ada, name):
    with pytest.raises(SubmissionError, match="cannot be a student's id"):
        read(ada, assignment(), student=name)


def test_nothing_there_is_refused(tmp_path):
    with pytest.raises(SubmissionError, match=r"gone: there is no such file or folder. Check"):
        read(tmp_path / "gone", assignment())


def students(found: list[Submission]) -> list[str]:
    return [one.student for one in found]


def test_a_student_called_as_the_file_is_does_not_swallow_the_class(tmp_path):
    for name in ("ada", "work.py"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "work.py").write_text("")

    found, refused = collect([tmp_path], assignment())

    assert (students(found), refused) == (["ada", "work.py"], [])


def test_a_folder_in_place_of_the_file_is_still_one_submission(tmp_path):
    (tmp_path / "ada" / "work.py").mkdir(parents=True)

    found, _ = collect([tmp_path / "ada"], assignment())

    assert [one.problem for one in found] == ["work.py is a folder. Hand in the file itself."]


def test_a_folder_of_folders_is_a_class(tmp_path):
    for name in ("grace", "ada", ".git", "__MACOSX", ".ipynb_checkpoints"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "work.py").write_text("")
    (tmp_path / "roster.csv").write_text("")

    found, refused = collect([tmp_path], assignment())

    assert (students(found), refused) == (["ada", "grace"], [])


def test_an_empty_folder_in_a_class_is_a_student_without_work(ada, tmp_path):
    found, _ = collect([tmp_path], assignment())

    assert [(one.student, one.problem) for one in found] == [
        ("ada", "work.py is missing; the folder holds nothing.")
    ]


def test_a_folder_with_an_assigned_file_is_one_submission(ada):
    (ada / "work.py").write_text("")
    (ada / "old").mkdir()

    assert students(collect([ada], assignment())[0]) == ["ada"]


def test_a_folder_with_misnamed_work_alone_is_one_submission(ada):
    (ada / "wrok.py").write_text("")

    assert students(collect([ada], assignment())[0]) == ["ada"]


def test_an_empty_folder_is_refused_with_a_sentence(ada):
    found, refused = collect([ada], assignment())

    assert (found, [one.reason for one in refused]) == (
        [],
        ["ada: the folder is empty. Nothing to grade."],
    )


def test_two_claims_on_one_student_are_both_refused_and_the_others_graded(tmp_path):
    for place in ("monday/ada", "tuesday/ada", "tuesday/grace"):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / "work.py").write_text("")

    found, refused = collect([tmp_path / "monday", tmp_path / "tuesday"], assignment())

    assert students(found) == ["grace"]
    assert [one.reason for one in refused] == [
        "ada: claimed by monday/ada and tuesday/ada. Keep one, or rename a folder."
    ] * 2


def test_ids_that_one_file_system_cannot_tell_apart_collide(tmp_path):
    for name in ("Ada.py", "ada.py"):
        (tmp_path / name).write_text("")

    found, refused = collect([tmp_path / "Ada.py", tmp_path / "ada.py"], assignment())

    assert (found, len(refused)) == ([], 2)


def test_one_path_given_twice_is_one_claim(ada):
    (ada / "work.py").write_text("")

    assert students(collect([ada, ada.parent / "." / "ada"], assignment())[0]) == ["ada"]


def test_a_link_in_a_class_is_refused(ada, tmp_path):
    (ada / "work.py").write_text("")
    (tmp_path / "eve").symlink_to("/")

    found, refused = collect([tmp_path], assignment())

    assert (students(found), [one.reason for one in refused]) == (
        ["ada"],
        ["eve: is a link. Copy the folder it points to here."],
    )


def test_a_name_in_a_class_that_is_no_id_is_refused(ada, tmp_path):
    (ada / "work.py").write_text("")
    (tmp_path / "e\x1bve").mkdir()

    _, refused = collect([tmp_path], assignment())

    assert [one.name for one in refused] == ["e\\x1bve"]


def test_a_path_that_is_not_there_is_refused_and_the_others_graded(ada, tmp_path):
    (ada / "work.py").write_text("")

    found, refused = collect([tmp_path / "gone", ada], assignment())

    assert (students(found), [one.name for one in refused]) == (["ada"], ["gone"])


def test_the_digest_is_that_of_the_content_and_not_of_the_place(tmp_path):
    for name in ("ada", "grace"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "work.py").write_text("x")

    one, other = (read(tmp_path / name, assignment()) for name in ("ada", "grace"))

    assert one.digest == other.digest


def test_different_problems_have_different_digests(ada):
    missing = read(ada, assignment()).digest
    (ada / "work.py").mkdir()

    assert read(ada, assignment()).digest != missing


@given(st.lists(st.binary(max_size=6), min_size=3, max_size=3, unique=True))
def test_bytes_that_move_between_files_change_the_digest(parts):
    one, two, three = parts
    first = submission._digest(Work(files={"a.py": one, "b.py": two + three}), None)

    moved = submission._digest(Work(files={"a.py": one + two, "b.py": three}), None)

    assert (first == moved) == (two == b"")
