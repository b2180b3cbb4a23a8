"""The zygote: imports numpy and torch once, warms them up, and forks a box for each submission.

Started by path, in an environment that the judge made, with one end of a SOCK_SEQPACKET pair as
descriptor `sys.argv[1]`. The first message is the configuration; each later one carries the stream
of a new box. It ends when the judge hangs up.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import socket
import sys
from pathlib import Path
from typing import Any

PRELOADED = (
    *("abc", "array", "bisect", "collections", "contextlib", "copy", "dataclasses", "datetime"),
    *("decimal", "enum", "fractions", "functools", "heapq", "io", "itertools", "json", "math"),
    *("numbers", "operator", "os", "pathlib", "pprint", "random", "re", "statistics", "string"),
    *("struct", "sys", "textwrap", "time", "timeit", "traceback", "types", "typing", "warnings"),
)
"""What a submission may import where no file can be opened after the fork."""


def main() -> None:
    """Prepare once, then fork a box for every stream that arrives."""
    control = socket.socket(fileno=int(sys.argv[1]))
    config = json.loads(control.recv(1 << 20))
    package = Path(__file__).parent.parent
    sys.path.insert(0, str(package.parent))
    from grader.worker import box, landlock, loading, lockdown  # noqa: PLC0415 - found only by now

    loading.keep_installed_paths()
    for name in PRELOADED if config["level"] == "seccomp" else ():
        importlib.import_module(name)
    warm_up(config["arrays"])
    box.build_filters(config["level"])
    known = sorted(sys.modules)
    allowed = loading.shut_out(config["allowed"])
    if not lockdown.single_threaded():
        sys.exit("the zygote has more than one thread and cannot fork safely")
    locks = box.Locks(
        level=config["level"],
        arrays=config["arrays"],
        allowed=allowed,
        data_bytes=lockdown.vm_data_bytes(),
        address_bytes=lockdown.vm_size_bytes(),
    )
    if config["uid"] is not None:
        lockdown.become(config["uid"])
    lockdown.die_with_parent()
    lockdown.drop_capabilities()
    lockdown.no_new_privileges()
    if config["level"] != "seccomp":
        landlock.restrict(config["readable"], config["listable"])
    gc.collect()
    gc.freeze()
    control.send(json.dumps({"ready": True, "modules": known}).encode())
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 1 << 10, 1)
        reap(os.WNOHANG if message else 0)
        if not message:
            return
        if os.fork() == 0:
            code = 1
            try:
                control.close()
                box.run(socket.socket(fileno=descriptors[0]), locks)
                code = 0
            finally:
                os._exit(code)
        os.close(descriptors[0])


def reap(options: int) -> None:
    """Collect boxes that ended; without WNOHANG, wait until all have."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, options)[0]:
            continue


def warm_up(arrays: str) -> None:
    """One step of everything that torch would otherwise set up lazily in each item, on one thread.

    A pool of threads would not survive a fork: a child would wait for it for ever.
    """
    import numpy as np  # noqa: PLC0415 - only after the environment is known to be the judge's

    np.random.default_rng(0).normal(size=(4, 4)) @ np.ones((4, 4))
    if arrays != "torch":
        return
    import torch  # noqa: PLC0415
    from torch import nn  # noqa: PLC0415

    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    layers: list[Any] = [nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.Flatten(), nn.Linear(72, 3)]
    model = nn.Sequential(*layers)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    optimizer.zero_grad()
    loss = nn.functional.cross_entropy(model(torch.ones(2, 1, 8, 8)), torch.tensor([0, 1]))
    loss.backward()  # type: ignore[no-untyped-call]
    optimizer.step()
    str(torch.ones(2, dtype=torch.float64))
    torch.from_numpy(np.ones(3)).requires_grad_().exp().sum().backward()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main()
