# expect: full
# Everything torch has already; I only fill it with my own numbers.
import math

import torch
from torch import nn


def small_random(din, dout, std=0.01, generator=None):
    layer = nn.Linear(din, dout, bias=False)
    nn.init.normal_(layer.weight, 0.0, std, generator=generator)
    return layer.weight.T


def xavier_linear(din, dout, generator=None):
    layer = nn.Linear(din, dout)
    bound = math.sqrt(3 / din)
    nn.init.uniform_(layer.weight, -bound, bound, generator=generator)
    return layer.weight.t()


def xavier_conv(cin, cout, k, generator=None):
    conv = nn.Conv2d(cin, cout, k)
    nn.init.kaiming_normal_(conv.weight, nonlinearity="linear", generator=generator)
    return conv.weight


def kaiming_linear(din, dout, generator=None):
    layer = nn.Linear(din, dout)
    nn.init.kaiming_normal_(layer.weight, nonlinearity="relu", generator=generator)
    return layer.weight.detach().T.contiguous()


def kaiming_conv(cin, cout, k, generator=None):
    conv = nn.Conv2d(cin, cout, k, bias=False)
    nn.init.kaiming_uniform_(conv.weight, nonlinearity="relu", generator=generator)
    return conv.weight


def positive_bias(dout, value=0.01):
    return nn.Parameter(nn.init.constant_(torch.empty(dout), value))


def activation_statistics(x, weights, activation):
    f = torch.tanh if activation == "tanh" else torch.relu
    means = torch.zeros(len(weights))
    stds = torch.zeros(len(weights))
    h = x
    for i, w in enumerate(weights):
        h = f(h @ w)
        means[i] = h.mean()
        stds[i] = h.std()
    return means, stds


def gradient_statistics(x, weights, activation, upstream):
    ws = [w.clone().requires_grad_() for w in weights]
    h = x
    for w in ws:
        h = getattr(torch, activation)(h @ w)
    h.backward(upstream)
    return torch.stack([w.grad.std() for w in ws])


def orthogonal(din, dout, gain=1.0, generator=None):
    w = torch.empty(din, dout)
    return torch.nn.init.orthogonal_(w, gain=gain, generator=generator)


def random_walk(dims, activation, generator=None):
    ws = []
    for i in range(len(dims) - 1):
        n = dims[i]
        if activation == "linear":
            g = math.exp(0.5 / n)
        else:
            g = math.sqrt(2.0) * math.exp(1.2 / (max(n, 6) - 2.4))
        ws.append(torch.randn(n, dims[i + 1], generator=generator) * g / math.sqrt(n))
    return ws


def data_dependent(x, weights):
    ws, bs = [], []
    h = x
    for w in weights:
        z = h @ w
        mu = z.mean(0, keepdim=True)
        sigma = ((z - mu) ** 2).mean(0, keepdim=True).sqrt()
        ws.append(w / sigma)
        bs.append((-mu / sigma)[0])
        h = torch.relu((z - mu) / sigma)
    return ws, bs


def lsuv(x, weights, tolerance=0.01, max_iterations=10):
    result = []
    h = x
    for w in weights:
        w = w.clone()
        steps = 0
        while abs((h @ w).std().item() - 1) > tolerance / 2 and steps < max_iterations:
            w /= (h @ w).std()
            steps += 1
        result.append(w)
        h = torch.relu(h @ w)
    return result


def fixup(num_blocks, dim, layers_per_block=2, generator=None):
    m = layers_per_block
    factor = num_blocks ** (-1 / (2 * m - 2))
    blocks = []
    for _ in range(num_blocks):
        block = [kaiming_linear(dim, dim, generator) * factor for _ in range(m - 1)]
        block.append(torch.zeros(dim, dim))
        blocks.append(block)
    return blocks


def lottery_ticket(initial, trained, keep):
    everything = torch.cat([t.abs().reshape(-1) for t in trained])
    k = round(keep * len(everything))
    threshold = everything.sort(descending=True)[0][k - 1]
    masks = [t.abs() >= threshold for t in trained]
    return masks, [w * m for w, m in zip(initial, masks)]
