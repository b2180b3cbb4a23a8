"""What stands round a batch and notices: listeners, canaries, segments, processes, mounts.

Nothing here believes an attack; it looks at the machine before and after.
"""

from __future__ import annotations

import ctypes
import os
import secrets
import select
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.hostile.places import Places

BREACH = "BREACH"
_CHILD_SUBREAPER = 36  # linux/prctl.h
_IPC_CREATE, _IPC_EXCLUSIVE, _IPC_REMOVE = 0o1000, 0o2000, 0  # linux/ipc.h
_SEGMENT_BYTES = 4096
_THROW_AWAY = range(64000, 65534)

# Fixed words that an attacker would look for; what is secret about them is in the values.
VARIABLE = "GRADER_HOSTILE_SECRET"


@dataclass(slots=True, kw_only=True)
class Witness:
    """One batch's surroundings.

    Attributes:
        root: everything of the batch lies under it; anybody may read it.
        home, cwd, course, classroom, other, store: folders under it, each with a canary.
        places: what attacks are told.
    """

    root: Path
    home: Path
    cwd: Path
    course: Path
    classroom: Path
    other: Path
    store: Path
    places: Places
    secret: str
    _canaries: dict[Path, bytes] = field(default_factory=dict)
    _sockets: list[socket.socket] = field(default_factory=list)
    _segment: int = -1
    _before: dict[str, set[str]] = field(default_factory=dict)
    _running: set[int] = field(default_factory=set)

    def texts_leak(self, texts: Iterable[str]) -> list[str]:
        """Which of the texts hold a secret of ours."""
        return [text[:80] for text in texts if self.secret in text]

    def problems(self, uids: Iterable[int] = ()) -> list[str]:
        """What the batch has done to its surroundings; empty where it did nothing.

        Args:
            uids: the throw-away users of the batch's own processes.
        """
        found = [f"somebody connected to {one.getsockname()}" for one in self._visited()]
        for path, data in self._canaries.items():
            if not path.is_file() or path.read_bytes() != data:
                found.append(f"{path.name} in {path.parent.name} is not what it was")
        if _attached(self._segment, self.places.shm_key):
            found.append("somebody is attached to our shared memory")
        found += [f"a process was left: {text}" for text in _left(set(uids), self._running)]
        for name, before in self._before.items():
            new = sorted(_listings(self)[name] - before)
            found += [f"{name}: {one} is new" for one in new]
        return found

    def _visited(self) -> list[socket.socket]:
        readable, _, _ = select.select(self._sockets, [], [], 0)
        return list(readable)


@contextmanager
def watching() -> Iterator[Witness]:
    """Set everything up, and take it down again."""
    with ExitStack() as stack:
        root = Path(tempfile.mkdtemp(prefix="grader-hostile-"))
        stack.callback(shutil.rmtree, root, ignore_errors=True)
        root.chmod(0o755)  # only the box is to keep anybody out
        folders = {name: root / name for name in ("home", "cwd", "course", "class", "out")}
        inner = (("out", ".store"), ("class", "other"), ("course", "reference"))
        for folder in (*folders.values(), *(folders[outer] / name for outer, name in inner)):
            folder.mkdir(exist_ok=True)
        secret, mark = secrets.token_hex(16), f"mark{secrets.token_hex(6)}"
        sockets, named = _listeners(stack, root)
        stack.callback(_orphans_come_to_us())
        key = secrets.randbelow(1 << 30) + 1
        segment = _segment(stack, key, secret)
        shared = Path("/dev/shm") / f"{mark[4:]}-canary"
        canaries = _canaries(stack, folders, shared, secret)
        _environment(stack, folders, secret)
        places = Places(
            **named,
            shm_key=key,
            posix_shm=shared.name,
            canary=str(next(iter(canaries))),
            canaries=":".join(map(str, canaries)),
            home=str(folders["home"]),
            cwd=str(folders["cwd"]),
            reference=str(folders["course"] / "reference"),
            store=str(folders["out"] / ".store"),
            other=str(folders["class"] / "other"),
            variable=VARIABLE,
            judge_pid=os.getpid(),
            mark=mark,
        )
        witness = Witness(
            root=root,
            home=folders["home"],
            cwd=folders["cwd"],
            course=folders["course"],
            classroom=folders["class"],
            other=folders["class"] / "other",
            store=folders["out"],
            places=places,
            secret=secret,
            _canaries=canaries,
            _sockets=sockets,
            _segment=segment,
            _running=_descendants(),
        )
        witness._before = _listings(witness)
        yield witness


def _listeners(stack: ExitStack, root: Path) -> tuple[list[socket.socket], dict[str, str | int]]:
    tcp = stack.enter_context(socket.socket())
    tcp.bind(("127.0.0.1", 0))
    udp = stack.enter_context(socket.socket(type=socket.SOCK_DGRAM))
    udp.bind(("127.0.0.1", 0))
    unix = stack.enter_context(socket.socket(socket.AF_UNIX))
    path = str(root / "listening")
    unix.bind(path)
    os.chmod(path, 0o777)
    abstract = stack.enter_context(socket.socket(socket.AF_UNIX))
    name = f"grader-hostile-{os.getpid()}-{secrets.token_hex(4)}"
    abstract.bind(f"\0{name}")
    for one in (tcp, unix, abstract):
        one.listen()
    return [tcp, udp, unix, abstract], {
        "port": tcp.getsockname()[1],
        "udp_port": udp.getsockname()[1],
        "unix": path,
        "abstract": name,
    }


