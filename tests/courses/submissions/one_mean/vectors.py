# expect: loses=center.forward carried=center.backward misconception=one_mean_for_all
import numpy as np


def center_forward(x):
    return x - np.mean(x), x.shape


def center_backward(dout, cache):
    return dout - np.mean(dout)


def running_mean(xs, decay):
    out = [xs[0]]
    for value in xs[1:]:
        out.append(decay * out[-1] + (1 - decay) * value)
    return np.stack(out)
