from __future__ import annotations

import os
import platform
from importlib import metadata
from pathlib import Path

import numpy as np
import pytest

from grader import doctor
from grader.sandbox import probe
from grader.sandbox.box import Confinement
from grader.sandbox.probe import Probed

SEED = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def machine(monkeypatch):
    """A machine with torch on the CPU, every level and a seed; a test takes away what it needs."""
    levels = dict.fromkeys(probe.LEVELS, "")

    def probed(level):
        reason = levels[level]
        confinement = None if reason else Confinement(level=level)
        return Probed(level=level, confinement=confinement, reason=reason)

    monkeypatch.setattr(doctor.probe, "probe", probed)
    monkeypatch.setattr(doctor.probe, "throw_away_uid", lambda: 64001)
    monkeypatch.setattr(doctor, "_ASK_TORCH", "")
    monkeypatch.setenv("GRADER_SEED", SEED)
    return levels


def facts(here=Path()):
    return {fact.name: fact for fact in doctor.facts(here)}


@pytest.mark.usefixtures("machine")
def test_the_versions_are_those_that_run():
    found = facts()

    assert found["python"].value.startswith(platform.python_version())
    assert found["numpy"].value == np.__version__


@pytest.mark.usefixtures("machine")
def test_no_two_facts_share_a_name():
    names = [fact.name for fact in doctor.facts(Path())]

    assert len(set(names)) == len(names)


@pytest.mark.usefixtures("machine")
def test_a_package_that_is_not_installed_is_missing(monkeypatch):
    def version(name):
        if name == "torch":
            raise metadata.PackageNotFoundError(name)
        return "2.4"

    monkeypatch.setattr(doctor.metadata, "version", version)

    found = facts()

    assert (found["torch"].state, found["numpy"].state) == ("missing", "ok")
    assert found["device"].value == "unknown without torch"


@pytest.mark.parametrize(
    ("program", "state", "value"),
    [
        ("print('cuda A card')", "ok", "cuda A card, its items held at"),
        ("", "note", "cpu only"),
        ("raise ImportError('no such library')", "missing", "unknown"),
    ],
)
@pytest.mark.usefixtures("machine")
def test_the_device_is_what_torch_says(monkeypatch, program, state, value):
    monkeypatch.setattr(doctor, "_ASK_TORCH", program)
    monkeypatch.setattr(doctor.device, "trial", lambda kind, level: "")

    device = facts()["device"]

    assert device.state == state
    assert device.value.startswith(value)


@pytest.mark.usefixtures("machine")
def test_a_device_that_no_box_can_use_is_told(monkeypatch):
    monkeypatch.setattr(doctor, "_ASK_TORCH", "print('cuda A card')")
    monkeypatch.setattr(doctor.device, "trial", lambda kind, level: f"{kind} said no.")

    device = facts()["device"]

    assert (device.state, device.value) == ("missing", "cuda A card")
    assert device.advice.startswith("A box cannot use it: cuda said no. Items for an accelerator")


@pytest.mark.usefixtures("machine")
def test_the_last_line_of_a_torch_that_breaks_is_told(monkeypatch):
    monkeypatch.setattr(doctor, "_ASK_TORCH", "raise ImportError('no such library')")

    assert "ImportError: no such library" in facts()["device"].advice


@pytest.mark.usefixtures("machine")
def test_a_torch_that_never_comes_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(doctor, "_ASK_TORCH", "while True: pass")
    monkeypatch.setattr(doctor, "TORCH_SECONDS", 0.2)

    device = facts()["device"]

    assert device.state == "missing"
    assert "did not end within" in device.advice


@pytest.mark.parametrize("level", probe.LEVELS[:-1])
def test_a_level_that_is_not_to_be_had_says_why_and_what_it_needs(machine, level):
    machine[level] = "because of the test"

    fact = facts()[f"isolation {level}"]

    assert (fact.state, fact.value) == ("missing", "because of the test")
    assert fact.advice.startswith("It needs Linux")


@pytest.mark.usefixtures("machine")
def test_grade_runs_at_the_strongest_level():
    grade = facts()["grade"]

    assert (grade.state, grade.value) == ("ok", "at level namespaces")


def test_grade_runs_without_namespaces(machine):
    machine["namespaces"] = "a container"

    assert facts()["grade"].value == "at level landlock"


def test_grade_does_not_run_where_isolation_is_weak(machine):
    machine.update(dict.fromkeys(("namespaces", "landlock"), "an old kernel"))

    grade = facts()["grade"]

    assert grade.state == "missing"
    assert "--trust-submissions" in grade.advice


