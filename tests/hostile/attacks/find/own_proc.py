"""/proc/self: the maps, memory, environment, descriptors and working folder of the item.

goal: what the judge left in this process, and paths to the rest
out: center.forward failed mismatch; center.backward failed mismatch; running_mean failed mismatch
holds: namespaces landlock seccomp
"""

import os

import numpy as np

FILES = ("maps", "mem", "environ", "cmdline", "mountinfo", "auxv", "task", "smaps", "pagemap")
LINKS = ("cwd", "root", "exe", "fd/0", "fd/3", "ns/mnt")


def look():
    for whose in ("self", "thread-self", str(os.getpid())):
        for name in FILES:
            try:
                with open(f"/proc/{whose}/{name}", "rb") as file:
                    file.read(16)
            except OSError:
                continue
            raise RuntimeError(f"BREACH: read /proc/{whose}/{name}")
        for name in (*LINKS, "fd"):
            try:
                found = os.listdir(f"/proc/{whose}/{name}")
            except OSError:
                continue
            # Its own working folder is empty, and may be listed.
            if found or name != "cwd":
                raise RuntimeError(f"BREACH: listed /proc/{whose}/{name}: {found}")


def center_forward(x):
    look()
    return np.zeros_like(x), None


def center_backward(dout, cache):
    return np.zeros_like(dout)


def running_mean(xs, decay):
    return np.zeros_like(xs)
