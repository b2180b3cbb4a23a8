"""With --lang ru people read Russian: whole runs, and no English sentence left in them."""

from __future__ import annotations

import re
import shutil

import pytest

from catalogues.collect import reads_as_prose
from grader import doctor
from grader.cli import COMMANDS
from tests.cli.conftest import COURSES

NOT_OURS = (
    "axis 2 is out of bounds for array of dimension 2",  # numpy's words in a student's exception
    "write running_mean here",  # the stub's own
    "write center_forward here",
    "'(' was never closed",
    "Bad Name",
    "chmod a+rX",
)
CALL = re.compile(r"\w+\((?:array \([\d, ]*\)|[\w., ])*\)")
NO_SENTENCE = re.compile(r"`[^`]*`|grader \w+( [\w./]+)*|[\w<>-]*[/_.][\w<>./-]*|\b[A-Z]{3,}\b")


def english(text: str) -> list[str]:
    """The lines of a text with an English sentence in them; commands, names, paths are none."""
    for words in NOT_OURS:
        text = text.replace(words, "")
    text = CALL.sub("-", text)
    return [line for line in text.splitlines() if reads_as_prose(NO_SENTENCE.sub("-", line))]


@pytest.fixture
def machine(course, monkeypatch):
    """What is the same on every machine: where the course is, how strongly boxes are held."""

    def put(text: str) -> str:
        return re.sub(r"изоляция: \w+", "изоляция: <level>", text.replace(str(course), "<course>"))

    return put


def test_an_english_sentence_is_found():
    assert english("баллы: 3 из 5\n    called: the function\nещё раз: grader check a.b") == [
        "    called: the function"
    ]


@pytest.mark.parametrize(
    "work", ["raises", "lags_behind", "returns_a_list", "missing", "untouched_stub", "one_mean"]
)
def test_a_student_checks(command, course, machine, golden, work):
    folder = course / "handed-in" / "right"
    shutil.copy(COURSES / "submissions" / work / "vectors.py", folder / "vectors.py")

    _, out, err = command("check", folder, "--assignment", "vectors", "--lang", "ru")

    golden(f"russian/check.{work}.txt", machine(out))
    assert (english(out), err) == ([], "")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("vectors.py", b"x = 1\n\xff"),
        ("vectors.py", b"#" * 70_000),
        ("other.py", b""),
    ],
)
def test_a_student_hears_why_work_cannot_be_read(command, course, name, data):
    folder = course / "mine"
    folder.mkdir()
    (folder / name).write_bytes(data)

    code, out, err = command("check", folder, "--assignment", "vectors", "--lang", "ru")

    assert (code, out) == (2, "")
    assert re.search("[а-я]{4}", err)
    assert english(err.removeprefix("grader: ")) == []


def test_a_class_is_graded(command, course, machine, golden):
    for work in ("raises", "averages", "convolves", "ends_the_process", "syntax_error"):
        shutil.copytree(COURSES / "submissions" / work, course / "handed-in" / work)
    (course / "handed-in" / "loose.py").write_text("x = 1\n")

    _, out, err = command("grade", "vectors", "handed-in", "-o", "out", "-j", "1", "--lang", "ru")

    golden("russian/grade.txt", machine(out + err))
    assert english(out + err) == []


def test_an_assignment_is_validated(command, course, machine, golden):
    file = course / "reference/vectors/alternatives/row_by_row.py"
    file.write_text(file.read_text("utf-8").replace("sum(x)", "1 + sum(x)"), "utf-8")

    _, out, err = command(
        *("validate", "vectors", "-j", "1", "--only", "ro", "--subjects", "--checks"),
        *("--lang", "ru"),
    )

    golden("russian/validate.txt", machine(out + err))
    assert english(out + err) == []


def test_an_assignment_is_made(command, course, machine, golden):
    _, out, _ = command("new", "my_thing", "--lang", "ru")

    golden("russian/new.txt", machine(out))
    assert english(out) == []


@pytest.mark.parametrize("name", ["torch", "Bad Name", "vectors"])
def test_an_assignment_is_not_made(command, course, name):
    code, _, err = command("new", name, "--lang", "ru")

    assert code == 2
    assert english(err.removeprefix("grader: ")) == []


def test_a_machine_is_looked_at(command, course, monkeypatch):
    monkeypatch.setattr(doctor, "_ASK_TORCH", "")

    code, out, _ = command("doctor", "--lang", "ru")

    assert code == 0
    assert english(out) == []


def test_a_mark_is_made(command, course):
    command("grade", "vectors", "handed-in", "-o", "out", "-j", "1")

    code, out, err = command(
        *("mark", "out", "running_mean", "--student", "right", "--points", "9", "--why", "так"),
        *("--lang", "ru"),
    )

    assert code == 0
    assert english(out + err) == []


@pytest.mark.parametrize(
    ("variable", "value"), [("LANG", "ru_RU.UTF-8"), ("LC_MESSAGES", "ru"), ("LC_ALL", "ru_RU")]
)
def test_the_environment_chooses_the_language(command, course, monkeypatch, variable, value):
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, value)

    _, _, err = command("check", "nothing.here")

    assert "нет задания для файлов" in err or "нет пункта" in err


def test_lang_beats_the_environment(command, course, monkeypatch):
    monkeypatch.setenv("LANG", "ru_RU.UTF-8")

    _, _, err = command("new", "torch", "--lang", "en")

    assert "cannot name an assignment" in err


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_is_in_russian(command, monkeypatch, name):
    monkeypatch.setenv("COLUMNS", "200")

    code, out, _ = command("--lang", "ru", *name.split(), "--help")

    _, _, said = out.partition("\n\n")  # below the usage
    lines = [line.strip() for line in said.splitlines() if not line.startswith("  grader ")]
    lines = [
        re.sub(r"^(report|what|\[?[A-Z][A-Z a-z]+\]?|-[-\w ,{}]+)(  +|$)", "", line)
        for line in lines
    ]
    assert code == 0
    assert english("\n".join(lines)) == []


def test_wrong_use_is_said_in_russian(command):
    code, _, err = command("grade", "--lang", "ru")

    assert code == 2
    assert "ошибка: не хватает аргументов" in err


def test_the_language_may_stand_before_the_command(command, course):
    _, _, err = command("--lang", "ru", "new", "torch")

    assert "не годится как имя задания" in err


def test_russian_does_not_outlast_its_command(command):
    command("grade", "--lang", "ru")

    _, _, err = command("grade", "--lang", "en")

    assert "the following arguments are required" in err
