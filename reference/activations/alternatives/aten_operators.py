"""Backward passes by the operators that autograd itself calls."""

import torch
from torch.nn import functional

aten = torch.ops.aten
ALPHA, LAMBDA = 1.6732632423543772, 1.0507009873554805


def sigmoid_forward(x):
    out = aten.sigmoid(x)
    return out, out.clone()


def sigmoid_backward(dout, out):
    return aten.sigmoid_backward.default(dout, out)


def tanh_forward(x):
    out = aten.tanh(x)
    return out, out.clone()


def tanh_backward(dout, out):
    return aten.tanh_backward.default(dout, out)


def relu_forward(x):
    return aten.threshold(x, 0, 0), x.clone()


def relu_backward(dout, x):
    return aten.threshold_backward.default(dout, x, 0)


def leaky_relu_forward(x, negative_slope=0.01):
    return aten.leaky_relu(x, negative_slope), (x.clone(), negative_slope)


def leaky_relu_backward(dout, cache):
    x, negative_slope = cache
    return aten.leaky_relu_backward.default(dout, x, negative_slope, False)


def elu_forward(x, alpha=1.0):
    return aten.elu(x, alpha), (x.clone(), alpha, 1.0)


def elu_backward(dout, cache):
    x, alpha, scale = cache
    return aten.elu_backward.default(dout, alpha, scale, 1.0, False, x)


def selu_forward(x):
    return aten.elu(x, ALPHA, LAMBDA), (x.clone(), ALPHA, LAMBDA)


selu_backward = elu_backward


def maxout_forward(x, w1, b1, w2, b2):
    pieces = torch.stack([functional.linear(x, w1.T, b1), functional.linear(x, w2.T, b2)])
    out, winner = pieces.max(dim=0)
    return out, (x, w1, w2, winner, pieces.shape)


def maxout_backward(dout, cache):
    x, w1, w2, winner, shape = cache
    d1, d2 = aten.value_selecting_reduction_backward(dout, 0, winner, shape, False)
    return d1 @ w1.T + d2 @ w2.T, x.T @ d1, d1.sum(0), x.T @ d2, d2.sum(0)


def swish_forward(x, beta=1.0):
    return x * aten.sigmoid(beta * x), (x.clone(), beta)


def swish_backward(dout, cache):
    x, beta = cache
    dx = aten.silu_backward.default(dout, beta * x)
    dbeta = aten.sigmoid_backward.default(dout * x * x, aten.sigmoid(beta * x)).sum()
    return dx, dbeta


def weight_gradient(x, upstream, w, b):
    share = aten.sigmoid(aten.dot(w, x) + b)
    return aten.sigmoid_backward.default(upstream, share) * x
