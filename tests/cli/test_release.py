from __future__ import annotations

import os
import subprocess
import sys
import zipfile

from tests.specimens import ROOT


def test_a_folder_and_a_zip_are_made(course, command):
    code, out, err = command("release", "vectors", "-o", "out")

    assert (code, err) == (0, "")
    with zipfile.ZipFile("out/vectors.zip") as archive:
        assert "vectors/START.md" in archive.namelist()
    assert "out/vectors: 10 files, 3 recorded checks" in out.replace(os.sep, "/")


def test_the_second_command_of_start_md_works_where_nothing_else_is(course, command, tmp_path):
    command("release", "vectors", "-o", "out")
    with zipfile.ZipFile("out/vectors.zip") as archive:
        archive.extractall(tmp_path / "home")

    done = subprocess.run(
        [sys.executable, "-m", "grader", "check"],
        cwd=tmp_path / "home" / "vectors",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )

    assert (done.returncode, done.stderr) == (1, "")
    assert "NotImplementedError: write center_forward here" in done.stdout
    assert "0 of 5 points" in done.stdout


def test_stubs_alone_are_written_and_named(course, command):
    stub = course / "assignments" / "vectors" / "vectors.py"
    before = stub.read_bytes()
    stub.write_text("gone\n")

    code, out, _ = command("release", "vectors", "--stubs")

    assert (code, out) == (0, "wrote assignments/vectors/vectors.py\n")
    assert stub.read_bytes() == before


def test_stubs_that_are_right_are_left_alone(course, command):
    assert command("release", "vectors", "--stubs")[:2] == (
        0,
        "all stubs are as the solutions make them\n",
    )


def test_a_stub_that_drifted_stops_a_release(course, command):
    stub = course / "assignments" / "vectors" / "vectors.py"
    stub.write_text(stub.read_text("utf-8") + "\nX = 1\n", "utf-8")

    code, _, err = command("release", "vectors", "-o", "out")

    assert code == 2
    assert "grader release vectors --stubs" in err
    assert not (course / "out").exists()


def test_a_broken_marker_is_named_with_file_and_line(course, command):
    path = course / "reference" / "vectors" / "vectors.py"
    path.write_text(path.read_text("utf-8").replace("    # END SOLUTION\n", "", 1), "utf-8")

    code, _, err = command("release", "vectors", "--stubs")

    assert code == 2
    assert "reference/vectors/vectors.py:" in err
    assert "# BEGIN SOLUTION inside the one of line" in err


def test_it_needs_somewhere_to_write(course, command):
    code, _, err = command("release", "vectors")

    assert code == 2
    assert "-o DIR" in err
