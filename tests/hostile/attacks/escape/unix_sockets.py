"""Sockets of the machine: a path, an abstract name, the display, the bus, Docker.

goal: reach a service that trusts whoever is on the same machine
out: running_mean passed
holds: namespaces landlock seccomp
"""

import socket

import numpy as np

NAMES = (
    "{{UNIX}}",
    "\0{{ABSTRACT}}",
    "/var/run/docker.sock",
    "/run/containerd/containerd.sock",
    "/run/dbus/system_bus_socket",
    "/run/systemd/private",
    "/tmp/.X11-unix/X0",
    "\0/tmp/.X11-unix/X0",
)


def running_mean(xs, decay):
    for name in NAMES:
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET):
            try:
                socket.socket(socket.AF_UNIX, kind).connect(name)
            except OSError:
                continue
            raise RuntimeError(f"BREACH: connected to {name!r}")
    try:
        ours, theirs = socket.socketpair()
        socket.send_fds(ours, [b"x"], [3])
        socket.recv_fds(theirs, 1, 1)
    except OSError:
        pass
    else:
        raise RuntimeError("BREACH: made a pair of sockets and passed a descriptor")
    # The stream that the box reads, taken for a socket that can hand out and take descriptors.
    try:
        box = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, fileno=3)
    except OSError:
        box = None
    try:
        if box is not None:
            socket.send_fds(box, [b"x"], [0])
            raise RuntimeError("BREACH: sent a descriptor to the box")
    except OSError:
        pass
    finally:
        if box is not None:
            box.detach()
    means = np.array(xs, dtype=float)
    for t in range(1, len(means)):
        means[t] = decay * means[t - 1] + (1 - decay) * means[t]
    return means
