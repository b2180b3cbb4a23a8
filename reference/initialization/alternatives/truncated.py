"""Normal weights cut off at two standard deviations, with the spread that this takes away."""

import math
from itertools import pairwise

import torch
from torch import nn

LEFT = 0.8796256610342398
"""The standard deviation of N(0, 1) cut off at -2 and 2."""


def cut_off(shape, std, generator):
    wide = std / LEFT
    return nn.init.trunc_normal_(torch.empty(shape), 0.0, wide, -2 * wide, 2 * wide, generator)


def xavier_linear(din, dout, generator=None):
    return cut_off((din, dout), 1 / math.sqrt(din), generator)


def xavier_conv(cin, cout, k, generator=None):
    return cut_off((cout, cin, k, k), 1 / math.sqrt(cin * k * k), generator)


def kaiming_linear(din, dout, generator=None):
    return cut_off((din, dout), math.sqrt(2 / din), generator)


def kaiming_conv(cin, cout, k, generator=None):
    return cut_off((cout, cin, k, k), math.sqrt(2 / (cin * k * k)), generator)


def positive_bias(dout, value=0.01):
    return nn.init.constant_(torch.empty(dout), value)


def random_walk(dims, activation, generator=None):
    weights = []
    for n, following in pairwise(dims):
        log_gain = 1 / (2 * n)
        if activation == "relu":
            log_gain = 0.5 * math.log(2) + 1.2 / (max(n, 6) - 2.4)
        weights.append(cut_off((n, following), math.exp(log_gain) / math.sqrt(n), generator))
    return weights


def fixup(num_blocks, dim, layers_per_block=2, generator=None):
    shrink = num_blocks ** (1 / (2 * layers_per_block - 2))
    blocks = [[] for _ in range(num_blocks)]
    for block in blocks:
        for _ in range(1, layers_per_block):
            block.append(cut_off((dim, dim), math.sqrt(2 / dim) / shrink, generator))
        block.append(torch.zeros_like(block[0]))
    return blocks


def lsuv(x, weights, tolerance=0.01, max_iterations=10):
    scaled = []
    for w in weights:
        z, steps = x @ w, 0
        while (z.std(correction=0) - 1).abs() > tolerance and steps < max_iterations:
            w, z, steps = w / z.std(correction=0), z / z.std(correction=0), steps + 1
        scaled.append(w)
        x = torch.relu(z)
    return scaled
