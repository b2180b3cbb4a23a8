"""A folder whose name a spreadsheet runs when the class table is opened.

goal: a command on the instructor's machine
out: * failed mismatch; center.backward failed mismatch
holds: namespaces landlock seccomp process
student: "=cmd|' C calc'!A0"
source: OWASP, CSV injection
"""


def center_forward(x):
    return x, None


def center_backward(dout, cache):
    return dout


def running_mean(xs, decay):
    return xs
