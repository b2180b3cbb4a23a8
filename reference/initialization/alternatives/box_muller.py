"""Normal numbers by Box and Muller's formula; statistics by sums of squares."""

import math

import torch


def normal(*shape, generator):
    """N(0, 1) from two uniform numbers each, in float64."""
    uniform = torch.rand(2, *shape, generator=generator, dtype=torch.float64)
    radius = torch.sqrt(-2 * torch.log1p(-uniform[0]))
    return (radius * torch.cos(2 * math.pi * uniform[1])).float()


def small_random(din, dout, std=0.01, generator=None):
    return normal(din, dout, generator=generator).mul_(std)


def xavier_linear(din, dout, generator=None):
    return normal(din, dout, generator=generator).div_(din**0.5)


def xavier_conv(cin, cout, k, generator=None):
    return normal(cout, cin, k, k, generator=generator).div_(k * cin**0.5)


def kaiming_linear(din, dout, generator=None):
    return normal(din, dout, generator=generator).div_((din / 2) ** 0.5)


def kaiming_conv(cin, cout, k, generator=None):
    return normal(cout, cin, k, k, generator=generator).div_(k * (cin / 2) ** 0.5)


def activation_statistics(x, weights, activation):
    means, stds = x.new_empty(len(weights)), x.new_empty(len(weights))
    for layer, w in enumerate(weights):
        x = getattr(torch, activation)(torch.mm(x, w))
        means[layer] = x.sum() / x.numel()
        stds[layer] = torch.sqrt((x * x).sum() / x.numel() - means[layer] ** 2)
    return means, stds


def data_dependent(x, weights):
    scaled, biases = [], []
    for w in weights:
        var, mean = torch.var_mean(x @ w, dim=0, keepdim=True, correction=0)
        factor = var.rsqrt()
        scaled.append(w * factor)
        biases.append((-mean * factor).flatten())
        x = torch.relu((x @ w - mean) * factor)
    return scaled, biases


def lottery_ticket(initial, trained, keep):
    everything = torch.cat([w.abs().reshape(-1) for w in trained])
    ordered, _ = torch.sort(everything, descending=True)
    threshold = ordered[round(keep * len(everything)) - 1]
    masks = [w.abs() >= threshold for w in trained]
    return masks, [w * mask for w, mask in zip(initial, masks, strict=True)]
