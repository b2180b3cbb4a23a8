"""Uniform numbers through the inverse of a distribution function: normal, triangular, logistic."""

import math
from itertools import pairwise

import torch


def inside(*shape, generator):
    """Uniform numbers strictly between 0 and 1, in float64."""
    return torch.rand(*shape, generator=generator, dtype=torch.float64).clamp_(1e-15, 1 - 1e-15)


def triangular(share):
    """Of standard deviation 1, on both sides of 0."""
    side = torch.where(share < 0.5, 1.0, -1.0).double()
    return side * math.sqrt(6) * (torch.sqrt(1 - (2 * share - 1).abs()) - 1)


def small_random(din, dout, std=0.01, generator=None):
    share = inside(din, dout, generator=generator)
    return std * math.sqrt(2) * torch.erfinv(2 * share - 1)


def xavier_linear(din, dout, generator=None):
    return torch.special.ndtri(inside(din, dout, generator=generator)) / math.sqrt(din)


def xavier_conv(cin, cout, k, generator=None):
    share = inside(cout, cin, k, k, generator=generator)
    return triangular(share) / math.sqrt(cin * k**2)


def kaiming_linear(din, dout, generator=None):
    spread = math.sqrt(2 / din)
    return triangular(inside(din, dout, generator=generator)).mul(spread).float()


def kaiming_conv(cin, cout, k, generator=None):
    logistic = torch.logit(inside(cout, cin, k, k, generator=generator))
    return logistic * math.sqrt(3) / math.pi * math.sqrt(2 / (cin * k * k))


def positive_bias(dout, value=0.01):
    return torch.zeros(dout).add(value)


def random_walk(dims, activation, generator=None):
    gains = {
        "relu": lambda n: math.sqrt(2) * math.exp(1.2 / (max(n, 6) - 2.4)),
        "linear": lambda n: math.exp(1 / (2 * n)),
    }
    weights = []
    for n, following in pairwise(dims):
        share = inside(n, following, generator=generator)
        weights.append(torch.special.ndtri(share) * gains[activation](n) / math.sqrt(n))
    return weights


def fixup(num_blocks, dim, layers_per_block=2, generator=None):
    scale = math.exp(-math.log(num_blocks) / (2 * layers_per_block - 2)) * math.sqrt(2 / dim)
    blocks = []
    for _ in range(num_blocks):
        share = inside(layers_per_block - 1, dim, dim, generator=generator)
        drawn = scale * torch.special.ndtri(share)
        blocks.append([*drawn, torch.zeros(dim, dim, dtype=drawn.dtype)])
    return blocks
