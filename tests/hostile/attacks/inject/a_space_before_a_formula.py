r"""A formula behind a space that is none of ASCII's, which spreadsheets strip.

goal: a formula that no test of the first character sees
out: refused 2
holds: namespaces landlock seccomp process
student: "\u3000=1+1"
"""


def center_forward(x):
    return x, None


def center_backward(dout, cache):
    return dout


def running_mean(xs, decay):
    return xs
