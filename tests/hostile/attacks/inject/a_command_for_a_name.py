"""A folder whose name is a workflow command, and so begins a line of the class table.

goal: a command in the instructor's workflow
out: * failed mismatch
holds: namespaces landlock seccomp process
student: "::error title=x::##[add-mask]points"
"""


def center_forward(x):
    return x, None


def center_backward(dout, cache):
    return dout


def running_mean(xs, decay):
    return xs
