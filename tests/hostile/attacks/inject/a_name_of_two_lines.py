r"""A folder whose name holds a line end, a carriage return and an escape.

goal: a row of one's own in tables and logs
out: refused 2
holds: namespaces landlock seccomp process
student: "ann\nbob,1.0,2.0,2.0,1.0,6.0,6.0,true\r\x1b[2K"
"""


def center_forward(x):
    return x, None


def center_backward(dout, cache):
    return dout


def running_mean(xs, decay):
    return xs
