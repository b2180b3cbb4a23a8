"""An accelerator in a worker: its lock, settings that repeat, arrays there, memory back.

The process of device items is spawned, never forked: a driver's context does not survive a fork.
Files are locked before the context is opened, so that the driver's and torch's own threads, which
run a student's hooks, are in the lock too; system calls after it. With an accelerator none of this
was tried; on the CPU all of it is.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any


def lock_files(readable: Sequence[str], usable: Sequence[str]) -> None:
    """Let this process, and threads to come, read `readable` and use the nodes `usable`.

    What is not there is left out: which files a driver has depends on the machine.

    Raises:
        OSError: Landlock, which the judge counts on, is not to be had.
    """
    from grader.worker import landlock, lockdown  # noqa: PLC0415 - Linux alone has them

    lockdown.no_new_privileges()
    lockdown.drop_capabilities()
    there = [[path for path in paths if os.path.exists(path)] for paths in (readable, usable)]
    landlock.restrict(there[0], usable=there[1])


def lock_calls() -> None:
    """Take from every thread the system calls that a driver does not need.

    Raises:
        OSError: seccomp, which the judge counts on, is not to be had.
    """
    from grader.worker import seccomp  # noqa: PLC0415

    seccomp.install(seccomp.build_device_filter(machine=os.uname().machine, pid=os.getpid()))


def prepare(device: str) -> None:
    """Make torch repeat itself on `device` and open its context, which takes seconds.

    Args:
        device: a type that `torch.accelerator` knows (cuda, mps, xpu), or "cpu" for a trial.
    """
    torch = sys.modules["torch"]
    # Ten bits of mantissa would break every tolerance.
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    torch.backends.cudnn.benchmark = False
    # An operation that cannot repeat itself warns: no honest work fails for a setting of ours.
    torch.use_deterministic_algorithms(True, warn_only=True)
    layer = torch.nn.Linear(4, 2).to(device)
    optimizer = torch.optim.SGD(layer.parameters(), lr=0.1)
    layer(torch.ones(3, 4, device=device)).sum().backward()
    optimizer.step()


def there(array: Any, device: str) -> Any:
    """A numpy array as a tensor on `device`, floats in single precision."""
    torch = sys.modules["torch"]
    tensor = torch.from_numpy(array)
    return tensor.to(device, torch.float32) if tensor.is_floating_point() else tensor.to(device)


def give_back(device: str) -> None:
    """Return the memory of `device` that torch keeps for later."""
    module = getattr(sys.modules["torch"], device)
    if hasattr(module, "empty_cache"):
        module.empty_cache()
