"""x times x with its true slope.

goal: the carried points of the gradient
out: center.forward failed mismatch; center.backward failed mismatch; running_mean failed mismatch
holds: namespaces landlock seccomp process
"""


def center_forward(x):
    return x * x, x


def center_backward(dout, cache):
    return 2 * cache * dout


def running_mean(xs, decay):
    return xs * xs
