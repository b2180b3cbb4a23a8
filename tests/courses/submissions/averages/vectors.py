# expect: full
import numpy as np


def center_forward(x):
    return x - np.average(x, axis=0), x.shape


def center_backward(dout, cache):
    return dout - np.mean(dout, axis=0, keepdims=True)


def running_mean(xs, decay):
    out = [xs[0]]
    for value in xs[1:]:
        out.append(decay * out[-1] + (1 - decay) * value)
    return np.stack(out)


def smoothed(xs):
    return np.convolve(xs, np.ones(3) / 3)


if __name__ == "__main__":
    xs = np.arange(5.0)
    print(running_mean(xs, 0.9), smoothed(xs))
