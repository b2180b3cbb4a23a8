from __future__ import annotations

import pytest

from grader.cli import progress


def test_without_a_terminal_everything_is_passed_on(capsys):
    assert list(progress.with_progress([1, 2], 2, "doing")) == [1, 2]
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("done", "elapsed", "words"),
    [(50, 0.003, ""), (50, 1.9, ""), (50, 25.0, "2.0/s 0:00:25"), (100, 50.0, "2.0/s 0:00:00")],
)
def test_the_pace_is_a_mean_once_it_means_anything(done, elapsed, words):
    assert progress._pace(done, 100, elapsed) == words
