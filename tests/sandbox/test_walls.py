"""What student code cannot do from within a box, tried at each strong level."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import pytest

from tests.boxes import LIMITS, ask, opened, warm

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="the walls are Linux's"),
    pytest.mark.hostile,
]

ROOT = Path(__file__).resolve().parents[2]
SOLUTION = next((ROOT / "tests" / "courses" / "reference").rglob("checks.py"))
OTHERS = """
import os, signal, socket, subprocess, ctypes, mmap, shutil, tempfile, threading
import numpy as np

def outcome(attempt):
    try:
        attempt()
    except (OSError, ImportError, RuntimeError) as error:
        return type(error).__name__
    return "done"

def reads(path):
    return outcome(lambda: open(path, "rb").read(1))

def lists(path):
    return outcome(lambda: os.listdir(path))

def imports(name):
    return outcome(lambda: __import__(name))

def runs(line):
    return outcome(lambda: exec(line, dict(globals())))

def searched():
    import sys
    return sys.path

def shell():
    return os.system("true")

def libc(name, *arguments):
    return getattr(ctypes.CDLL(None, use_errno=True), name)(*arguments)

def descriptors():
    found = []
    for number in range(64):
        try:
            os.fstat(number)
        except OSError:
            continue
        found.append(number)
    return found

def environment():
    return dict(os.environ)

def identity():
    return (os.getuid(), os.geteuid(), os.getpid(), os.getppid())
