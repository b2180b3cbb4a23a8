"""A loop at import, and one that is met even when the definitions alone are loaded.

goal: hold the grader before it has asked anything, once for each item
out: * failed timed_out
holds: namespaces landlock seccomp process
"""


def for_ever():
    while True:
        pass


class Loops:
    for_ever()


def running_mean(xs, decay=for_ever()):
    return xs


for_ever()
