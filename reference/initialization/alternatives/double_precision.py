"""Weights in float64; everything on the way as float64 too."""

import math

import torch

F64 = torch.float64


def small_random(din, dout, std=0.01, generator=None):
    return torch.empty(din, dout, dtype=F64).normal_(0.0, std, generator=generator)


def xavier_linear(din, dout, generator=None):
    half_width = math.sqrt(3 / din)
    drawn = torch.empty(din, dout, dtype=F64)
    return drawn.uniform_(-half_width, half_width, generator=generator)


def kaiming_linear(din, dout, generator=None):
    means = torch.zeros(din, dout, dtype=F64)
    return torch.normal(means, math.sqrt(2 / din), generator=generator)


def positive_bias(dout, value=0.01):
    return torch.linspace(value, value, dout, dtype=F64)


def orthogonal(din, dout, gain=1.0, generator=None):
    drawn = torch.randn(din, dout, generator=generator, dtype=F64)
    left, _, right = torch.linalg.svd(drawn, full_matrices=False)
    return gain * left @ right


def activation_statistics(x, weights, activation):
    moments = []
    h = x.to(F64)
    for w in weights:
        h = getattr(torch, activation)(h @ w.to(F64))
        moments.append(torch.stack([h.mean(), h.square().mean()]))
    mean, square = torch.stack(moments).T
    return mean, (square - mean**2).sqrt()


def data_dependent(x, weights):
    h, scaled, biases = x.to(F64), [], []
    for w in weights:
        z = h @ w.to(F64)
        centred = z - z.mean(dim=0)
        sigma = torch.linalg.vector_norm(centred, dim=0) / math.sqrt(len(z))
        scaled.append(w.to(F64) / sigma)
        biases.append(z.mean(dim=0).neg() / sigma)
        h = torch.relu(centred / sigma)
    return scaled, biases


def lsuv(x, weights, tolerance=0.01, max_iterations=10):
    # The scale of z is the scale of w, so that one division is enough.
    h, scaled = x.to(F64), []
    for w in weights:
        w = w.to(F64)
        w = w / torch.std(h @ w, correction=0)
        scaled.append(w)
        h = torch.relu(h @ w)
    return scaled
