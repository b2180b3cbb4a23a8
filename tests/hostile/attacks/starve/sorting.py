"""sorted with a key and a comparison that take longer and longer.

goal: hold the grader until somebody notices
out: running_mean failed timed_out
holds: namespaces landlock seccomp process
"""


def running_mean(xs, decay):
    return sorted(range(1 << 20), key=lambda n: sum(range(n)))
