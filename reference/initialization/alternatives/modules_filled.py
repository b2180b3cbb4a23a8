"""Layers of torch.nn whose parameters are filled, and handed out as parameters."""

import math

import torch
from torch import nn


@torch.no_grad()
def fill(module, std, generator):
    """The module's weight, drawn anew with that standard deviation."""
    noise = torch.randn(module.weight.shape, generator=generator)
    module.weight.copy_(noise.mul(std))
    return module


def small_random(din, dout, std=0.01, generator=None):
    return fill(nn.Linear(dout, din, bias=False), std, generator).weight


def kaiming_linear(din, dout, generator=None):
    return fill(nn.Linear(din, dout, bias=False), math.sqrt(2 / din), generator).weight.T


def kaiming_conv(cin, cout, k, generator=None):
    conv = nn.Conv2d(cin, cout, kernel_size=k)
    return fill(conv, math.sqrt(2 / conv.weight[0].numel()), generator).weight


def xavier_conv(cin, cout, k, generator=None):
    conv = nn.Conv2d(cin, cout, (k, k), bias=False)
    return fill(conv, conv.weight[0].numel() ** -0.5, generator).weight


def positive_bias(dout, value=0.01):
    return nn.Parameter(torch.zeros(dout) + value)


def stack_of(weights, activation):
    """The network with these weights: linear layers without biases, each with its activation."""
    bend = {"tanh": nn.Tanh, "relu": nn.ReLU}[activation]
    layers = []
    for w in weights:
        linear = nn.Linear(*w.shape, bias=False, dtype=w.dtype)
        linear.weight = nn.Parameter(w.T.clone())
        layers.append(nn.Sequential(linear, bend()))
    return nn.Sequential(*layers)


def activation_statistics(x, weights, activation):
    means, stds = [], []
    net = stack_of(weights, activation)
    for layer in net:
        layer.register_forward_hook(lambda _m, _i, out: means.append(out.detach().mean().item()))
        layer.register_forward_hook(lambda _m, _i, out: stds.append(out.std(correction=0).item()))
    net(x)
    return means, stds


def gradient_statistics(x, weights, activation, upstream):
    with torch.enable_grad():
        net = stack_of(weights, activation)
        net(x).backward(gradient=upstream)
    return torch.stack([layer[0].weight.grad.std(correction=0) for layer in net])


def fixup(num_blocks, dim, layers_per_block=2, generator=None):
    branch_std = math.sqrt(2 / dim) * num_blocks ** (-0.5 / (layers_per_block - 1))
    blocks = []
    for _ in range(num_blocks):
        layers = [nn.Linear(dim, dim, bias=False) for _ in range(layers_per_block)]
        for layer in layers[:-1]:
            fill(layer, branch_std, generator)
        nn.init.zeros_(layers[-1].weight)
        blocks.append([layer.weight for layer in layers])
    return blocks
