from __future__ import annotations

import io
import json
import shutil
import zipfile

import pytest

from grader.checking import source
from grader.release import leaks
from tests.specimens import ROOT

SEED = "5eed" * 16
KEY_LINE = "constant_column"


@pytest.fixture
def course(tmp_path, monkeypatch):
    monkeypatch.delenv("GRADER_SEED", raising=False)
    for room in ("assignments", "reference"):
        shutil.copytree(ROOT / "tests" / "courses" / room / "vectors", tmp_path / room / "vectors")
    (tmp_path / "reference" / "seed").write_text(SEED + "\n")
    return source.read(tmp_path / "assignments" / "vectors")


def packed(text: str) -> bytes:
    """A text in an archive, as the frames of a record are."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("frames.npy", text)
    return buffer.getvalue()


def noted(text: str) -> bytes:
    """A text as a notebook's cell, a line a string as nbformat writes it."""
    cell = {"cell_type": "code", "source": text.splitlines(keepends=True)}
    return json.dumps({"cells": [cell]}).encode()


WAYS = {"plain.txt": str.encode, "recorded/x.npz": packed, "work.ipynb": noted}


@pytest.mark.parametrize("name", WAYS)
@pytest.mark.parametrize(
    "leak",
    ["solution", "hidden check", "hidden record", "misconception", "alternative", "key", "seed"],
)
def test_each_secret_is_found_in_each_kind_of_file(course, name, leak):
    secret = course.assignment.secret
    hidden = course.hidden[0]
    text = {
        "solution": "    means[t] = decay * means[t - 1] + (1 - decay) * means[t]",
        "hidden check": f"def {hidden.name}(student, reference, draw):",
        "hidden record": f'{{"check": "{hidden.id}"}}',
        "misconception": next(iter(course.misconceptions)).hint["ru"],
        "alternative": course.alternatives[0].difference,
        "key": next(
            line
            for line in (secret / "answers.yaml").read_text().splitlines()
            if line.startswith(KEY_LINE)
        ),
        "seed": SEED,
    }[leak]

    told = leaks.found(course, {name: WAYS[name](f"before\n{text}\nafter")})

    assert told
    assert all(one.startswith(f"{name} holds ") for one in told)


@pytest.mark.parametrize("name", ["checks.py", "checks_more.py"])
def test_a_copied_hidden_check_is_found_under_another_name(course, name):
    path = course.assignment.secret / "checks.py"
    path.rename(path.with_name(name))
    text = path.with_name(name).read_text("utf-8")
    for check in course.hidden:
        text = text.replace(f"def {check.name}(", f"def seen_{check.name}(")

    told = leaks.found(course, {"checks.py": text.encode()})

    assert any("holds the body of the hidden check" in one for one in told)


def test_a_copied_file_of_what_makes_hidden_checks_is_found(course):
    text = "".join(
        f"def column_{number}(draw):\n    return draw.normal({number}, 4, scale={number}.25)\n"
        for number in range(5)
    )
    (course.assignment.secret / "checks_inputs.py").write_text(text)
    half = text[: len(text) // 2 + 40]

    assert leaks.found(course, {"checks_x.py": half.encode()}) == [
        "checks_x.py holds most of the hidden checks_inputs.py"
    ]
    assert leaks.found(course, {"checks_x.py": text[: len(text) // 3].encode()}) == []


def test_a_key_that_was_filled_into_the_students_answers_is_found(course):
    told = leaks.found(course, {"answers.yaml": b"constant_column: 3\n"})

    assert told == ["answers.yaml holds an answer to constant_column; leave it blank"]


def test_a_seed_of_the_environment_is_secret_too(course, monkeypatch):
    monkeypatch.setenv("GRADER_SEED", "another seed of the course")

    told = leaks.found(course, {"x.txt": b"... another seed of the course ..."})

    assert told == ["x.txt holds the secret seed: another seed of the course"]


@pytest.mark.parametrize(
    "folder", sorted((ROOT / "assignments").iterdir()), ids=lambda folder: folder.name
)
def test_no_public_folder_of_the_course_holds_a_secret(folder):
    course = source.read(folder)
    members = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }

    assert leaks.found(course, members) == []


def test_a_public_file_of_the_numpy_course_holds_none(course):
    members = {path.name: path.read_bytes() for path in course.assignment.folder.glob("*.*")}

    assert leaks.found(course, members) == []
