"""Lists and bytes until there is no more.

goal: have the kernel kill the judge for want of memory
out: running_mean failed out_of_memory
holds: namespaces landlock seccomp process
"""


def running_mean(xs, decay):
    held = []
    while True:
        held.append(bytearray(16 << 20))
