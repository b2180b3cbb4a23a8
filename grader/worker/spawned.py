"""A worker without fork: one process for a submission, where the kernel offers no lock-down.

Started by path as a fresh interpreter on macOS, Windows, or anywhere; questions come on descriptor
0 and answers leave on what was descriptor 1. An audit hook refuses to open files for writing, to
rename or remove them and to start processes: it guards against accidents, not against attacks.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_REFUSED = frozenset(
    {
        *("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate", "os.link", "os.symlink"),
        *("os.chmod", "os.chown", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork"),
        *("os.forkpty", "os.startfile", "os.kill", "subprocess.Popen", "shutil.rmtree"),
        *("socket.connect", "socket.bind", "pty.spawn"),
    }
)


def main() -> None:
    """Read the configuration, load the submission, answer until the judge hangs up."""
    questions, answers = os.dup(0), os.dup(1)
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - there alone

        for descriptor in (questions, answers):
            msvcrt.setmode(descriptor, os.O_BINARY)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.dup2(2, 1)
    package = Path(__file__).parent.parent
    sys.path.insert(0, str(package.parent))
    from grader import wire  # noqa: PLC0415 - found only by now
    from grader.worker import accelerator, item, loading  # noqa: PLC0415

    loading.keep_installed_paths()

    def receive(size: int) -> bytes:
        return os.read(questions, size)

    def send(frame: bytes) -> None:
        item.write_all(answers, frame)

    header, body = wire.read(receive)
    device = header["device"]
    if header["arrays"] == "torch":
        import torch  # noqa: PLC0415

        torch.set_num_threads(1)
    if header["readable"]:
        accelerator.lock_files(header["readable"], header["usable"])
    if device is not None:
        accelerator.prepare(device)
    if header["readable"]:
        accelerator.lock_calls()
    allowed = loading.shut_out(header["allowed"])
    if device is None:
        # A driver maps far more memory than it uses; there the judge watches what is resident.
        _limit(header["memory_bytes"])
    # Said once the interpreter is warm: loading is timed from here.
    send(wire.pack({"id": -2, "values": []}))
    sys.addaudithook(refuse)
    item.serve(
        send,
        receive,
        sources=loading.Sources(**json.loads(body)),
        arrays=header["arrays"],
        allowed=allowed,
        seed=header["seed"],
        whole=header["whole"],
        device=device,
    )


def refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """The audit hook.

    Raises:
        PermissionError: the event would write a file, start a process or reach the network.
    """
    if event == "open":
        _, mode, flags = arguments
        written = isinstance(mode, str) and set(mode) & set("wax+")
        if written or (isinstance(flags, int) and flags & _WRITING):
            raise PermissionError("nothing can be written here")
    elif event in _REFUSED:
        raise PermissionError(f"{event} is not possible here")


def _limit(memory_bytes: int) -> None:
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    for name, bound in (("RLIMIT_CORE", 0), ("RLIMIT_DATA", used + memory_bytes)):
        try:
            hard = resource.getrlimit(getattr(resource, name))[1]
            if hard == resource.RLIM_INFINITY or bound < hard:
                resource.setrlimit(getattr(resource, name), (bound, hard))
        except (ValueError, OSError):
            continue  # a bound that this system does not know; `doctor` says what holds


if __name__ == "__main__":
    main()
