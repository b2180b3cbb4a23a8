"""A folder whose name begins with a minus, which is a formula and an option at once.

goal: an option of the next command, a formula in the table
out: * failed mismatch
holds: namespaces landlock seccomp process
student: "-rf --help +1"
"""


def center_forward(x):
    return x, None


def center_backward(dout, cache):
    return dout


def running_mean(xs, decay):
    return xs
