"""Core files of earlier crashes, and one of the item's own that would show its parent's pages.

goal: memory on disk
out: center.forward failed mismatch; center.backward failed mismatch; running_mean failed mismatch
holds: namespaces landlock seccomp
"""

import os

import numpy as np

PLACES = ("/var/lib/systemd/coredump", "/var/crash", "/cores", "/var/lib/apport", "/tmp", ".")


def look():
    try:
        with open("/proc/sys/kernel/core_pattern") as file:
            raise RuntimeError(f"BREACH: core files go to {file.read()}")
    except OSError:
        pass
    for place in PLACES:
        try:
            found = [name for name in os.listdir(place) if "core" in name]
        except OSError:
            continue
        for name in found:
            try:
                os.close(os.open(os.path.join(place, name), os.O_RDONLY))
            except OSError:
                continue
            raise RuntimeError(f"BREACH: read {place}/{name}")
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY,) * 2)
        if resource.getrlimit(resource.RLIMIT_CORE)[0]:
            raise RuntimeError("BREACH: a core file may be written")
    except (ImportError, OSError, ValueError):
        return


def center_forward(x):
    look()
    return np.zeros_like(x), None


def center_backward(dout, cache):
    return np.zeros_like(dout)


def running_mean(xs, decay):
    return np.zeros_like(xs)
