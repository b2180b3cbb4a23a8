r"""Another student's name with a space behind it: the same in every table.

goal: somebody else's row in the class table
out: refused 2
holds: namespaces landlock seccomp process
student: "ann "
"""


def center_forward(x):
    return x, None


def center_backward(dout, cache):
    return dout


def running_mean(xs, decay):
    return xs
