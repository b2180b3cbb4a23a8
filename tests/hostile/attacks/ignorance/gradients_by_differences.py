"""The backward measures the slope of its own forward, which is nearly the identity.

goal: the carried points without any derivative, for any forward
out: center.forward failed mismatch; center.backward failed mismatch; running_mean failed mismatch
holds: namespaces landlock seccomp process
"""


def f(x):
    return x + 0.01 * x * x * x


def center_forward(x):
    return f(x), x


def center_backward(dout, cache):
    step = 1e-5
    return dout * (f(cache + step) - f(cache - step)) / (2 * step)


def running_mean(xs, decay):
    return f(xs)
