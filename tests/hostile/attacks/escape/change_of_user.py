"""Another user, a group more, a capability back, the locks off.

goal: be somebody who may read the solution
out: running_mean passed
holds: namespaces landlock seccomp
"""

import ctypes
import os
import struct

import numpy as np

LIBC = ctypes.CDLL(None, use_errno=True)
# PR_SET_PDEATHSIG SET_DUMPABLE SET_KEEPCAPS SET_SECUREBITS SET_PTRACER CAP_AMBIENT SET_MM
# SET_CHILD_SUBREAPER SET_NO_NEW_PRIVS SET_SECCOMP SET_THP_DISABLE SET_MDWE
OPTIONS = ((1, 0), (4, 1), (8, 1), (28, 0), (0x59616D61, -1), (47, 2, 21), (35, 1))
OPTIONS += ((36, 1), (38, 1), (22, 1), (41, 1), (65, 1))


def attempts():
    for user in (0, 1, 1000, 65534):
        yield "setuid", lambda user=user: os.setuid(user)
        yield "setgid", lambda user=user: os.setgid(user)
        yield "setresuid", lambda user=user: os.setresuid(user, user, user)
        yield "setresgid", lambda user=user: os.setresgid(user, user, user)
        yield "setreuid", lambda user=user: os.setreuid(user, -1)
        yield "setgroups", lambda user=user: os.setgroups([user])
    yield "initgroups", lambda: os.initgroups("root", 0)


def running_mean(xs, decay):
    intel = os.uname().machine == "x86_64"
    for name, attempt in attempts():
        try:
            attempt()
        except OSError:
            continue
        raise RuntimeError(f"BREACH: {name} went through")
    for option, *rest in OPTIONS:
        if LIBC.prctl(option, *(ctypes.c_long(word) for word in (*rest, 0, 0, 0)[:4])) != -1:
            raise RuntimeError(f"BREACH: prctl {option} went through")
    everything = struct.pack("=6I", *[0xFFFFFFFF] * 6)
    if LIBC.capset(struct.pack("=Ii", 0x20080522, 0), everything) != -1:
        raise RuntimeError("BREACH: took capabilities")
    for number, name in ((317 if intel else 277, "seccomp"), (444, "landlock"), (446, "landlock")):
        if LIBC.syscall(number, 0, 0, 0) != -1:
            raise RuntimeError(f"BREACH: {name} can be called once more")
    means = np.array(xs, dtype=float)
    for t in range(1, len(means)):
        means[t] = decay * means[t - 1] + (1 - decay) * means[t]
    return means
