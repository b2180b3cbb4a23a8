"""Other ways to the same file: /proc's roots, links in /proc, dots, doubled slashes, open folders.

goal: read the solution by a name that no rule thought of
out: running_mean passed
holds: namespaces landlock seccomp
"""

import os

import numpy as np

FILES = ("{{CANARY}}", "{{REFERENCE}}/vectors.py", "{{OTHER}}/vectors.py", "/etc/passwd")
ROOTS = ("/proc/self/root", "/proc/1/root", "/proc/thread-self/root", "/proc/{{JUDGE_PID}}/root")
ROOTS += ("/proc/self/cwd/../../../../..", "/proc/{{JUDGE_PID}}/cwd/../../../../..", "/dev/fd/3/..")
ROOTS += ("/..", "//", "/./../.", os.path.dirname(os.__file__) + "/../../../../../../..")


def running_mean(xs, decay):
    for file in FILES:
        for root in ("", *ROOTS):
            try:
                read = open(root + file, "rb").read(1)
            except OSError:
                continue
            raise RuntimeError(f"BREACH: read {root}{file}: {read!r}")
    for folder in ("/", ".", os.path.dirname(os.__file__), "/dev", "/usr/lib"):
        for flags in (os.O_PATH, os.O_RDONLY | os.O_DIRECTORY):
            try:
                base = os.open(folder, flags)
            except OSError:
                continue
            for file in FILES:
                for dots in ("", "/", "../" * 12):
                    try:
                        os.open(dots + file.lstrip("/"), os.O_RDONLY, dir_fd=base)
                    except OSError:
                        continue
                    raise RuntimeError(f"BREACH: opened {file} from {folder}")
            os.close(base)
    for number in range(4):
        for flags in (os.O_RDWR, os.O_WRONLY | os.O_APPEND):
            for name in (f"/proc/self/fd/{number}", f"/dev/fd/{number}"):
                try:
                    os.open(name, flags)
                except OSError:
                    continue
                raise RuntimeError(f"BREACH: opened descriptor {number} anew")
    means = np.array(xs, dtype=float)
    for t in range(1, len(means)):
        means[t] = decay * means[t - 1] + (1 - decay) * means[t]
    return means