"""
REFUSED = ("PermissionError", "FileNotFoundError", "OSError", "ModuleNotFoundError")


@pytest.fixture(params=["landlock", "namespaces"], scope="module")
def inside(request):
    """Asks one function of a box at each strong level."""
    warm(request.param)
    with opened(OTHERS, level=request.param) as box:
        numbers = iter(range(1000))

        def call(name, *arguments):
            answer = ask(box, name, *arguments, id=next(numbers), check=f"item/{next(numbers)}")
            assert answer.failure is None, answer.failure
            return answer.values[0]

        yield call


@pytest.mark.parametrize(
    "path",
    [
        SOLUTION,
        ROOT / "grader" / "scoring.py",
        ROOT / "pyproject.toml",
        Path("/etc/passwd"),
        Path("/etc/hostname"),
        Path("/proc/self/environ"),
        Path("/proc/1/cmdline"),
        Path(os.__file__).parent / "site-packages" / "README.txt",
        Path(pytest.__file__),
    ],
    ids=lambda path: path.name,
)
def test_a_file_of_others_cannot_be_read(inside, path):
    assert inside("reads", str(path)) in REFUSED


def test_a_way_round_leads_to_the_same_wall(inside):
    detour = Path(os.__file__).parent / ".." / ".." / os.path.relpath(SOLUTION, "/")

    assert inside("reads", str(detour)) in REFUSED


@pytest.mark.parametrize("folder", [ROOT, SOLUTION.parent, Path.home(), Path("/")], ids=str)
def test_a_folder_of_others_cannot_be_listed(inside, folder):
    seen = inside("lists", str(folder))

    # In namespaces there is a root folder, with nothing of ours in it.
    assert seen in REFUSED or folder == Path("/")


def test_what_is_installed_as_editable_is_not_searched(inside):
    ours = [path for path in inside("searched") if path.startswith(str(ROOT))]

    # A virtual environment may lie inside the repository.
    assert not [path for path in ours if not path.startswith(sys.prefix)]


@pytest.mark.parametrize("name", ["pytest", "hypothesis", "yaml", "pydantic", "sklearn", "torch"])
def test_another_distribution_looks_uninstalled(inside, name):
    assert inside("imports", name) == "ModuleNotFoundError"


@pytest.mark.parametrize("name", ["numpy.linalg", "numpy.testing", "decimal", "sqlite3", "csv"])
def test_numpy_and_the_standard_library_can_be_imported(inside, name):
    assert inside("imports", name) == "done"


@pytest.mark.parametrize(
    "line",
    [
        "open('file', 'w')",
        "open(np.__file__, 'a')",
        "open('/dev/shm/file', 'w')",
        f"open({os.path.join(tempfile.gettempdir(), 'nabla-file')!r}, 'w')",
        "open('/dev/null', 'w')",
        "tempfile.TemporaryFile()",
        "tempfile.mkdtemp()",
        "os.mkdir('folder')",
        "os.symlink('a', 'b')",
        "os.link(np.__file__, 'b')",
        "os.rename(np.__file__, 'b')",
        "os.remove(np.__file__)",
        "os.truncate(np.__file__, 0)",
        "os.chmod(np.__file__, 0o777)",
        "os.utime(np.__file__)",
        "os.mkfifo('pipe')",
        "os.memfd_create('memory')",
        "np.save('weights.npy', np.ones(1))",
        "os.chroot('/')",
        "os.mknod('node')",
    ],
)
def test_nothing_can_be_written(inside, line):
    assert inside("runs", line) in REFUSED


@pytest.mark.parametrize(
    "line",
    [
        "os.fork()",
        "os.posix_spawn('/bin/true', ['true'], {})",
        "os.execv('/bin/true', ['true'])",
        "subprocess.run(['true'])",
        "__import__('multiprocessing').Process(target=print).start()",
        "socket.socket()",
        "socket.socketpair()",
        "socket.create_connection(('127.0.0.1', 9), timeout=1)",
        "os.kill(os.getppid(), 0)",
        "os.kill(1, 0)",
        "os.kill(-1, signal.SIGKILL)",
        "os.killpg(0, 0)",
        "os.setuid(0) or os.setresuid(1, 1, 1)",
        "mmap.mmap(-1, 4096)",
        "os.unshare(0x10000000) if hasattr(os, 'unshare') else os.fork()",
        "os.sched_setscheduler(os.getppid(), 0, os.sched_param(0))",
        "os.pidfd_open(os.getppid())",
    ],
)
def test_no_process_no_network_and_no_signal(inside, line):
    assert inside("runs", line) in REFUSED


def test_a_shell_does_not_start(inside):
    assert inside("shell") != 0


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("ptrace", [16, 1, 0, 0]),
        ("prctl", [4, 1, 0, 0, 0]),
        ("process_vm_readv", [1, None, 0, None, 0, 0]),
        ("mount", [None, None, None, 0, None]),
        ("shmget", [0, 4096, 0o1600]),
        ("inotify_init", []),
    ],
)
def test_the_c_library_gets_no_further(inside, name, arguments):
    assert inside("libc", name, *arguments) == -1


def test_there_are_four_descriptors_and_no_more(inside):
    assert inside("descriptors") == [0, 1, 2, 3]


def test_the_environment_holds_nothing_of_ours(inside):
    names = set(inside("environment"))

    assert names <= {
        *("HOME", "TMPDIR", "TORCHINDUCTOR_CACHE_DIR", "LANG", "PATH", "LC_CTYPE", "PWD"),
        *("PYTHONHASHSEED", "PYTHONDONTWRITEBYTECODE", "PYTHONMALLOC", "GLIBC_TUNABLES"),
        *("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_CBWR"),
        *("CUDA_VISIBLE_DEVICES", "PYTORCH_NVML_BASED_CUDA_CHECK"),
        *("ATEN_CPU_CAPABILITY", "ONEDNN_MAX_CPU_ISA"),
    }


def test_threads_are_allowed_within_the_memory(inside):
    line = "t = threading.Thread(target=print); t.start(); t.join()"

    assert inside("runs", line) == "done"


def test_where_no_file_can_be_opened_numpy_still_computes():
    text = "import numpy as np\nimport math\ndef f(): return np.ones(2) @ np.ones(2)\n"
    with opened(text, level="seccomp") as box:
        assert ask(box, "f").values == (2.0,)


def test_at_level_seccomp_no_file_can_be_opened():
    text = "import os\ndef f(): return open(os.__file__).read(1)\n"
    with opened(text, level="seccomp") as box:
        assert "PermissionError" in ask(box, "f", limits=LIMITS).failure.message
