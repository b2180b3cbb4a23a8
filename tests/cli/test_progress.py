from __future__ import annotations

import threading

import pytest

from grader.cli import progress


def test_without_a_terminal_everything_is_passed_on(capsys):
    assert list(progress.with_progress([1, 2], 2, "doing")) == [1, 2]
    assert capsys.readouterr().err == ""


class Log:
    """A standard error that is no terminal; it tells when a line has come."""

    def __init__(self):
        self.lines, self.came = [], threading.Event()

    def write(self, line):
        self.lines.append(line)
        self.came.set()

    def flush(self):
        pass


def test_a_log_is_told_even_while_nothing_ends(monkeypatch):
    log = Log()
    monkeypatch.setattr(progress, "LINE_SECONDS", 0.001)
    monkeypatch.setattr(progress.sys, "stderr", log)

    def slow():
        assert log.came.wait(60)
        yield "one"
        for _ in range(2):  # a first line may have been begun before
            log.came.clear()
            assert log.came.wait(60)

    assert list(progress._with_lines(slow(), 5, "doing")) == ["one"]
    assert (log.lines[0], log.lines[-1]) == ("doing 0/5\n", "doing 1/5\n")


def test_a_log_that_nobody_reads_stops_nothing(monkeypatch):
    came = threading.Event()

    class Broken(Log):
        def write(self, line):
            came.set()
            raise BrokenPipeError

    monkeypatch.setattr(progress, "LINE_SECONDS", 0.001)
    monkeypatch.setattr(progress.sys, "stderr", Broken())

    def slow():
        for _ in range(2):
            came.clear()
            assert came.wait(60)
        yield "one"

    assert list(progress._with_lines(slow(), 1, "doing")) == ["one"]


def test_whatever_breaks_ends_the_telling():
    before = threading.active_count()

    with pytest.raises(ZeroDivisionError):
        list(progress._with_lines((1 / zero for zero in [0]), 1, "doing"))

    assert threading.active_count() == before


@pytest.mark.parametrize(
    ("done", "elapsed", "words"),
    [
        (0, 60.0, ""),
        (50, 0.003, ""),
        (50, 1.9, ""),
        (50, 25.0, "2.0/s 0:00:25"),
        (100, 50.0, "2.0/s 0:00:00"),
        (10, 60.0, "10.0/min 0:09:00"),
    ],
)
def test_the_pace_is_a_mean_once_it_means_anything(done, elapsed, words):
    assert progress._pace(done, 100, elapsed) == words
