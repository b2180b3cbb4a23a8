"""The solution: every random number comes from the generator, every statistic divides by N.

`train_relu_net` is not asked of students: it is the course's own training, which the check of the
deep net runs with the weights that a student's `kaiming_linear` made.
"""

from __future__ import annotations

import math
from itertools import pairwise

import torch
from torch import Tensor


def small_random(din, dout, std=0.01, generator=None):
    return std * torch.randn(din, dout, generator=generator)


def xavier_linear(din, dout, generator=None):
    return torch.randn(din, dout, generator=generator) / math.sqrt(din)


def xavier_conv(cin, cout, k, generator=None):
    return torch.randn(cout, cin, k, k, generator=generator) / math.sqrt(k * k * cin)


def kaiming_linear(din, dout, generator=None):
    return torch.randn(din, dout, generator=generator) * math.sqrt(2 / din)


def kaiming_conv(cin, cout, k, generator=None):
    return torch.randn(cout, cin, k, k, generator=generator) * math.sqrt(2 / (k * k * cin))


def positive_bias(dout, value=0.01):
    return torch.full((dout,), value)


def activated(z: Tensor, activation: str) -> Tensor:
    """tanh or ReLU of z."""
    return torch.tanh(z) if activation == "tanh" else z.clamp(min=0)


def local_slope(out: Tensor, activation: str) -> Tensor:
    """The derivative of the activation, from its output."""
    return 1 - out * out if activation == "tanh" else (out > 0).to(out.dtype)


def activation_statistics(x, weights, activation):
    means, stds = [], []
    for w in weights:
        x = activated(x @ w, activation)
        means.append(x.mean())
        stds.append(x.std(correction=0))
    return torch.stack(means), torch.stack(stds)


def gradient_statistics(x, weights, activation, upstream):
    outputs = [x]
    for w in weights:
        outputs.append(activated(outputs[-1] @ w, activation))
    stds = []
    for layer in reversed(range(len(weights))):
        dz = upstream * local_slope(outputs[layer + 1], activation)
        stds.insert(0, (outputs[layer].T @ dz).std(correction=0))
        upstream = dz @ weights[layer].T
    return torch.stack(stds)


def orthogonal(din, dout, gain=1.0, generator=None):
    tall = torch.randn(max(din, dout), min(din, dout), generator=generator)
    q, r = torch.linalg.qr(tall)
    # QR alone favours some rotations; with the signs of R's diagonal all are equally likely.
    q = q * torch.sign(torch.diagonal(r))
    return gain * (q if din >= dout else q.T)


def random_walk(dims, activation, generator=None):
    weights = []
    for din, dout in pairwise(dims):
        if activation == "relu":
            gain = math.sqrt(2) * math.exp(1.2 / (max(din, 6) - 2.4))
        else:
            gain = math.exp(1 / (2 * din))
        weights.append(gain / math.sqrt(din) * torch.randn(din, dout, generator=generator))
    return weights


def data_dependent(x, weights):
    scaled, biases = [], []
    for w in weights:
        z = x @ w
        mean, std = z.mean(dim=0), z.std(dim=0, correction=0)
        scaled.append(w / std)
        biases.append(-mean / std)
        x = (x @ scaled[-1] + biases[-1]).clamp(min=0)
    return scaled, biases


def lsuv(x, weights, tolerance=0.01, max_iterations=10):
    scaled = []
    for w in weights:
        for _ in range(max_iterations):
            std = (x @ w).std(correction=0)
            if abs(std - 1) <= tolerance:
                break
            w = w / std
        scaled.append(w)
        x = (x @ w).clamp(min=0)
    return scaled


def fixup(num_blocks, dim, layers_per_block=2, generator=None):
    std = math.sqrt(2 / dim) * num_blocks ** (-1 / (2 * layers_per_block - 2))
    blocks = []
    for _ in range(num_blocks):
        blocks.append(
            [torch.randn(dim, dim, generator=generator) * std for _ in range(layers_per_block - 1)]
        )
        blocks[-1].append(torch.zeros(dim, dim))
    return blocks


def lottery_ticket(initial, trained, keep):
    magnitudes = torch.cat([w.abs().flatten() for w in trained])
    kept = round(keep * magnitudes.numel())
    least = magnitudes.topk(kept).values.min()
    masks = [(w.abs() >= least).to(w.dtype) for w in trained]
    return masks, [mask * w for mask, w in zip(masks, initial, strict=True)]


def train_relu_net(x, y, weights, batches, lr, momentum):
    weights = [w.to(x).clone() for w in weights]
    biases = [torch.zeros(w.shape[1], dtype=x.dtype, device=x.device) for w in weights]
    speeds = [torch.zeros_like(parameter) for parameter in (*weights, *biases)]
    y, rows = y.to(x.device), torch.arange(batches.shape[1], device=x.device)
    for batch in batches.to(x.device):
        layers = [x[batch]]
        for w, b in zip(weights[:-1], biases[:-1], strict=True):
            layers.append((layers[-1] @ w + b).clamp(min=0))
        dz = torch.softmax(layers[-1] @ weights[-1] + biases[-1], dim=1)
        dz[rows, y[batch]] -= 1
        dz /= len(batch)
        dw, db = [], []
        for w, layer in zip(reversed(weights), reversed(layers), strict=True):
            dw.insert(0, layer.T @ dz)
            db.insert(0, dz.sum(dim=0))
            dz = (dz @ w.T) * (layer > 0)
        for parameter, speed, step in zip((*weights, *biases), speeds, (*dw, *db), strict=True):
            speed.mul_(momentum).add_(step)
            parameter.sub_(speed, alpha=lr)
    return weights, biases
