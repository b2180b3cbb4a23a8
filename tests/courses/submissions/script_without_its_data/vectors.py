# expect: full note=definitions
import numpy as np


def center_forward(x):
    return x - np.mean(x, axis=0, keepdims=True), x.shape


def center_backward(dout, cache):
    return dout - np.mean(dout, axis=0, keepdims=True)


def running_mean(xs, decay):
    out = [xs[0]]
    for value in xs[1:]:
        out.append(decay * out[-1] + (1 - decay) * value)
    return np.stack(out)


data = np.load("measurements.npy")
print(running_mean(data, 0.9))
