"""The memory of the box and of the judge by process_vm_readv, and both attached by ptrace.

goal: the expected arrays, where a parent holds them
out: center.forward failed mismatch; center.backward failed mismatch; running_mean failed mismatch
holds: namespaces landlock seccomp
"""

import os

import numpy as np

READ = {"x86_64": 310, "aarch64": 270}
TRACE = {"x86_64": 101, "aarch64": 117}
ATTACH, SEIZE = 16, 0x4206


def look():
    try:
        import ctypes
    except ImportError:
        return
    libc = ctypes.CDLL(None)
    machine = os.uname().machine
    mine = ctypes.create_string_buffer(64)
    local = (ctypes.c_size_t * 2)(ctypes.addressof(mine), 64)
    remote = (ctypes.c_size_t * 2)(id(os), 64)
    for pid in (os.getppid(), {{JUDGE_PID}}, 1):
        if libc.syscall(READ[machine], pid, local, 1, remote, 1, 0) > 0:
            raise RuntimeError(f"BREACH: read the memory of {pid}")
        for request in (ATTACH, SEIZE):
            if libc.syscall(TRACE[machine], request, pid, 0, 0) == 0:
                raise RuntimeError(f"BREACH: traces {pid}")


def center_forward(x):
    look()
    return np.zeros_like(x), None


def center_backward(dout, cache):
    return np.zeros_like(dout)


def running_mean(xs, decay):
    return np.zeros_like(xs)
