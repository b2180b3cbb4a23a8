"""Kinks as absolute values and signs, sigmoids as tanh of half the argument."""

import torch


def sigmoid_forward(x):
    half = torch.tanh(x / 2)
    return (1 + half) / 2, half


def sigmoid_backward(dout, half):
    return dout * (1 - half.square()) / 4


def tanh_forward(x):
    doubled, _ = sigmoid_forward(2 * x)
    return 2 * doubled - 1, doubled


def tanh_backward(dout, doubled):
    return 4 * dout * doubled * (1 - doubled)


def relu_forward(x):
    return (x + x.abs()) / 2, torch.sign(x)


def relu_backward(dout, sign):
    return dout * (1 + sign) / 2


def leaky_relu_forward(x, negative_slope=0.01):
    mean, half_step = (1 + negative_slope) / 2, (1 - negative_slope) / 2
    return mean * x + half_step * x.abs(), mean + half_step * x.sign()


def leaky_relu_backward(dout, slope):
    return slope * dout


def prelu_forward(x, alpha):
    out = (1 + alpha) / 2 * x + (1 - alpha) / 2 * x.abs()
    return out, (x, alpha)


def prelu_backward(dout, cache):
    x, alpha = cache
    dx = dout * ((1 + alpha) + (1 - alpha) * x.sign()) / 2
    return dx, (dout * (x - x.abs()) / 2).sum_to_size(alpha.shape)


def elu_forward(x, alpha=1.0):
    below = (x - x.abs()) / 2
    return (x + x.abs()) / 2 + alpha * (below.exp() - 1), (below, alpha)


def elu_backward(dout, cache):
    below, alpha = cache
    negative = torch.sign(-below)
    return dout * (1 - negative + negative * alpha * below.exp())


def maxout_forward(x, w1, b1, w2, b2):
    first, second = x @ w1 + b1, x @ w2 + b2
    gap = first - second
    return (first + second + gap.abs()) / 2, (x, w1, w2, gap.sign())


def maxout_backward(dout, cache):
    x, w1, w2, sign = cache
    d1, d2 = dout * (1 + sign) / 2, dout * (1 - sign) / 2
    return d1 @ w1.T + d2 @ w2.T, x.T @ d1, d1.sum(0), x.T @ d2, d2.sum(0)


def swish_forward(x, beta=1.0):
    half = torch.tanh(beta * x / 2)
    return x * (1 + half) / 2, (x, beta, half)


def swish_backward(dout, cache):
    x, beta, half = cache
    bump = (1 - half) * (1 + half) / 4
    return dout * ((1 + half) / 2 + beta * x * bump), torch.vdot(
        (dout * bump).flatten(), (x * x).flatten()
    )


def saturated_fraction(local_grad, threshold=1e-3):
    return (1 + torch.sign(threshold - local_grad.abs())).div(2).floor().double().mean().item()
