"""What only root may do to a machine: modules, another kernel, swap, clock, quotas, names, ports.

goal: as root in a container that forgot to drop capabilities, the whole machine
out: running_mean passed
holds: namespaces landlock seccomp
"""

import ctypes
import os

import numpy as np

LIBC = ctypes.CDLL(None, use_errno=True)
# Arguments with which nothing happens even where it is allowed. x86_64, aarch64.
CALLS = {
    "init_module": (175, 105, b"", 0, b""),
    "finit_module": (313, 273, -1, b"", 0),
    "delete_module": (176, 106, b"{{MARK}}", 0),
    "kexec_load": (246, 104, 0, 0, None, 0),
    "kexec_file_load": (320, 294, -1, -1, 0, None, 8),
    "reboot": (169, 142, 0, 0, 0, None),
    "swapon": (167, 224, b"{{MARK}}", 0),
    "swapoff": (168, 225, b"{{MARK}}"),
    "acct": (163, 89, b"{{MARK}}"),
    "quotactl": (179, 60, 0x800001 << 8, b"{{MARK}}", 0, None),
    "settimeofday": (164, 170, None, None),
    "clock_settime": (227, 112, 99, None),
    "adjtimex": (159, 171, bytes(208)),
    "clock_adjtime": (305, 266, 0, bytes(208)),
    "sethostname": (170, 161, b"{{MARK}}", -1),
    "setdomainname": (171, 162, b"{{MARK}}", -1),
    "syslog": (103, 116, 10, None, 0),
    "iopl": (172, None, 3),
    "ioperm": (173, None, 0x80, 1, 1),
    "modify_ldt": (154, None, 0, bytes(16), 16),
    "arch_prctl": (158, None, 0x1011, 0),
    "personality": (135, 92, 0x0400000),
    "lookup_dcookie": (212, 18, 0, 0, None, 0),
    "nfsservctl": (180, 42, 0, None, None),
    "vhangup": (153, 58),
    "uselib": (134, None, b"{{MARK}}"),
}


def running_mean(xs, decay):
    column = 0 if os.uname().machine == "x86_64" else 1
    for name, (*numbers, arguments) in ((n, (c[0], c[1], c[2:])) for n, c in CALLS.items()):
        if numbers[column] is None:
            continue
        result = LIBC.syscall(numbers[column], *arguments)
        if result != -1 or ctypes.get_errno() not in (1, 38):
            raise RuntimeError(f"BREACH: {name} gave {result}, errno {ctypes.get_errno()}")
    means = np.array(xs, dtype=float)
    for t in range(1, len(means)):
        means[t] = decay * means[t - 1] + (1 - decay) * means[t]
    return means
