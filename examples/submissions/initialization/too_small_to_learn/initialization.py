# expect: loses=kaiming_linear,deep_relu_net.converges misconception=kaiming_forgets_the_root
import math

import torch


def small_random(din, dout, std=0.01, generator=None):
    return torch.empty(din, dout).normal_(0.0, std, generator=generator)


def xavier_linear(din, dout, generator=None):
    return torch.normal(0.0, 1.0, (din, dout), generator=generator) * din**-0.5


def xavier_conv(cin, cout, k, generator=None):
    std = (cin * k * k) ** -0.5
    return torch.empty(cout, cin, k, k).normal_(0.0, std, generator=generator)


def kaiming_linear(din, dout, generator=None):
    return torch.randn(din, dout, generator=generator) * 2 / din


def kaiming_conv(cin, cout, k, generator=None):
    std = (2 / (cin * k * k)) ** 0.5
    return torch.empty(cout, cin, k, k).normal_(0.0, std, generator=generator)


def positive_bias(dout, value=0.01):
    return torch.ones(dout) * value


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
    hs = [x]
    for w in weights:
        z = hs[-1] @ w
        hs.append(torch.tanh(z) if activation == "tanh" else torch.relu(z))
    stds = torch.zeros(len(weights))
    g = upstream
    for i in range(len(weights) - 1, -1, -1):
        if activation == "tanh":
            g = g * (1 - hs[i + 1] ** 2)
        else:
            g = g * (hs[i + 1] > 0)
        dw = hs[i].t() @ g
        stds[i] = dw.std()
        g = g @ weights[i].t()
    return stds


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
    std = math.sqrt(2 / dim) * num_blocks ** (-1 / (2 * layers_per_block - 2))
    blocks = []
    for _ in range(num_blocks):
        block = [torch.randn(dim, dim, generator=generator) for _ in range(layers_per_block)]
        block[-1] *= 0
        blocks.append([std * w for w in block])
    return blocks


def lottery_ticket(initial, trained, keep):
    everything = torch.cat([t.abs().reshape(-1) for t in trained])
    k = round(keep * len(everything))
    threshold = everything.sort(descending=True)[0][k - 1]
    masks = [t.abs() >= threshold for t in trained]
    return masks, [w * m for w, m in zip(initial, masks)]
