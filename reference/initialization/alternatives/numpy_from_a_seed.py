"""Numpy's generator, with a seed that is drawn from torch's; statistics in numpy."""

import numpy as np
import torch


def generator_of(generator):
    seed = torch.randint(2**62, (2,), generator=generator)
    return np.random.Generator(np.random.PCG64(seed.tolist()))


def back(array, like=None):
    dtype = torch.get_default_dtype() if like is None else like.dtype
    return torch.from_numpy(np.ascontiguousarray(array)).to(dtype)


def small_random(din, dout, std=0.01, generator=None):
    return back(generator_of(generator).normal(0.0, std, size=(din, dout)))


def xavier_linear(din, dout, generator=None):
    width = np.sqrt(3.0 / din)
    return back(generator_of(generator).uniform(-width, width, size=(din, dout)))


def xavier_conv(cin, cout, k, generator=None):
    drawn = generator_of(generator).standard_normal((cout, cin, k, k))
    return back(drawn / np.sqrt(np.prod(drawn.shape[1:])))


def kaiming_linear(din, dout, generator=None):
    # A Laplace distribution of scale s has the variance 2 s².
    return back(generator_of(generator).laplace(scale=din**-0.5, size=(din, dout)))


def orthogonal(din, dout, gain=1.0, generator=None):
    drawn = generator_of(generator).standard_normal((max(din, dout), min(din, dout)))
    q, r = np.linalg.qr(drawn)
    q = q * np.copysign(gain, np.diag(r))
    return back(q if din >= dout else q.T)


def gradient_statistics(x, weights, activation, upstream):
    outputs, layers = [x.numpy()], [w.numpy() for w in weights]
    for w in layers:
        z = outputs[-1] @ w
        outputs.append(np.tanh(z) if activation == "tanh" else np.maximum(z, 0))
    stds, dh = [], upstream.numpy()
    while layers:
        out = outputs.pop()
        dz = dh * (1 - out * out) if activation == "tanh" else np.where(out > 0, dh, 0)
        stds.append((outputs[-1].T @ dz).std())
        dh = dz @ layers.pop().T
    return [float(std) for std in reversed(stds)]


def data_dependent(x, weights):
    h, scaled, biases = x.numpy(), [], []
    for w in weights:
        z = h @ w.numpy()
        sigma = z.std(axis=0)
        scaled.append(back(w.numpy() / sigma, w))
        biases.append(back(-z.mean(axis=0) / sigma, w))
        h = np.maximum(z - z.mean(axis=0), 0) / sigma
    return scaled, biases


def lottery_ticket(initial, trained, keep):
    sizes = np.concatenate([np.abs(w.numpy()).ravel() for w in trained])
    pruned = len(sizes) - round(keep * len(sizes))
    bound = np.partition(sizes, pruned - 1)[pruned - 1] if pruned else -1.0
    masks = [back(np.abs(w.numpy()) > bound, w) for w in trained]
    return masks, [
        back(mask.numpy() * w.numpy(), w) for mask, w in zip(masks, initial, strict=True)
    ]
