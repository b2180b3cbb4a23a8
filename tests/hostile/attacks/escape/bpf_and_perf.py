"""Programs in the kernel and counters of the processor: bpf, perf, userfaultfd.

goal: watch the judge's memory and timing from below, or win time in the kernel's races
out: running_mean passed
holds: namespaces landlock seccomp
"""

import ctypes
import os
import struct

import numpy as np

LIBC = ctypes.CDLL(None, use_errno=True)


def running_mean(xs, decay):
    bpf, perf, faults = (321, 298, 323) if os.uname().machine == "x86_64" else (280, 241, 282)
    software = struct.pack("=IIQQQQQ", 1, 112, 0, 0, 0, 0, 1 << 5 | 1 << 6).ljust(112, b"\0")
    array = struct.pack("=IIII", 2, 4, 8, 1).ljust(128, b"\0")
    calls = {
        "bpf map": (bpf, 0, array, 128),
        "bpf program": (bpf, 5, bytes(128), 128),
        "bpf next id": (bpf, 11, bytes(128), 128),
        "perf_event_open": (perf, software, 0, -1, -1, 0),
        "perf_event_open of all": (perf, software, -1, 0, -1, 0),
        "userfaultfd": (faults, 0),
        "userfaultfd of user mode": (faults, 1),
    }
    for name, call in calls.items():
        if LIBC.syscall(*call) != -1:
            raise RuntimeError(f"BREACH: {name} went through")
        if ctypes.get_errno() not in (1, 38):
            raise RuntimeError(f"BREACH: {name} is {os.strerror(ctypes.get_errno())}")
    means = np.array(xs, dtype=float)
    for t in range(1, len(means)):
        means[t] = decay * means[t - 1] + (1 - decay) * means[t]
    return means
