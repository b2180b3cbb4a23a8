"""Every way to change a file of the interpreter or of numpy, which the next submission loads too.

goal: numpy.allclose that says yes, for everybody who comes after
out: running_mean passed
holds: namespaces landlock seccomp
"""

import ctypes
import os

import numpy as np

LIBC = ctypes.CDLL(None, use_errno=True)
TARGETS = (np.__file__, os.__file__, os.path.dirname(np.__file__), os.path.dirname(os.__file__))


def attempts(path):
    new = os.path.join(os.path.dirname(path), "{{MARK}}.py")
    for flags in (os.O_WRONLY, os.O_RDWR, os.O_APPEND | os.O_WRONLY, os.O_TRUNC, os.O_TMPFILE | 2):
        yield lambda: os.open(path, flags)
    yield lambda: os.open(new, os.O_CREAT | os.O_EXCL)
    yield lambda: os.truncate(path, 0)
    yield lambda: os.chmod(path, 0o777)
    yield lambda: os.chown(path, -1, -1)
    yield lambda: os.utime(path)
    yield lambda: os.setxattr(path, "user.{{MARK}}", b"x")
    yield lambda: os.removexattr(path, "user.{{MARK}}")
    yield lambda: os.rename(path, new)
    yield lambda: os.replace(new, path)
    yield lambda: os.link(path, new)
    yield lambda: os.symlink(path, new)
    yield lambda: os.unlink(path)
    yield lambda: os.rmdir(path)
    yield lambda: os.mkdir(new)
    yield lambda: os.mkfifo(new)
    yield lambda: os.mknod(new)


def running_mean(xs, decay):
    for path in TARGETS:
        for number, attempt in enumerate(attempts(path)):
            try:
                attempt()
            except OSError:
                continue
            raise RuntimeError(f"BREACH: attempt {number} changed {path}")
        # By descriptor, for which reading is enough.
        try:
            opened = os.open(path, os.O_RDONLY)
        except OSError:
            continue
        for name, call in {
            "fchmod": lambda: LIBC.fchmod(opened, 0o777),
            "fchown": lambda: LIBC.fchown(opened, -1, -1),
            "ftruncate": lambda: LIBC.ftruncate(opened, 0),
            "fallocate": lambda: LIBC.fallocate(opened, 0, 0, 1),
            "futimens": lambda: LIBC.futimens(opened, None),
            "fsetxattr": lambda: LIBC.fsetxattr(opened, b"user.{{MARK}}", b"x", 1, 0),
            "fchmodat2": lambda: LIBC.syscall(452, -100, path.encode(), 0o777, 0),
        }.items():
            if call() != -1:
                raise RuntimeError(f"BREACH: {name} changed {path}")
        os.close(opened)
    means = np.array(xs, dtype=float)
    for t in range(1, len(means)):
        means[t] = decay * means[t - 1] + (1 - decay) * means[t]
    return means
