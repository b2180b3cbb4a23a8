# expect: loses=orthogonal,random_walk,data_dependent,lsuv,fixup,lottery_ticket failure=missing
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
    return torch.empty(din, dout).normal_(0.0, (2 / din) ** 0.5, generator=generator)


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
