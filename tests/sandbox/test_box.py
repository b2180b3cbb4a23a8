from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import psutil
import pytest

from grader.errors import BoxError, CourseError
from grader.questions import Arguments, FailureKind, Question
from grader.sandbox.box import Confinement, Zygote
from grader.sandbox.talk import Sources
from tests.boxes import DOUBLE, FAILURES, LIMITS, SHORT, ask, ended, living, opened, sources, warm

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="boxes of forks are Linux's")


@pytest.fixture(params=["landlock", "namespaces"])
def level(request):
    """Each strong level that this machine has."""
    warm(request.param)
    return request.param


def test_a_box_answers(level):
    with opened(DOUBLE, level=level) as box:
        assert ask(box, "f", np.ones(2)).values[0].tolist() == [2.0, 2.0]


def test_what_was_imported_before_the_boxes_holds_nothing_else_of_ours():
    ours = {name.split(".")[1] for name in warm().modules if name.startswith("grader.")}

    assert ours == {"worker", "wire", "questions", "errors"}


def test_an_assignment_on_numpy_brings_no_torch():
    assert not [name for name in warm().modules if name.split(".")[0] == "torch"]


@pytest.mark.parametrize("case", FAILURES)
def test_every_way_to_fail_has_its_kind(level, case):
    text, kind = FAILURES[case]
    with opened(text, level=level) as box:
        assert ask(box, "f", limits=SHORT).failure.kind == kind


@pytest.mark.parametrize("case", FAILURES)
def test_after_a_failure_the_next_item_answers(case):
    text, _ = FAILURES[case]
    with opened(f"{text}\ndef g(): return 1\n") as box:
        ask(box, "f", limits=SHORT)
        box.open_item("next", LIMITS)

        assert ask(box, "g", check="next/check").values == (1,)


@pytest.mark.parametrize("case", FAILURES)
def test_a_process_that_is_gone_is_not_open(case):
    text, kind = FAILURES[case]
    with opened(text) as box:
        ask(box, "f", limits=SHORT)

        assert box.item_is_open is not FailureKind(kind).ends_the_item


def test_a_signal_is_named():
    with opened(FAILURES["a signal"][0]) as box:
        assert ask(box, "f").failure.message == "the process was ended by SIGABRT"


def test_a_deadline_names_the_limit_and_not_the_time():
    with opened(FAILURES["computes for ever"][0]) as box:
        message = ask(box, "f", limits=SHORT).failure.message

        assert message == "no answer within 0.2 s of computing"


HOGS = 5 * (os.cpu_count() or 1)
BURN = """
import time
def f(seconds):
    started = time.process_time()
    while time.process_time() - started < seconds:
        pass
"""


@pytest.mark.slow
def test_a_busy_machine_changes_nothing():
    # So many at once get too little of a processor each to be done in thrice their seconds.
    limits = replace(LIMITS, seconds=0.5)
    hog = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(HOGS)]
    try:
        with opened(BURN) as box:
            answers = [ask(box, "f", seconds, check=f"i/{seconds}", limits=limits)
                       for seconds in (0.3, 9.0)]  # fmt: skip
    finally:
        for process in hog:
            process.kill()
            process.wait()

    assert answers[0].failure is None
    assert answers[1].failure.message == "no answer within 0.5 s of computing"


def test_the_questions_of_one_check_share_its_seconds():
    with opened(BURN) as box:
        answers = [ask(box, "f", 0.4, id=n, limits=replace(LIMITS, seconds=0.6)) for n in (0, 1)]

        assert [answer.failure is None for answer in answers] == [True, False]


def test_each_check_has_seconds_of_its_own():
    limits = replace(LIMITS, seconds=0.6)
    with opened(BURN) as box:
        answers = [ask(box, "f", 0.4, check=check, limits=limits) for check in ("i/a", "i/b")]

        assert [answer.failure for answer in answers] == [None, None]


def test_the_seconds_of_a_check_are_measured():
    with opened(BURN) as box:
        ask(box, "f", 0.3)

        assert 0.3 <= box.seconds < 1.0


def test_the_seconds_of_a_check_that_ran_out_are_measured_too():
    with opened(BURN) as box:
        ask(box, "f", 9.0, limits=SHORT)

        assert box.seconds >= SHORT.seconds


def test_a_file_that_does_not_load_is_loaded_by_its_definitions():
    with opened(f"{DOUBLE}\nraise ValueError\n") as box:
        assert (box.definitions_alone, ask(box, "f", 2).values) == (True, (4,))


def test_of_a_script_definitions_alone_are_loaded_at_once():
    files = {"work.py": f"{DOUBLE}\nwhile True: pass\n"}
    box = warm().open_box(Sources(files=files, given={}, overlays={}, scripts=("work.py",)))
    try:
        assert box.open_item("item", LIMITS) is None
        assert (box.definitions_alone, ask(box, "f", 2).values) == (False, (4,))
    finally:
        box.close()


def test_why_a_file_did_not_load_as_it_is_is_kept():
    with opened(f"{DOUBLE}\nraise ValueError('no')\n") as box:
        assert box.stumble is not None
        assert (box.stumble.message, box.stumble.where) == ("ValueError: no", "work.py:3")


