from __future__ import annotations

import os
import platform
import sys
from pathlib import Path

import pytest

from grader.errors import BoxError, IsolationError
from grader.sandbox import probe
from grader.sandbox.box import Confinement, Zygote
from grader.sandbox.probe import Probed
from grader.sandbox.process import Spawner

linux = pytest.mark.skipif(sys.platform != "linux", reason="the strong levels are Linux's")


@pytest.fixture
def machine(monkeypatch):
    """A machine with the levels that a test names, and no other."""

    def has(*levels):
        def probed(level):
            there = Confinement(level=level) if level in levels else None
            return Probed(level=level, confinement=there, reason="" if there else "not to be had")

        monkeypatch.setattr(probe, "probe", probed)

    return has


@pytest.mark.parametrize("level", probe.LEVELS)
def test_the_strongest_level_is_taken(machine, level):
    machine(*probe.LEVELS[probe.LEVELS.index(level) :])

    assert probe.choose("auto").level == level


@pytest.mark.parametrize("level", probe.LEVELS)
def test_a_level_by_name_is_that_level(machine, level):
    machine(*probe.LEVELS)

    assert probe.choose(level).level == level


def test_a_level_by_name_is_never_another(machine):
    machine("landlock", "process")

    with pytest.raises(IsolationError, match="namespaces: not to be had"):
        probe.choose("namespaces")


def test_too_weak_a_level_is_refused_with_every_reason(machine):
    machine("process")

    with pytest.raises(IsolationError) as caught:
        probe.choose("auto", at_least=probe.STRONG)

    said = str(caught.value)
    assert all(f"{level}: not to be had" in said for level in ("namespaces", "landlock", "seccomp"))
    assert "process is too weak" in said
    assert "--trust-submissions" in said


def test_a_weak_level_by_name_is_refused_too(machine):
    machine(*probe.LEVELS)

    with pytest.raises(IsolationError, match="process is too weak"):
        probe.choose("process", at_least=probe.STRONG)


def test_a_process_is_to_be_had_everywhere():
    assert probe.probe("process").confinement == Confinement(level="process")


@linux
@pytest.mark.parametrize("level", probe.LEVELS[:3])
def test_a_level_is_there_or_there_is_a_reason(level):
    probed = probe.probe(level)

    assert (probed.confinement is None) == bool(probed.reason)


@pytest.fixture
def afresh():
    """Probing, with nothing known from before or kept for later."""
    probe.probe.cache_clear()
    yield probe.probe
    probe.probe.cache_clear()


def test_elsewhere_than_on_linux_the_strong_levels_are_missing(afresh, monkeypatch):
    monkeypatch.setattr(platform, "system", lambda: "Darwin")

    assert "needs Linux" in afresh("landlock").reason


@linux
def test_without_bubblewrap_there_are_no_namespaces(afresh, monkeypatch):
    monkeypatch.setattr(probe.bubblewrap, "find", lambda: None)

    assert "bubblewrap" in afresh("namespaces").reason


@linux
def test_a_bubblewrap_that_does_not_work_is_a_reason(afresh, monkeypatch):
    monkeypatch.setattr(probe.bubblewrap, "find", lambda: Path("/bin/false"))

    assert "User namespaces" in afresh("namespaces").reason


@linux
@pytest.mark.parametrize(
    ("attempts", "reason"),
    [
        ("def attempts(): return ['open a socket']", "a box could still open a socket"),
        ("def attempts(): raise ValueError('no')", "ValueError: no"),
        ("def attempts(): return object()", "none of the values"),
        ("def attempts(:", "SyntaxError"),
    ],
)
def test_a_box_that_holds_too_little_is_not_taken(afresh, monkeypatch, attempts, reason):
    monkeypatch.setattr(probe, "_ATTEMPTS", attempts)
    probed = afresh("landlock")

    assert probed.confinement is None
    assert reason in probed.reason


@linux
def test_a_zygote_that_does_not_start_is_a_reason(afresh, monkeypatch):
    def broken(*_):
        raise BoxError("no Landlock here.")

    monkeypatch.setattr(probe, "Zygote", broken)

    assert afresh("landlock").reason.startswith("no Landlock here.")


def test_a_level_without_forks_is_opened_by_a_spawner():
    assert isinstance(probe.open_opener(Confinement(level="process"), "numpy"), Spawner)


@linux
def test_a_level_with_forks_is_opened_by_a_zygote():
    opener = probe.open_opener(Confinement(level="seccomp"), "numpy")
    opener.close()

    assert isinstance(opener, Zygote)


@linux
@pytest.mark.skipif(os.geteuid() == 0, reason="of a user without rights")
def test_without_rights_there_is_no_throw_away_user():
    assert probe.throw_away_uid() is None


@linux
def test_a_throw_away_user_that_cannot_read_the_interpreter_is_none(monkeypatch):
    probe.throw_away_uid.cache_clear()
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    uid = probe.throw_away_uid()
    probe.throw_away_uid.cache_clear()

    assert uid is None
