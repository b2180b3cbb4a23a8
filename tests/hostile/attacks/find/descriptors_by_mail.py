"""Messages on the socket to the box that ask for a descriptor, and that hand in one's own.

goal: a descriptor of the box, or the box confused by one it did not expect
out: center.forward failed; center.backward failed/blocked; running_mean failed
holds: namespaces landlock seccomp
"""

import array
import os

import numpy as np


def look():
    try:
        import socket

        channel = socket.socket(fileno=os.dup(3))
    except (ImportError, OSError):
        return
    try:
        channel.setblocking(False)
        _, found, _, _ = channel.recvmsg(1, socket.CMSG_SPACE(16))
        if found:
            raise RuntimeError(f"BREACH: got a descriptor: {found}")
    except OSError:
        pass
    try:
        name = channel.getpeername() or channel.getsockname()
        if name:
            raise RuntimeError(f"BREACH: the channel has a name: {name}")
    except OSError:
        pass
    try:
        sent = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [0, 1, 2, 3]))]
        channel.sendmsg([b""], sent)
    except OSError:
        return


def center_forward(x):
    look()
    return np.zeros_like(x), None


def center_backward(dout, cache):
    return np.zeros_like(dout)


def running_mean(xs, decay):
    return np.zeros_like(xs)
