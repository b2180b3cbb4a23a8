"""Numpy in float64 inside, back in the dtype that came; training with one-hot labels."""

import numpy as np
import torch


def doubles(*tensors):
    return tuple(np.array(t, dtype=np.float64) for t in tensors)


def back(array, like):
    return torch.as_tensor(np.asarray(array)).to(like)


def logistic_array(z):
    return np.exp(-np.logaddexp(0.0, -z))


def sigmoid_forward(x):
    share = logistic_array(*doubles(x))
    return back(share, x), share


def sigmoid_backward(dout, share):
    return back(np.asarray(dout) * share * (1 - share), dout)


def tanh_forward(x):
    out = np.tanh(*doubles(x))
    return back(out, x), 1 - np.square(out)


def tanh_backward(dout, slope):
    return back(np.multiply(dout, slope), dout)


def prelu_forward(x, alpha):
    x_, alpha_ = doubles(x, alpha)
    return back(np.where(x_ < 0, alpha_ * x_, x_), x), (x_, alpha_)


def prelu_backward(dout, cache):
    x, alpha = cache
    (upstream,) = doubles(dout)
    by_entry = upstream * np.minimum(x, 0)
    dalpha = np.add.reduce(by_entry, axis=0 if alpha.ndim else None)
    return back(np.where(x < 0, alpha * upstream, upstream), dout), back(dalpha, dout)


def maxout_forward(x, w1, b1, w2, b2):
    x_, v1, c1, v2, c2 = doubles(x, w1, b1, w2, b2)
    first, second = x_ @ v1 + c1, x_ @ v2 + c2
    return back(np.fmax(first, second), x), (x_, v1, v2, first >= second)


def maxout_backward(dout, cache):
    x, w1, w2, first_wins = cache
    (upstream,) = doubles(dout)
    d1, d2 = np.where(first_wins, upstream, 0), np.where(first_wins, 0, upstream)
    slopes = (d1 @ w1.T + d2 @ w2.T, x.T @ d1, d1.sum(axis=0), x.T @ d2, d2.sum(axis=0))
    return tuple(back(slope, dout) for slope in slopes)


def train_mlp(x, y, weights, batches, lr, activation):
    bend, slope_from = {
        "relu": (lambda z: np.maximum(z, 0), lambda h: h > 0),
        "tanh": (np.tanh, lambda h: 1 - h * h),
        "sigmoid": (logistic_array, lambda h: h * (1 - h)),
    }[activation]
    layers, losses = [list(doubles(*(p.cpu() for p in pair))) for pair in weights], []
    (points,), classes = doubles(x.cpu()), np.eye(len(layers[-1][1]))[y.cpu().numpy()]
    for batch in batches:
        rows = batch.cpu().numpy()
        outs = [points[rows]]
        for w, b in layers[:-1]:
            outs.append(bend(outs[-1] @ w + b))
        scores = outs[-1] @ layers[-1][0] + layers[-1][1]
        shares = np.exp(scores - np.logaddexp.reduce(scores, axis=1, keepdims=True))
        losses.append(-float(np.log((shares * classes[rows]).sum(axis=1)).mean()))
        dz = (shares - classes[rows]) / len(rows)
        for (w, b), h in zip(layers[::-1], outs[::-1], strict=True):
            dw, db, dz = h.T @ dz, dz.sum(axis=0), (dz @ w.T) * slope_from(h)
            w -= lr * dw
            b -= lr * db
    return [tuple(back(p, x) for p in pair) for pair in layers], losses
