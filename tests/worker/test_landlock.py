from __future__ import annotations

import os
import sys

import pytest

from grader.worker import landlock

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not landlock.abi(), reason="this kernel has no Landlock"
)


@pytest.fixture
def folders(tmp_path):
    """A folder that may be read, one that may be listed, one that may not be seen."""
    for name in ("open", "listed", "closed"):
        (tmp_path / name / "deeper").mkdir(parents=True)
        (tmp_path / name / "deeper" / "file").write_text(f"{name} inside")
    return tmp_path


@pytest.fixture
def held(folders, printed):
    """Print an expression under the rules; `at` is the folder of the folders."""

    def run(expression: str) -> str:
        lines = f"""
        at = {str(folders)!r}
        lockdown.no_new_privileges()
        landlock.restrict([at + "/open"], [at + "/listed"])
        print({expression})
        """
        return printed(lines)

    return run


def test_a_readable_folder_is_read_to_its_depth(held):
    assert held("open(at + '/open/deeper/file').read()") == "open inside"


def test_a_readable_folder_is_listed(held):
    assert held("os.listdir(at + '/open')") == "['deeper']"


@pytest.mark.parametrize("folder", ["listed", "closed"])
def test_a_file_elsewhere_is_not_read(folder, held):
    assert held(f"outcome(lambda: open(at + '/{folder}/deeper/file'))") == "EACCES"


def test_a_listable_folder_is_listed(held):
    assert held("os.listdir(at + '/listed/deeper')") == "['file']"


def test_a_folder_elsewhere_is_not_listed(held):
    assert held("outcome(lambda: os.listdir(at + '/closed'))") == "EACCES"


@pytest.mark.parametrize(
    "attempt",
    [
        "open(at + '/open/deeper/file', 'a')",
        "open(at + '/open/new', 'w')",
        "os.mkdir(at + '/open/new')",
        "os.symlink('/', at + '/open/new')",
        "os.mkfifo(at + '/open/new')",
        "os.unlink(at + '/open/deeper/file')",
        "os.rmdir(at + '/open/deeper')",
        "os.rename(at + '/open/deeper/file', at + '/open/deeper/new')",
        "os.execv('/bin/true', ['true'])",
    ],
)
def test_nothing_is_written_nor_started(attempt, held):
    assert held(f"outcome(lambda: {attempt})") == "EACCES"


def test_a_link_does_not_lead_out(folders, held):
    (folders / "open" / "link").symlink_to(folders / "closed" / "deeper" / "file")

    assert held("outcome(lambda: open(at + '/open/link'))") == "EACCES"


@pytest.mark.skipif(landlock.abi() < 3, reason="truncation is Landlock 3's")
def test_a_file_is_not_truncated(held):
    assert held("outcome(lambda: os.truncate(at + '/open/deeper/file', 0))") == "EACCES"


@pytest.mark.skipif(landlock.abi() < 4, reason="TCP is Landlock 4's")
@pytest.mark.parametrize("verb", ["bind", "connect"])
def test_tcp_is_refused(verb, held):
    attempt = f"__import__('socket').socket().{verb}(('127.0.0.1', 0))"

    assert held(f"outcome(lambda: {attempt})") == "EACCES"


@pytest.mark.skipif(landlock.abi() < 6, reason="signals are Landlock 6's")
def test_nobody_outside_can_be_signalled(held):
    assert held("outcome(lambda: os.kill(os.getppid(), 0))") == "EPERM"


@pytest.mark.skipif(landlock.abi() < 6, reason="signals are Landlock 6's")
def test_a_second_domain_cannot_signal_the_first(printed):
    lines = """
    lockdown.no_new_privileges()
    ruleset = landlock.prepare(["/"])
    landlock.enter(ruleset)
    pid = os.fork()
    if pid == 0:
        print(outcome(lambda: os.kill(os.getppid(), 0)), flush=True)
        landlock.enter(ruleset)
        print(outcome(lambda: os.kill(os.getppid(), 0)), flush=True)
        os._exit(0)
    os.waitpid(pid, 0)
    """
    assert printed(lines) == "done\nEPERM"


def test_a_missing_path_is_named():
    with pytest.raises(OSError, match="landlock path /no/such/folder: No such file"):
        landlock.prepare(["/no/such/folder"])


def test_a_refused_path_leaves_no_descriptor_open():
    before = os.listdir("/proc/self/fd")

    with pytest.raises(OSError, match="landlock path"):
        landlock.prepare(["/", "/no/such/folder"])

    assert os.listdir("/proc/self/fd") == before


def test_a_kernel_without_landlock_is_an_error(monkeypatch):
    monkeypatch.setattr(landlock, "abi", lambda: 0)

    with pytest.raises(OSError, match="landlock: this kernel has none"):
        landlock.prepare(["/"])


@pytest.mark.parametrize("version", range(1, landlock.abi() + 1))
def test_every_older_version_is_spoken(version, monkeypatch):
    """A newer kernel takes an older version's rule set, so its sizes and rights can be tried."""
    monkeypatch.setattr(landlock, "abi", lambda: version)
    ruleset = landlock.prepare(["/"])
    os.close(ruleset)

    assert ruleset > 2


def test_what_is_no_rule_set_is_an_error(printed):
    lines = """
    lockdown.no_new_privileges()
    try:
        landlock.enter(-1)
    except OSError as error:
        print(error.strerror)
    """
    assert printed(lines) == "landlock restrict: Bad file descriptor"
