"""Files in every place that is writable on some machine, and a file that grows.

goal: fill the disk, or leave something for the next submission
out: running_mean passed
holds: namespaces landlock seccomp
"""

import os
import tempfile

import numpy as np

FOLDERS = (".", "/tmp", "/var/tmp", "/dev/shm", "/run", "/run/lock", "/run/user/0", "/var/lock")
FOLDERS += ("{{HOME}}", "{{CWD}}", "{{STORE}}", "{{REFERENCE}}", "/dev/mqueue", "/dev/hugepages")
FOLDERS += (
    "/",
    "/root",
    "/home",
    "/usr/lib",
    "/etc",
    "/proc",
    "/sys",
    os.path.dirname(np.__file__),
)


def running_mean(xs, decay):
    for folder in FOLDERS:
        for flags in (os.O_CREAT | os.O_RDWR, os.O_CREAT, os.O_TMPFILE | os.O_RDWR):
            try:
                descriptor = os.open(os.path.join(folder, "{{MARK}}"), flags)
            except OSError:
                continue
            os.close(descriptor)
            raise RuntimeError(f"BREACH: made a file in {folder}")
        try:
            os.open(folder, os.O_TMPFILE | os.O_RDWR)
        except OSError:
            continue
        raise RuntimeError(f"BREACH: made a nameless file in {folder}")
    for make in (tempfile.TemporaryFile, tempfile.mkstemp, tempfile.mkdtemp):
        try:
            make()
        except OSError:
            continue
        raise RuntimeError("BREACH: made a temporary file")
    means = np.array(xs, dtype=float)
    for t in range(1, len(means)):
        means[t] = decay * means[t - 1] + (1 - decay) * means[t]
    return means
