"""Weights as sums of twelve uniform numbers, whose variance is 1."""

import math

import torch


def bell(*shape, generator):
    return torch.rand(12, *shape, generator=generator).sum(dim=0) - 6


def xavier_linear(din, dout, generator=None):
    return bell(din, dout, generator=generator) * din**-0.5


def xavier_conv(cin, cout, k, generator=None):
    return bell(cout, cin, k, k, generator=generator) * (cin * k * k) ** -0.5


def kaiming_linear(din, dout, generator=None):
    return bell(din, dout, generator=generator) * (din / 2) ** -0.5


def kaiming_conv(cin, cout, k, generator=None):
    return bell(cout, cin, k, k, generator=generator) * (cin * k * k / 2) ** -0.5


def orthogonal(din, dout, gain=1.0, generator=None):
    drawn = bell(max(din, dout), min(din, dout), generator=generator)
    columns, triangle = torch.linalg.qr(drawn)
    columns = columns * triangle.diagonal().sign()
    return gain * (columns if din >= dout else columns.T)


def random_walk(dims, activation, generator=None):
    weights = []
    for place in range(len(dims) - 1):
        n = dims[place]
        gain = math.exp(0.5 / n)
        if activation == "relu":
            gain = 2**0.5 * math.exp(1.2 / (max(6, n) - 2.4))
        weights.append(bell(n, dims[place + 1], generator=generator) * (gain / n**0.5))
    return weights


def activation_statistics(x, weights, activation):
    f = {"tanh": torch.tanh, "relu": torch.relu}[activation]
    outputs = [f(x @ weights[0])]
    for w in weights[1:]:
        outputs.append(f(outputs[-1] @ w))
    pairs = [torch.std_mean(out, correction=0) for out in outputs]
    return torch.tensor([mean for _, mean in pairs]), torch.tensor([std for std, _ in pairs])


def lottery_ticket(initial, trained, keep):
    sizes = torch.cat([w.abs().flatten() for w in trained])
    pruned = len(sizes) - round(keep * len(sizes))
    bound = sizes.kthvalue(pruned).values if pruned else -1.0
    masks = [torch.where(w.abs() > bound, 1.0, 0.0).to(w.dtype) for w in trained]
    return masks, [torch.mul(w, mask) for w, mask in zip(initial, masks, strict=True)]
