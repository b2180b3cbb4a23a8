"""Sums and loops over rows in place of means over an axis; the cache holds the number of rows."""


def center_forward(x):
    mean = sum(x) / len(x)
    return np.stack([row - mean for row in x]), len(x)


def center_backward(dout, cache):
    return dout - np.ones((cache, 1)) @ dout.sum(axis=0, keepdims=True) / cache


def running_mean(xs, decay):
    means = [1.0 * xs[0]]
    for x in xs[1:]:
        means.append(means[-1] + (1 - decay) * (x - means[-1]))
    return np.stack(means)
