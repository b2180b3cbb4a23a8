from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import wire
from grader.inert import is_inert
from grader.questions import Failure, FailureKind, Question
from grader.sandbox import talk
from tests.boxes import DOUBLE, LIMITS, SHORT, ask, living, opened, sources, warm

linux = pytest.mark.skipif(sys.platform != "linux", reason="boxes of forks are Linux's")
ASKED = Question(id=7, verb="call", target="f")


def answer(**also):
    return talk.answer_in(wire.pack({"id": 7, "values": [1], **also}), ASKED)


def test_an_answer_to_the_question_is_taken():
    assert answer().values == (1,)


@pytest.mark.parametrize("id", [6, -7, None, "7"])
def test_an_answer_to_another_question_is_none(id):
    assert answer(id=id) is None


def test_a_failure_brings_no_values_along():
    assert answer(failure=["raised", "no", None]).values == ()


def test_what_stands_for_a_broken_answer_is_unreadable():
    assert talk.broken(ASKED).failure.kind is FailureKind.UNREADABLE


def cleaned(message="no", where=None):
    return talk.cleaned(Failure(kind=FailureKind.RAISED, message=message, where=where))


@given(st.text(), st.one_of(st.none(), st.text()))
def test_whatever_a_box_says_can_be_shown(message, where):
    failure = cleaned(message, where)

    assert is_inert(failure.message)
    assert failure.where is None or is_inert(failure.where)


@pytest.mark.parametrize("where", ["layers.py:31", "слои.py:3"])
def test_a_line_of_a_file_stays(where):
    assert cleaned(where=where).where == where


@pytest.mark.parametrize(
    "where",
    [
        "/tmp/layers.py:3",
        "layers.py",
        "layers.py:x",
        "a b.py:1",
        "<b>:1",
        "a\u202eb:1",
        "a\ud800:1",
        "a\x1b:1",
        "a:\u0663",
        "a" * 101 + ":1",
    ],
    ids=ascii,
)
def test_what_is_no_line_of_a_file_is_dropped(where):
    assert cleaned(where=where).where is None


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("<Net at 0x7f3a12bc>", "<Net at 0x…>"),
        ("no file '/opt/env/lib/numpy/x.py'", "no file '…/x.py'"),
        ("/a/b/c.py and /d/e.py", "…/c.py and …/e.py"),
        ("3 / 4 / 5", "3 / 4 / 5"),
        ("a/b", "a/b"),
        ("two\nlines\tand   more", "two lines and more"),
        ("\x1b[31mred", "\\x1b[31mred"),
    ],
    ids=ascii,
)
def test_a_text_is_the_same_on_every_run_and_machine(said, shown):
    assert talk.shortened(said) == shown


def test_a_long_text_is_cut():
    assert len(talk.shortened("x" * 100_000)) == talk.LONGEST_MESSAGE


@pytest.mark.parametrize("text", ["/" * 2000, "/a" * 1000, "/a" * 900 + "/" * 200, "0x" * 1000])
def test_no_text_keeps_the_judge_busy(text):
    # A pattern that backtracks without end would not come back from any of these.
    assert len(talk.shortened(text)) <= talk.LONGEST_MESSAGE


def test_seeds_have_32_bits_and_differ():
    seeds = {talk.seed_of(f"item/check{n}") for n in range(100)}

    assert len(seeds) == 100
    assert max(seeds) < 1 << 32


def forged(id, values=(), **also):
    """The bytes of an answer, written as they stand in a source."""
    frame = wire.pack({"id": id, "values": list(values), **also})
    return "".join(f"\\x{byte:02x}" for byte in frame)


def writes(frame, then="import time; time.sleep(1e6)"):
    """A submission whose f writes a frame of its own and goes on."""
    return f"import os\ndef f(x=0):\n    os.write(3, b'{frame}')\n    {then}\n"


FRAMES = {
    "an answer to another question": forged(99, [1]),
    "an answer to an earlier question": forged(-1, [1]),
    "no json": "\\x02\\0\\0\\0\\0\\0\\0\\0[[",
    "too long a header": "\\0\\0\\xff\\0\\0\\0\\0\\0",
    "too long a body": "\\x02\\0\\0\\0\\0\\0\\0\\xff{}",
    "two answers at once": forged(0, [1]) + forged(0, [1]),
    "bytes behind it": forged(0, [1]) + "\\0",
    "a value that is none": forged(0, [{"a": ["float64", [9]]}]),
    "a failure of its own kind": forged(0, [], failure=["passed", "", None]),
}


@linux
@pytest.mark.hostile
@pytest.mark.parametrize("case", FRAMES)
def test_bytes_that_are_no_answer_are_unreadable(case):
    with opened(writes(FRAMES[case])) as box:
        assert ask(box, "f", limits=SHORT).failure.kind is FailureKind.UNREADABLE


@linux
@pytest.mark.hostile
def test_an_answer_in_advance_is_found_out_at_the_next_question():
    with opened(writes(forged(0, [42]) + forged(1, [42]), then="return 42")) as box:
        answers = [ask(box, "f", id=n) for n in (0, 1)]

        assert answers[1].failure.kind is FailureKind.UNREADABLE


@linux
@pytest.mark.hostile
def test_an_answer_while_loading_is_found_out():
    text = f"import os\nos.write(3, b'{forged(-1) + forged(0, [42])}')\n{DOUBLE}"
    box = warm().open_box(sources(text))
    failures = [box.open_item("item", SHORT) or ask(box, "f", 1, limits=SHORT).failure]
    box.close()

    # Found out, its definitions alone are loaded, and those answer honestly.
    assert failures == [None]
    assert box.definitions_alone


@linux
@pytest.mark.hostile
def test_half_an_answer_is_waited_for_and_no_longer():
    with opened(writes("\\x40\\0\\0\\0")) as box:
        assert ask(box, "f", limits=SHORT).failure.kind is FailureKind.TIMED_OUT


@linux
@pytest.mark.hostile
@pytest.mark.parametrize("then", ["return 1", "while True: pass", "import time; time.sleep(1e6)"])
def test_an_item_that_closes_its_stream_has_ended(then):
    before = set(living(warm()))
    with opened(f"import os\ndef f():\n    os.close(3)\n    {then}\n") as box:
        failure = ask(box, "f").failure
        left = set(living(warm())) - before

        assert (failure.kind, len(left)) == (FailureKind.CRASHED, 1)


@linux
@pytest.mark.hostile
@pytest.mark.parametrize("loop", ["while True: pass", "import time; time.sleep(1e6)"])
def test_a_process_that_says_it_failed_does_not_live_on(loop):
    claim = forged(-1, failure=["raised", "no", None])
    before = set(living(warm()))
    box = warm().open_box(
        sources(f"class Claim:\n    import os\n    os.write(3, b'{claim}')\n    {loop}\n")
    )
    failure = box.open_item("item", LIMITS)
    left = set(living(warm())) - before
    box.close()

    assert (failure.message, len(left)) == ("no", 1)
