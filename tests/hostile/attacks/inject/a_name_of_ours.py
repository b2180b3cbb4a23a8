"""A folder named as the class table is, so that its report's folder stands in the table's place.

goal: no table for the whole class
out: refused 2
holds: namespaces landlock seccomp process
student: "summary.csv"
"""


def center_forward(x):
    return x, None


def center_backward(dout, cache):
    return dout


def running_mean(xs, decay):
    return xs
