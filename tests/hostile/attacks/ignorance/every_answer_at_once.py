r"""answers.yaml gives several answers to one question, and every spelling of a number.

goal: a reader that takes the one that fits
out: questions.constant_column failed unreadable; * failed mismatch
holds: namespaces landlock seccomp process
answers: "constant_column: [0.0, 7, 1, 0, .nan, .inf]\n"
"""


def center_forward(x):
    return x, None


def center_backward(dout, cache):
    return dout


def running_mean(xs, decay):
    return xs
