"""How many threads an item may start: the kernel asks the box about each.

Threads that sleep use no CPU time, and one that is made past the C library takes no memory that a
limit counts, yet each has a place in the machine's table of processes, of which there may be no
more than 32,768. RLIMIT_NPROC does not hold root, nor tell this item's threads from the others of
a user. So a filter of the item's own has the kernel stop every clone until the box, which counts,
lets it go on. Other filters still refuse what they refuse.
"""

from __future__ import annotations

import errno
import fcntl
import os
import platform
import socket
import struct

from grader.worker import seccomp

MOST = 1024
"""Threads that an item may start in its life; honest work starts a few dozen."""

# linux/seccomp.h: struct seccomp_notif and struct seccomp_notif_resp, and their ioctls
_NOTICE_BYTES, _REPLY = 80, struct.Struct("=QqiI")
_RECEIVE, _SEND = 0xC0502100, 0xC0182101
_GO_ON = 1
_OLDER_KERNELS_OR_NESTED = (errno.EINVAL, errno.EBUSY)


def announce(stream: int) -> None:
    """In the item, before its last filter: have `stream`'s other end asked about each new thread.

    Kernels before 5.5 cannot ask, nor can any within a container whose own runtime is asked; then
    nothing is sent, and nothing bounds the threads but memory.

    Raises: OSError `seccomp: …`; EACCES without `lockdown.no_new_privileges()` before it.
    """
    listener = -1
    try:
        listener = seccomp.listen(seccomp.build_asking_filter(machine=platform.machine()))
    except OSError as error:
        if error.errno not in _OLDER_KERNELS_OR_NESTED:
            raise
    channel = socket.socket(fileno=stream)
    try:
        socket.send_fds(channel, [b"."], [] if listener < 0 else [listener])
    finally:
        channel.detach()
        if listener >= 0:
            os.close(listener)


class Starts:
    """The box's end: answers the kernel until there were `MOST`, then hangs up.

    Nobody asks a closed descriptor: from then on the kernel fails every clone with ENOSYS, which
    Python calls "can't start new thread".
    """

    def __init__(self, stream: socket.socket) -> None:
        """Wait for what the item announces; it may also end instead."""
        _, descriptors, _, _ = socket.recv_fds(stream, 1, 1)
        self._listener = descriptors[0] if descriptors else -1
        self._count = 0

    def fileno(self) -> int:
        """What becomes readable when the kernel asks; -1 where it does not ask any more."""
        return self._listener

    def answer(self) -> None:
        """Let one thread start, or none from now on."""
        self._count += 1
        if self._count > MOST:
            self.close()
            return
        notice = bytearray(_NOTICE_BYTES)
        try:
            fcntl.ioctl(self._listener, _RECEIVE, notice)
            (number,) = struct.unpack_from("=Q", notice)
            fcntl.ioctl(self._listener, _SEND, _REPLY.pack(number, 0, 0, _GO_ON))
        except OSError as error:
            # ENOENT: whoever wanted to start it has been killed meanwhile.
            if error.errno not in (errno.ENOENT, errno.EINTR):
                raise

    def close(self) -> None:
        """Hang up."""
        if self._listener >= 0:
            os.close(self._listener)
            self._listener = -1
