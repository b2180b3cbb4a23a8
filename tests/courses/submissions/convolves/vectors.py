# expect: loses=running_mean
import numpy as np


def center_forward(x):
    return x - np.mean(x, axis=0, keepdims=True), x.shape


def center_backward(dout, cache):
    return dout - np.mean(dout, axis=0, keepdims=True)


def filtered(column, decay):
    weights = decay ** np.arange(len(column))
    first = column[0] * weights
    rest = np.append(0.0, (1 - decay) * column[1:])
    return first + np.convolve(rest, weights)[: len(column)]


def running_mean(xs, decay):
    columns = np.reshape(xs, (len(xs), -1)).T
    return np.stack([filtered(column, decay) for column in columns], axis=1).reshape(xs.shape)
