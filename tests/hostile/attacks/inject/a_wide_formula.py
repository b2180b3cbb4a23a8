r"""A formula that begins with the wide equals sign, which East Asian spreadsheets take for one.

goal: a formula that no test of ASCII's characters sees
out: * failed mismatch
holds: namespaces landlock seccomp process
student: "\uff1d1+1"
source: OWASP, CSV injection: full-width characters
"""


def center_forward(x):
    return x, None


def center_backward(dout, cache):
    return dout


def running_mean(xs, decay):
    return xs
