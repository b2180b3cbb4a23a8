r"""A folder whose name reads as another student's by a mark of direction.

goal: somebody else's row
out: refused 2
holds: namespaces landlock seccomp process
student: "ann\u202eexe.ppt"
"""


def center_forward(x):
    return x, None


def center_backward(dout, cache):
    return dout


def running_mean(xs, decay):
    return xs
