"""An accelerator in a worker: settings that repeat, a context before the lock, arrays there.

The process of device items is spawned, never forked: a driver's context does not survive a fork.
"""

from __future__ import annotations

import os
import sys
from typing import Any


def prepare(device: str) -> None:
    """Make torch repeat itself on `device` and open its context, which needs files and nodes.

    Args:
        device: a type that `torch.accelerator` knows (cuda, mps, xpu), or "cpu" for a trial.
    """
    import torch  # noqa: PLC0415 - numpy courses have none

    torch.set_num_threads(1)
    # Ten bits of mantissa would break every tolerance.
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    torch.backends.cudnn.benchmark = False
    torch.use_deterministic_algorithms(True, warn_only=True)
    layer = torch.nn.Linear(4, 2).to(device)
    optimizer = torch.optim.SGD(layer.parameters(), lr=0.1)
    layer(torch.ones(3, 4, device=device)).sum().backward()
    optimizer.step()


def lock(readable: list[str]) -> None:
    """Lock this process down as far as a driver lets it be; see `seccomp.build_device_filter`.

    Landlock holds this thread and those it starts; threads that the driver has started are not in
    its domain, which is one reason why the level has a weaker name.

    Raises:
        OSError: a layer that the judge counts on is not to be had.
    """
    from grader.worker import landlock, lockdown, seccomp  # noqa: PLC0415 - Linux alone has them

    lockdown.no_new_privileges()
    lockdown.drop_capabilities()
    landlock.restrict([path for path in readable if os.path.exists(path)])
    machine = os.uname().machine
    seccomp.install(seccomp.build_device_filter(machine=machine, pid=os.getpid()))


def there(array: Any, device: str) -> Any:
    """A numpy array as a tensor on `device`, floats in single precision."""
    torch = sys.modules["torch"]
    tensor = torch.from_numpy(array)
    return tensor.to(device, torch.float32) if tensor.is_floating_point() else tensor.to(device)
