"""Lists in lists, 10,000 deep, and a list that holds a dict that holds the list.

goal: exhaust the stack of whoever reads the answer
out: running_mean failed unreadable
holds: namespaces landlock seccomp process
"""


def running_mean(xs, decay):
    nested = []
    if xs.ndim > 1:
        nested.append({"more": (nested,)})
    for _ in range(10_000):
        nested = [nested]
    return nested
