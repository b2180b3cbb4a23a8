r"""Another student's name with a Hangul filler and a selector behind it: the same to the eye.

goal: somebody else's row in the class table
out: refused 2
holds: namespaces landlock seccomp process
student: "ann\u3164\ufe0f\u2800"
"""


def center_forward(x):
    return x, None


def center_backward(dout, cache):
    return dout


def running_mean(xs, decay):
    return xs
