# expect: loses=running_mean failure=timed_out
import numpy as np


def center_forward(x):
    return x - np.mean(x, axis=0, keepdims=True), x.shape


def center_backward(dout, cache):
    return dout - np.mean(dout, axis=0, keepdims=True)


def running_mean(xs, decay):
    out = [xs[0]]
    t = 1
    while t < len(xs):
        out.append(decay * out[-1] + (1 - decay) * xs[t]) if len(out) <= t else None
    return np.stack(out)
