from __future__ import annotations

import pytest

from grader.cli import progress


def the_clock_says(monkeypatch, *instants):
    clock = iter([0.0, *instants])
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))


def test_without_a_terminal_everything_is_passed_on(capsys):
    assert list(progress.with_progress([1, 2], 2, "doing")) == [1, 2]
    assert capsys.readouterr().err == ""


def test_a_log_gets_a_line_a_minute(monkeypatch, capsys):
    the_clock_says(monkeypatch, 20.0, 60.0, 100.0, 125.0)
    assert list(progress.with_progress([1, 2, 3, 4], 5, "doing")) == [1, 2, 3, 4]
    assert capsys.readouterr().err == "doing 2/5 2.0/min 0:01:30\ndoing 4/5 1.9/min 0:00:31\n"


@pytest.mark.parametrize(
    ("done", "elapsed", "words"),
    [
        (50, 0.003, ""),
        (50, 1.9, ""),
        (50, 25.0, "2.0/s 0:00:25"),
        (100, 50.0, "2.0/s 0:00:00"),
        (10, 60.0, "10.0/min 0:09:00"),
    ],
)
def test_the_pace_is_a_mean_once_it_means_anything(done, elapsed, words):
    assert progress._pace(done, 100, elapsed) == words
