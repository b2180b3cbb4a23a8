"""Files of another student, of the judge's home and of /tmp, by path, by link and by descriptor.

goal: somebody else's work
out: center.forward failed mismatch; center.backward failed mismatch; running_mean failed mismatch
holds: namespaces landlock seccomp
"""

import os

import numpy as np

PATHS = "{{CANARIES}}".split(":")


def look():
    ways = [*PATHS, *(f"/proc/self/root{path}" for path in PATHS), *(f"/../..{p}" for p in PATHS)]
    ways += ["/etc/passwd", "/etc/hostname", "/etc/shadow", "/dev/shm/{{POSIX_SHM}}", "/dev/mem"]
    for path in ways:
        for flags in (os.O_RDONLY, os.O_RDONLY | os.O_NOFOLLOW, os.O_RDONLY | os.O_NONBLOCK):
            try:
                descriptor = os.open(path, flags)
            except OSError:
                continue
            raise RuntimeError(f"BREACH: read {path}: {os.read(descriptor, 60)!r}")
    for folder in ("{{OTHER}}", "{{HOME}}", "{{CWD}}", "/tmp", "/dev/shm", "/etc", "/root", "/home", "/"):
        try:
            found = os.listdir(folder)
        except OSError:
            continue
        if folder != "/" or set(found) & {"root", "home", "boot"}:
            raise RuntimeError(f"BREACH: listed {folder}: {found[:3]}")


def center_forward(x):
    look()
    return np.zeros_like(x), None


def center_backward(dout, cache):
    return np.zeros_like(dout)


def running_mean(xs, decay):
    return np.zeros_like(xs)
