"""A service on the loopback: a helper of the student's, or whatever the machine runs (a metadata
service, a notebook server, a database).

goal: have a process outside the box compute the answers, or talk to one that should not listen
out: running_mean passed
holds: namespaces landlock seccomp
source: Gradescope's harness talks to its own service on the loopback
"""

import socket

import numpy as np


def running_mean(xs, decay):
    try:
        socket.socket().connect(("127.0.0.1", {{PORT}}))
    except OSError:
        pass
    else:
        raise RuntimeError("BREACH: connected to a service on the loopback")
    try:
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", {{UDP_PORT}}))
    except OSError:
        pass
    else:
        raise RuntimeError("BREACH: sent a datagram over the loopback")
    try:
        from urllib.request import urlopen
    except (ImportError, OSError):
        urlopen = None
    for address in ("http://127.0.0.1:{{PORT}}/", "http://169.254.169.254/latest/meta-data/"):
        try:
            if urlopen is not None:
                urlopen(address, timeout=0.2)
        except (OSError, LookupError):  # where no file can be read there is no codec for names
            continue
        if urlopen is not None:
            raise RuntimeError(f"BREACH: read {address}")
    means = np.array(xs, dtype=float)
    for t in range(1, len(means)):
        means[t] = decay * means[t - 1] + (1 - decay) * means[t]
    return means