@pytest.mark.parametrize("loop", ["while True: pass", "import time; time.sleep(1e6)"])
def test_so_is_one_that_does_not_load_in_time(loop):
    with opened(f"{DOUBLE}\n{loop}\n", limits=SHORT) as box:
        assert (box.definitions_alone, ask(box, "f", 2).values) == (True, (4,))


def test_what_loads_neither_way_keeps_its_first_failure():
    box = warm().open_box(sources("def f(:\n"))
    failure = box.open_item("item", LIMITS)
    box.close()

    assert (failure.kind, failure.where) == (FailureKind.RAISED, "work.py:1")


def test_files_that_are_long_in_json_are_loaded():
    long = "#" + "\x01" * 65_000 + "\n"
    with opened(long + DOUBLE, a=long, b=long, c=long) as box:
        assert ask(box, "f", 2).values == (4,)


def test_nothing_of_one_item_reaches_the_next():
    with opened("seen = []\ndef f():\n    seen.append(1)\n    return len(seen)\n") as box:
        first = [ask(box, "f", id=n).values[0] for n in (0, 1)]
        box.open_item("next", LIMITS)

        assert (first, ask(box, "f").values) == ([1, 2], (1,))


def test_what_is_printed_is_caught():
    with opened(
        "import sys\ndef f():\n    print('out')\n    print('err', file=sys.stderr)\n"
    ) as box:
        ask(box, "f")

        assert sorted(box.close_item().split()) == ["err", "out"]


def test_what_was_printed_before_the_end_is_caught():
    text = "import os\ndef f():\n    print('last words', flush=True)\n    os._exit(1)\n"
    with opened(text) as box:
        ask(box, "f")

        assert box.close_item() == "last words\n"


def test_what_is_printed_is_cut():
    limits = replace(LIMITS, output_bytes=64)
    with opened("def f(): print('x' * 1000)", limits=limits) as box:
        ask(box, "f", limits=limits)

        assert box.close_item() == "x" * 64


def test_much_output_of_control_characters_breaks_nothing():
    limits = replace(LIMITS, output_bytes=1 << 20)
    with opened("def f(): print('\\x01' * (1 << 20))", limits=limits) as box:
        ask(box, "f", limits=limits)

        assert len(box.close_item()) == 1 << 20


def test_a_question_that_is_too_long_is_the_checks_fault():
    with opened(DOUBLE) as box, pytest.raises(CourseError, match="item/check asks what"):
        ask(box, "f", [np.zeros(3 << 20), np.zeros(3 << 20)])


def test_several_calls_are_one_round_trip():
    calls = tuple(Arguments(positional=(n,)) for n in range(3))
    with opened(DOUBLE) as box:
        question = Question(id=0, verb="call", target="f", calls=calls)

        assert box.ask(question, "item/check", LIMITS).values == (0, 2, 4)


def test_nothing_runs_on_when_a_box_is_closed(level):
    before = set(living(warm(level)))
    with opened(DOUBLE, level=level):
        during = set(living(warm(level))) - before

    assert len(during) == 2
    assert ended(during)


def test_no_descriptor_stays_open():
    with opened(DOUBLE) as box:
        ask(box, "f", 1)
    ours, theirs = psutil.Process(), psutil.Process(warm()._process.pid)
    before = ours.num_fds(), theirs.num_fds()
    for _ in range(5):
        with opened(DOUBLE) as box:
            ask(box, "f", 1)

    assert (ours.num_fds(), theirs.num_fds()) == before


def test_an_item_that_closes_its_output_still_answers():
    with opened("import os\ndef f():\n    os.close(1)\n    os.close(2)\n    return 1\n") as box:
        assert [ask(box, "f", id=n).values for n in (0, 1)] == [(1,), ()]


@pytest.fixture
def own_zygote():
    """A zygote that a test may kill."""
    confinement = warm()._confinement
    zygote = Zygote(confinement, "numpy")
    yield zygote
    zygote.close()


def test_a_zygote_that_is_gone_is_our_fault(own_zygote):
    own_zygote._process.kill()
    own_zygote._process.wait()

    with pytest.raises(BoxError, match="interpreter ended"):
        own_zygote.open_box(sources(DOUBLE))


def test_a_box_whose_zygote_is_gone_is_our_fault(own_zygote):
    box = own_zygote.open_box(sources(DOUBLE))
    box.open_item("item", LIMITS)
    own_zygote._process.kill()
    own_zygote._process.wait()  # the kernel has sent the box its own SIGKILL by then

    with pytest.raises(BoxError, match="ended unasked"):
        ask(box, "f", 1)
    box.close()


@pytest.mark.parametrize(
    "confinement",
    [
        Confinement(level="namespaces", bubblewrap=Path("/nowhere/bwrap")),
        Confinement(level="namespaces", bubblewrap=Path(sys.executable)),
    ],
    ids=["no program", "another program"],
)
def test_a_zygote_that_does_not_start_says_so(confinement):
    with pytest.raises(BoxError, match="did not start"):
        Zygote(confinement, "numpy")