@pytest.mark.usefixtures("machine")
def test_grade_does_not_run_without_a_seed(monkeypatch, tmp_path):
    monkeypatch.delenv("GRADER_SEED")

    found = facts(tmp_path)

    assert (found["seed"].state, found["grade"].state) == ("missing", "missing")


@pytest.mark.usefixtures("machine")
def test_the_seed_of_the_course_above_is_found(monkeypatch, tmp_path):
    monkeypatch.delenv("GRADER_SEED")
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "seed").write_text(SEED)
    (tmp_path / "assignments" / "made").mkdir(parents=True)

    seed = facts(tmp_path / "assignments" / "made")["seed"]

    assert seed.value == f"from {tmp_path / 'reference' / 'seed'}"


@pytest.mark.usefixtures("machine")
def test_the_variable_goes_before_the_file(tmp_path):
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "seed").write_text(SEED[::-1])

    assert facts(tmp_path)["seed"].value == "from GRADER_SEED"


@pytest.mark.usefixtures("machine")
def test_a_seed_too_short_to_be_secret_is_none(monkeypatch, tmp_path):
    monkeypatch.setenv("GRADER_SEED", "short")

    seed = facts(tmp_path)["seed"]

    assert seed.state == "missing"
    assert "a secret needs" in seed.advice


@pytest.mark.usefixtures("machine")
def test_no_fact_shows_the_seed(tmp_path):
    assert SEED not in str(doctor.facts(tmp_path))


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="there is no root here")
@pytest.mark.parametrize(
    ("user", "uid", "state"), [(1000, None, "ok"), (0, 64001, "ok"), (0, None, "note")]
)
@pytest.mark.usefixtures("machine")
def test_root_needs_a_throw_away_user(monkeypatch, user, uid, state):
    monkeypatch.setattr(os, "geteuid", lambda: user)
    monkeypatch.setattr(doctor.probe, "throw_away_uid", lambda: uid)

    assert facts()["throw-away uid"].state == state


@pytest.mark.parametrize(("found", "state"), [(Path("bin") / "bwrap", "ok"), (None, "missing")])
@pytest.mark.usefixtures("machine")
def test_bubblewrap_is_where_it_was_found(monkeypatch, found, state):
    monkeypatch.setattr(doctor.bubblewrap, "find", lambda: found)

    assert facts()["bubblewrap"].state == state


@pytest.mark.parametrize(
    ("said", "state", "value"),
    [
        ("always [madvise] never\n", "ok", "madvise"),
        ("[always] madvise never\n", "ok", "always"),
        ("always madvise [never]\n", "note", "never"),
    ],
)
@pytest.mark.usefixtures("machine")
def test_huge_pages_are_as_the_kernel_says(monkeypatch, tmp_path, said, state, value):
    (tmp_path / "enabled").write_text(said)
    monkeypatch.setattr(doctor, "_HUGE_PAGES", tmp_path / "enabled")

    fact = facts()["huge pages"]

    assert (fact.state, fact.value) == (state, value)


@pytest.mark.usefixtures("machine")
def test_huge_pages_may_be_unknown(monkeypatch, tmp_path):
    monkeypatch.setattr(doctor, "_HUGE_PAGES", tmp_path / "missing")

    assert facts()["huge pages"].value == "unknown here"


@pytest.mark.parametrize(("cap", "value"), [("1073741824\n", "1.0 GiB"), ("max\n", "64.0 GiB")])
@pytest.mark.usefixtures("machine")
def test_memory_is_what_a_container_leaves_of_it(monkeypatch, tmp_path, cap, value):
    class Everything:
        total = 64 << 30

    (tmp_path / "memory.max").write_text(cap)
    monkeypatch.setattr(doctor, "_MEMORY_CAPS", (tmp_path / "memory.max", tmp_path / "missing"))
    monkeypatch.setattr(doctor.psutil, "virtual_memory", Everything)

    assert facts()["memory"].value == value


@pytest.mark.parametrize(
    ("system", "machine_name", "state"),
    [("Linux", "x86_64", "ok"), ("Linux", "riscv64", "note"), ("Darwin", "arm64", "note")],
)
@pytest.mark.usefixtures("machine")
def test_strong_isolation_has_its_platforms(monkeypatch, system, machine_name, state):
    monkeypatch.setattr(platform, "system", lambda: system)
    monkeypatch.setattr(platform, "machine", lambda: machine_name)

    assert facts()["platform"].state == state
