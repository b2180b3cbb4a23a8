# expect: loses=relu.backward misconception=relu_masks_by_upstream
# SELU with all the digits of the paper's own code, not the four of the slides.
from typing import NamedTuple

import torch

SELU_ALPHA = 1.6732632423543772848170429916717
SELU_SCALE = 1.0507009873554804934193349852946


class Cache(NamedTuple):
    x: torch.Tensor
    out: torch.Tensor
    extra: object = None


def sigmoid_forward(x):
    # exp(-softplus(-x)): no overflow on either side
    out = torch.exp(-torch.nn.functional.softplus(-x, threshold=800))
    return out, Cache(x, out)


def sigmoid_backward(dout, cache):
    return cache.out * (1.0 - cache.out) * dout


def tanh_forward(x):
    # (1 - q) / (1 + q) with q = exp(-2|x|) <= 1
    q = torch.exp(-2 * torch.abs(x))
    out = torch.sign(x) * (1 - q) / (1 + q)
    return out, Cache(x, out)


def tanh_backward(dout, cache):
    return (1.0 - cache.out ** 2) * dout


def relu_forward(x):
    out = (x + torch.abs(x)) / 2
    return out, Cache(x, out)


def relu_slope(dout, cache):
    return torch.heaviside(cache.x, torch.ones((), dtype=cache.x.dtype)) * dout


def relu_backward(dout, cache):
    return torch.where(dout > 0, dout, torch.zeros_like(dout))


def leaky_relu_forward(x, negative_slope=0.01):
    out = relu_forward(x)[0] - negative_slope * relu_forward(-x)[0]
    return out, Cache(x, out, negative_slope)


def leaky_relu_backward(dout, cache):
    return relu_slope(dout, cache) + cache.extra * (cache.x < 0) * dout


def prelu_forward(x, alpha):
    out = relu_forward(x)[0] - alpha * relu_forward(-x)[0]
    return out, Cache(x, out, alpha)


def prelu_backward(dout, cache):
    x, _, alpha = cache
    dalpha = -relu_forward(-x)[0] * dout
    while dalpha.ndim > alpha.ndim:
        dalpha = dalpha.sum(dim=0)
    return relu_slope(dout, cache) + alpha * (x < 0) * dout, dalpha


def elu_forward(x, alpha=1.0):
    out = relu_forward(x)[0] + alpha * torch.expm1(-relu_forward(-x)[0])
    return out, Cache(x, out, alpha)


def elu_backward(dout, cache):
    left = (cache.x < 0).to(dout.dtype)
    return dout * (1 - left + left * (cache.out + cache.extra))


def selu_forward(x):
    out, cache = elu_forward(x, SELU_ALPHA)
    return SELU_SCALE * out, cache


def selu_backward(dout, cache):
    return SELU_SCALE * elu_backward(dout, cache)


def maxout_forward(x, w1, b1, w2, b2):
    # both pieces in one product: (Din, 2 Dout)
    both = x @ torch.cat([w1, w2], dim=1) + torch.cat([b1, b2])
    out, which = both.reshape(len(x), 2, -1).max(dim=1)
    return out, Cache(x, out, (w1, w2, which))


def maxout_backward(dout, cache):
    w1, w2, which = cache.extra
    n, d = dout.shape
    spread = torch.zeros(n, 2, d, dtype=dout.dtype).scatter_(1, which[:, None], dout[:, None])
    spread = spread.reshape(n, 2 * d)
    dx = spread @ torch.cat([w1, w2], dim=1).T
    (dw1, dw2), (db1, db2) = (cache.x.T @ spread).split(d, dim=1), spread.sum(dim=0).split(d)
    return dx, dw1, db1, dw2, db2


def swish_forward(x, beta=1.0):
    gate, _ = sigmoid_forward(beta * x)
    return gate * x, Cache(x, gate, beta)


def swish_backward(dout, cache):
    x, gate, beta = cache
    through_the_gate = gate * (1.0 - gate) * dout * x
    dbeta = (through_the_gate * x).sum()
    return gate * dout + beta * through_the_gate, dbeta


def saturated_fraction(local_grad, threshold=1e-3):
    return 1 - (local_grad.abs() >= threshold).sum().item() / local_grad.numel()


def dead_fraction(activations):
    return (activations.amax(dim=0) == 0).sum().item() / activations.shape[1]


def weight_gradient(x, upstream, w, b):
    _, cache = sigmoid_forward(torch.dot(w, x) + b)
    return sigmoid_backward(upstream, cache) * x


def train_mlp(x, y, weights, batches, lr, activation):
    pair = {
        "relu": (relu_forward, relu_slope),
        "tanh": (tanh_forward, tanh_backward),
        "sigmoid": (sigmoid_forward, sigmoid_backward),
    }[activation]

    def step(params, xb, yb):
        """Loss on a batch and the parameters after one step; recursion over the layers."""

        def descend(h, rest):
            (w, b), deeper = rest[0], rest[1:]
            z = torch.addmm(b, h, w)
            if deeper:
                a, cache = pair[0](z)
                loss, da, done = descend(a, deeper)
                dz = pair[1](da, cache)
            else:
                z = z - torch.logsumexp(z, dim=1, keepdim=True)
                target = torch.nn.functional.one_hot(yb, z.shape[1]).to(z.dtype)
                loss, done = -(target * z).sum(dim=1).mean(), []
                dz = (z.exp() - target) / len(yb)
            return loss, dz @ w.T, [(w - lr * h.T @ dz, b - lr * dz.sum(dim=0)), *done]

        loss, _, new = descend(xb, params)
        return loss.item(), new

    params, losses = list(weights), []
    for batch in batches:
        loss, params = step(params, x[batch], y[batch])
        losses.append(loss)
    return params, losses