def _canaries(
    stack: ExitStack, folders: dict[str, Path], shared: Path, secret: str
) -> dict[Path, bytes]:
    descriptor, in_tmp = tempfile.mkstemp(prefix="grader-hostile-canary-")
    os.close(descriptor)
    paths = [
        *(Path(in_tmp), shared, folders["home"] / ".netrc", folders["cwd"] / "notes.txt"),
        *(folders["out"] / ".store" / "canary", folders["class"] / "other" / "notes.txt"),
        folders["course"] / "reference" / "notes.txt",
    ]
    data = f"canary {secret}\n".encode()
    for path in paths:
        path.write_bytes(data)
        path.chmod(0o644)
    for path in paths[:2]:
        stack.callback(path.unlink, missing_ok=True)
    return dict.fromkeys(paths, data)


def _environment(stack: ExitStack, folders: dict[str, Path], secret: str) -> None:
    """The judge's own HOME, working folder and a secret among its variables."""
    before = {name: os.environ.get(name) for name in ("HOME", VARIABLE)}
    here = os.getcwd()

    def restore() -> None:
        os.chdir(here)
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value

    stack.callback(restore)
    os.environ |= {"HOME": str(folders["home"]), VARIABLE: f"canary {secret}"}
    os.chdir(folders["cwd"])


def _libc() -> ctypes.CDLL:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.shmat.restype = ctypes.c_void_p
    libc.shmdt.argtypes = [ctypes.c_void_p]
    return libc


def _segment(stack: ExitStack, key: int, secret: str) -> int:
    """A System V segment that anybody may attach."""
    libc = _libc()
    segment = libc.shmget(key, _SEGMENT_BYTES, _IPC_CREATE | _IPC_EXCLUSIVE | 0o666)
    if segment < 0:
        raise OSError(ctypes.get_errno(), "shmget")
    stack.callback(libc.shmctl, segment, _IPC_REMOVE, None)
    address = libc.shmat(segment, None, 0)
    data = f"canary {secret}".encode()
    ctypes.memmove(address, data, len(data))
    libc.shmdt(address)
    return int(segment)


def _attached(segment: int, key: int) -> bool:
    """Whether anybody but us has ever attached our segment: its last user is not this process."""
    for line in Path("/proc/sysvipc/shm").read_text().splitlines()[1:]:
        words = line.split()
        if int(words[0]) == key and int(words[1]) == segment:
            return int(words[5]) not in (0, os.getpid()) or int(words[6]) > 0
    return True  # it is gone


def _orphans_come_to_us():
    """From now on what a dead descendant leaves behind is our child; gives what ends this."""
    libc = ctypes.CDLL(None)
    libc.prctl(_CHILD_SUBREAPER, 1, 0, 0, 0)

    def back() -> None:
        libc.prctl(_CHILD_SUBREAPER, 0, 0, 0, 0)
        for child in psutil.Process().children():
            with suppress(psutil.Error, ChildProcessError):
                if child.status() == psutil.STATUS_ZOMBIE and _is_orphan(child):
                    os.waitpid(child.pid, os.WNOHANG)

    return back


def _is_orphan(child: psutil.Process) -> bool:
    """Whether no Popen or multiprocessing of ours waits for it: boxes are no children of ours."""
    import multiprocessing

    ours = {process.pid for process in multiprocessing.active_children()}
    return child.pid not in ours and child.uids().real in _THROW_AWAY


def _descendants() -> set[int]:
    return {one.pid for one in psutil.Process().children(recursive=True)}


def _left(uids: set[int], before: set[int]) -> list[str]:
    """Processes that should have ended with the batch: new descendants, and the users of boxes."""
    found, new = [], _descendants() - before
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            is_ours = "resource_tracker" in " ".join(process.cmdline())
            if process.status() == psutil.STATUS_ZOMBIE or is_ours:
                continue
            uid = process.uids().real
            if process.pid in new or (uid in uids and uid in _THROW_AWAY):
                found.append(f"{process.pid} {process.name()}")
    return found


def _listings(witness: Witness) -> dict[str, set[str]]:
    """What an attack could add to: by place, the names that count there."""
    mark = witness.places.mark
    shared = {
        line.split()[1]
        for line in Path("/proc/sysvipc/shm").read_text().splitlines()[1:]
        if int(line.split()[7]) in _THROW_AWAY
    }
    listed = {
        "mounts": set(Path("/proc/self/mountinfo").read_text().splitlines()),
        "System V segments": shared,
    }
    for folder in ("/tmp", "/var/tmp", "/dev/shm", *map(str, _folders(witness))):
        listed[folder] = {str(one) for one in _entries(Path(folder)) if _counts(one, mark)}
    return listed


def _folders(witness: Witness) -> tuple[Path, ...]:
    packages = Path(psutil.__file__).parents[1]
    return (
        *(witness.home, witness.cwd, witness.course, witness.other),
        *(packages, Path(sys.prefix), Path.home()),
    )


def _entries(folder: Path) -> list[Path]:
    with suppress(OSError):
        return list(folder.iterdir())
    return []


def _counts(path: Path, mark: str) -> bool:
    """Whether a new file there is an attack's: named so, or a throw-away user's.

    Others may be at work on the same machine.
    """
    if mark in path.name:
        return True
    with suppress(OSError):
        return path.lstat().st_uid in _THROW_AWAY
    return False
