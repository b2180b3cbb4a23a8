from __future__ import annotations

import os
import tempfile
from dataclasses import replace

import numpy as np
import psutil
import pytest

from grader.errors import BoxError, CourseError
from grader.questions import FailureKind
from grader.sandbox import process
from tests.boxes import DOUBLE, FAILURES, LIMITS, SHORT, ask, opened, sources, warm

OTHERWISE = {"a kill": "raised", "stops itself": "raised"}
"""What the audit hook refuses here, where elsewhere the process would be gone or stand still."""
TWINS = {"ended itself", "waits in a lock", "a huge list", "a wild pointer"}
CASES = [case for case in FAILURES if case not in TWINS]


def test_a_worker_answers():
    with opened(DOUBLE, level="process") as box:
        assert ask(box, "f", np.ones(2)).values[0].tolist() == [2.0, 2.0]


@pytest.mark.parametrize("case", CASES)
def test_every_way_to_fail_has_its_kind_and_the_next_item_answers(case):
    text, kind = FAILURES[case]
    kind = OTHERWISE.get(case, kind)
    with opened(f"{text}\ndef g(): return 1\n", level="process") as box:
        failed = ask(box, "f", limits=SHORT).failure.kind
        still = box.item_is_open
        box.open_item("next", LIMITS)
        after = ask(box, "g", check="next/check").values

    assert (failed, still, after) == (kind, not FailureKind(kind).ends_the_item, (1,))


def test_a_file_that_does_not_load_is_loaded_by_its_definitions():
    with opened(f"{DOUBLE}\nraise ValueError\n", level="process") as box:
        assert (box.definitions_alone, ask(box, "f", 2).values) == (True, (4,))


def test_what_loads_neither_way_keeps_its_first_failure():
    box = warm("process").open_box(sources("def f(:\n"))
    failure = box.open_item("item", LIMITS)

    assert (failure.kind, failure.where) == (FailureKind.RAISED, "work.py:1")


def test_items_of_a_submission_share_one_worker():
    with opened("import os\ndef f(): return os.getpid()\n", level="process") as box:
        first = ask(box, "f").values
        box.open_item("next", LIMITS)

        assert ask(box, "f", check="next/check").values == first


def test_a_worker_that_serves_on_took_no_time_to_load():
    with opened(DOUBLE, level="process") as box:
        box.open_item("next", LIMITS)

        assert box.seconds == 0.0


def test_what_is_printed_is_caught_and_cut():
    limits = replace(LIMITS, output_bytes=8)
    with opened("def f(): print('x' * 100)", limits=limits, level="process") as box:
        # A second answer, so that the words of the first are here for sure.
        for id in (0, 1):
            ask(box, "f", id=id, limits=limits)

        assert box.close_item() == "x" * 8


def test_files_that_are_long_in_json_are_loaded():
    long = "#" + "\x01" * 65_000 + "\n"
    with opened(long + DOUBLE, level="process", a=long, b=long, c=long) as box:
        assert ask(box, "f", 2).values == (4,)


def test_a_question_that_is_too_long_is_the_checks_fault():
    with opened(DOUBLE, level="process") as box, pytest.raises(CourseError, match="asks what"):
        ask(box, "f", [np.zeros(3 << 20), np.zeros(3 << 20)])


WRITING = """
import os, subprocess, shutil, socket, tempfile
def f(line):
    try:
        exec(line, globals())
    except PermissionError:
        return "refused"
    return "done"
"""


@pytest.mark.parametrize(
    "line",
    [
        "open('file', 'w')",
        "open('file', 'x')",
        "open('file', 'rb+')",
        "os.open('file', os.O_RDWR)",
        f"open({os.path.join(tempfile.gettempdir(), 'nabla-file')!r}, 'a')",
        "os.mkdir('folder')",
        "os.rename('a', 'b')",
        "os.remove(os.__file__)",
        "os.symlink('a', 'b')",
        "os.truncate(os.__file__, 0)",
        "shutil.rmtree('folder')",
        "subprocess.run(['true'])",
        "os.system('true')",
        "os.fork()",
        "os.execv('/bin/true', ['true'])",
        "os.kill(os.getppid(), 0)",
        "socket.create_connection(('127.0.0.1', 9))",
        "socket.socket().bind(('127.0.0.1', 0))",
    ],
)
def test_an_accident_outside_is_refused(writing, line):
    assert writing(line) == "refused"


@pytest.mark.parametrize("line", ["open(os.__file__).close()", "os.listdir('.')"])
def test_reading_is_not(writing, line):
    assert writing(line) == "done"


@pytest.fixture(scope="module")
def writing():
    """Runs one line in a worker."""
    with opened(WRITING, level="process") as box:
        numbers = iter(range(1000))

        def run(line):
            return ask(box, "f", line, id=next(numbers), limits=replace(LIMITS, seconds=9)).values[
                0
            ]

        yield run


def test_a_worker_that_closes_its_stream_and_lives_on_is_ended():
    text = (
        "import os\ndef f():\n    os.closerange(3, 64)\n"
        "    while True: pass\ndef pid(): return os.getpid()\n"
    )
    with opened(text, level="process") as box:
        (pid,) = ask(box, "pid").values
        failure = ask(box, "f", id=1).failure

        assert (failure.kind, psutil.pid_exists(pid)) == (FailureKind.CRASHED, False)


@pytest.mark.parametrize("written", ["b'[' * 8", "b'\\0' * 8 + b'x'", "b'\\1'"])
def test_bytes_that_are_no_answer_end_the_item(written):
    text = (
        "import os\ndef f():\n    for number in range(3, 64):\n        try:\n"
        f"            os.write(number, {written})\n        except OSError:\n            pass\n"
        "    os._exit(0)\n"
    )
    with opened(text, level="process") as box:
        kind = ask(box, "f").failure.kind

        assert kind in (FailureKind.UNREADABLE, FailureKind.CRASHED)
        assert not box.item_is_open


ANSWERS = """
import json, os, struct
def f():
    headers = [json.dumps({"id": id, "values": [id]}).encode() for id in range(64)]
    frames = b"".join(struct.pack("<II", len(one), 0) + one for one in headers)
    for number in range(3, 64):
        try:
            os.write(number, frames)
        except OSError:
            pass
"""


def test_a_worker_that_answers_what_it_was_not_asked_is_ended():
    with opened(ANSWERS, level="process") as box:
        answers = [ask(box, "f", id=0)]
        while answers[-1].failure is None:
            answers.append(ask(box, "f", id=len(answers)))

        assert answers[-1].failure.kind is FailureKind.UNREADABLE
        assert len(answers) < 64


def test_nothing_runs_on_when_a_box_is_closed():
    with opened("import os\ndef pid(): return os.getpid()\n", level="process") as box:
        (pid,) = ask(box, "pid").values

    assert not psutil.pid_exists(pid)


def test_no_descriptor_stays_open():
    before = psutil.Process().num_fds() if hasattr(psutil.Process, "num_fds") else 0
    with opened(DOUBLE, level="process") as box:
        ask(box, "f", 1)

    assert before == (psutil.Process().num_fds() if before else 0)


def test_a_worker_that_does_not_start_is_our_fault(monkeypatch):
    monkeypatch.setattr(process.sys, "executable", "/bin/false")
    box = process.Spawner("numpy").open_box(sources(DOUBLE))

    with pytest.raises(BoxError, match="did not start"):
        box.open_item("item", LIMITS)
