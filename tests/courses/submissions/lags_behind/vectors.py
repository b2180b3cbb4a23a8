# expect: loses=running_mean misconception=starts_from_zero
import numpy as np


def center_forward(x):
    return x - np.mean(x, axis=0, keepdims=True), x.shape


def center_backward(dout, cache):
    return dout - np.mean(dout, axis=0, keepdims=True)


def running_mean(xs, decay):
    out = [(1 - decay) * xs[0]]
    for value in xs[1:]:
        out.append(decay * out[-1] + (1 - decay) * value)
    return np.stack(out)
