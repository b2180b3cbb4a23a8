"""The solution: plain torch, no autograd, exact in float64 and finite at +-800.

Exponentials are only taken of numbers that are not positive, so nothing overflows and no branch
that is thrown away can be infinite.
"""

from __future__ import annotations

import torch
from torch import Tensor

# As the lecture rounds them; the 16-digit constants give outputs that differ by 2.1e-5.
SELU_ALPHA = 1.6733
SELU_LAMBDA = 1.0507

Cache = tuple[object, ...]


def logistic(x: Tensor) -> Tensor:
    """1 / (1 + exp(-x)), in the form that does not overflow on either side."""
    small = torch.exp(-x.abs())
    return torch.where(x >= 0, torch.ones_like(small), small) / (1 + small)


def logistic_slope(x: Tensor) -> Tensor:
    """The derivative of `logistic` without the cancellation in 1 - s."""
    return logistic(x) * logistic(-x)


def sigmoid_forward(x):
    return logistic(x), (x.clone(),)


def sigmoid_backward(dout, cache):
    (x,) = cache
    return dout * logistic_slope(x)


def tanh_forward(x):
    out = torch.tanh(x)
    return out, (out.clone(),)


def tanh_backward(dout, cache):
    (out,) = cache
    return dout * (1 - out) * (1 + out)


def relu_forward(x):
    alive = x > 0
    return x * alive, (alive,)


def relu_backward(dout, cache):
    (alive,) = cache
    return dout * alive


def leaky_relu_forward(x, negative_slope=0.01):
    return torch.where(x > 0, x, negative_slope * x), (x > 0, negative_slope)


def leaky_relu_backward(dout, cache):
    positive, negative_slope = cache
    return torch.where(positive, dout, negative_slope * dout)


def prelu_forward(x, alpha):
    return torch.where(x > 0, x, alpha * x), (x.clone(), alpha.clone())


def prelu_backward(dout, cache):
    x, alpha = cache
    dx = torch.where(x > 0, dout, alpha * dout)
    by_entry = dout * x.clamp(max=0)
    dalpha = by_entry.sum() if alpha.ndim == 0 else by_entry.sum(dim=0)
    return dx, dalpha


def elu_forward(x, alpha=1.0):
    return torch.where(x > 0, x, alpha * torch.expm1(x.clamp(max=0))), (x.clone(), alpha)


def elu_backward(dout, cache):
    x, alpha = cache
    return torch.where(x > 0, dout, dout * alpha * torch.exp(x.clamp(max=0)))


def selu_forward(x):
    bent = torch.where(x > 0, x, SELU_ALPHA * torch.expm1(x.clamp(max=0)))
    return SELU_LAMBDA * bent, (x.clone(),)


def selu_backward(dout, cache):
    (x,) = cache
    bent = torch.where(x > 0, dout, dout * SELU_ALPHA * torch.exp(x.clamp(max=0)))
    return SELU_LAMBDA * bent


def maxout_forward(x, w1, b1, w2, b2):
    first, second = x @ w1 + b1, x @ w2 + b2
    cache = (x.clone(), w1.clone(), w2.clone(), first > second)
    return torch.maximum(first, second), cache


def maxout_backward(dout, cache):
    x, w1, w2, first_wins = cache
    d1, d2 = dout * first_wins, dout * ~first_wins
    return d1 @ w1.T + d2 @ w2.T, x.T @ d1, d1.sum(dim=0), x.T @ d2, d2.sum(dim=0)


def swish_forward(x, beta=1.0):
    return x * logistic(beta * x), (x.clone(), beta)


def swish_backward(dout, cache):
    x, beta = cache
    slope = logistic_slope(beta * x)
    dx = dout * (logistic(beta * x) + beta * x * slope)
    dbeta = (dout * x * x * slope).sum()
    return dx, dbeta


def saturated_fraction(local_grad, threshold=1e-3):
    return (local_grad.abs() < threshold).double().mean().item()


def dead_fraction(activations):
    return (activations == 0).all(dim=0).double().mean().item()


def weight_gradient(x, upstream, w, b):
    return upstream * logistic_slope(w @ x + b) * x


def cross_entropy(scores, y):
    """The mean softmax cross-entropy of a batch, and its gradient by the scores."""
    log_shares = torch.log_softmax(scores, dim=1)
    rows = torch.arange(len(y), device=scores.device)
    dscores = log_shares.exp()
    dscores[rows, y] -= 1
    return -log_shares[rows, y].mean(), dscores / len(y)


def network_forward(x, weights, forward):
    """The scores, and for each layer its input and its activation's cache; the last has none."""
    h, tape = x, []
    for w, b in weights[:-1]:
        out, cache = forward(h @ w + b)
        tape.append((h, cache))
        h = out
    w, b = weights[-1]
    return h @ w + b, [*tape, (h, None)]


def network_backward(dscores, weights, tape, backward):
    """The gradients (dw, db) of each layer, in the order of the layers."""
    gradients, dz = [], dscores
    for layer in reversed(range(len(weights))):
        h, _ = tape[layer]
        gradients.append((h.T @ dz, dz.sum(dim=0)))
        if layer:
            dz = backward(dz @ weights[layer][0].T, tape[layer - 1][1])
    return gradients[::-1]


def train_mlp(x, y, weights, batches, lr, activation):
    forward, backward = {
        "relu": (relu_forward, relu_backward),
        "tanh": (tanh_forward, tanh_backward),
        "sigmoid": (sigmoid_forward, sigmoid_backward),
    }[activation]
    weights = [(w.clone(), b.clone()) for w, b in weights]
    losses = []
    for batch in batches:
        scores, tape = network_forward(x[batch], weights, forward)
        loss, dscores = cross_entropy(scores, y[batch])
        losses.append(loss.item())
        gradients = network_backward(dscores, weights, tape, backward)
        weights = [
            (w - lr * dw, b - lr * db) for (w, b), (dw, db) in zip(weights, gradients, strict=True)
        ]
    return weights, losses
