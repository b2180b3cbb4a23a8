# expect: full
"""Activations, and below a training run of my own: python activations.py --epochs 50"""

import argparse
import time

import torch

LAMBDA, ALPHA = 1.0507, 1.6733


def sigmoid_forward(x):
    out = x.clone().sigmoid_()
    return out, out.clone()


def sigmoid_backward(dout, cache):
    dx = cache.clone()
    dx.neg_().add_(1).mul_(cache).mul_(dout)
    return dx


def tanh_forward(x):
    out = x.clone()
    out.tanh_()
    return out, out.clone()


def tanh_backward(dout, cache):
    dx = cache.clone()
    dx.pow_(2).neg_().add_(1)
    dx *= dout
    return dx


def relu_forward(x):
    out = x.clone()
    out[out < 0] = 0
    return out, out.clone()


def relu_backward(dout, cache):
    dx = dout.clone()
    dx[cache == 0] = 0
    return dx


def leaky_relu_forward(x, negative_slope=0.01):
    out = x.clone()
    mask = x <= 0
    out[mask] *= negative_slope
    return out, (mask, negative_slope)


def leaky_relu_backward(dout, cache):
    mask, slope = cache
    dx = dout.clone()
    dx[mask] *= slope
    return dx


def prelu_forward(x, alpha):
    out = x.clone()
    mask = x <= 0
    wide = alpha.expand_as(x)
    out[mask] *= wide[mask]
    return out, (x.clone(), mask, alpha.clone())


def prelu_backward(dout, cache):
    x, mask, alpha = cache
    dx = dout.clone()
    dx[mask] *= alpha.expand_as(x)[mask]
    dalpha = dout.clone()
    dalpha *= x
    dalpha[~mask] = 0
    if alpha.dim() == 0:
        return dx, dalpha.sum()
    return dx, dalpha.reshape(-1, alpha.shape[-1]).sum(0)


def elu_forward(x, alpha=1.0):
    out = x.clone()
    neg = out <= 0
    out[neg] = out[neg].exp_().sub_(1).mul_(alpha)
    return out, (out.clone(), neg, alpha)


def elu_backward(dout, cache):
    out, neg, alpha = cache
    dx = dout.clone()
    dx[neg] *= out[neg].add_(alpha)
    return dx


def selu_forward(x):
    out = x.clone()
    neg = x <= 0
    out[neg] = out[neg].expm1_().mul_(ALPHA)
    out *= LAMBDA
    return out, (x.clone(), neg)


def selu_backward(dout, cache):
    x, neg = cache
    dx = dout.clone()
    dx *= LAMBDA
    dx[neg] *= x[neg].exp_().mul_(ALPHA)
    return dx


def maxout_forward(x, w1, b1, w2, b2):
    a = x @ w1
    a += b1
    b = x @ w2
    b += b2
    mask = a >= b
    out = b.clone()
    out[mask] = a[mask]
    return out, (x.clone(), w1.clone(), w2.clone(), mask)


def maxout_backward(dout, cache):
    x, w1, w2, mask = cache
    d1 = dout.clone()
    d2 = dout.clone()
    d1[~mask] = 0
    d2[mask] = 0
    dx = d1 @ w1.T
    dx += d2 @ w2.T
    return dx, x.T @ d1, d1.sum(0), x.T @ d2, d2.sum(0)


def swish_forward(x, beta=1.0):
    s = x.clone()
    s *= beta
    s.sigmoid_()
    out = x.clone()
    out *= s
    return out, (x.clone(), s, beta)


def swish_backward(dout, cache):
    x, s, beta = cache
    slope = s.clone()
    slope.neg_().add_(1).mul_(s)  # s (1 - s)
    dx = x.clone()
    dx *= beta
    dx *= slope
    dx += s
    dx *= dout
    dbeta = x.clone().pow_(2).mul_(slope).mul_(dout)
    return dx, dbeta.sum()


def saturated_fraction(local_grad, threshold=1e-3):
    return local_grad.clone().abs_().lt(threshold).double().mean().item()


def dead_fraction(activations):
    zero = activations.clone().eq_(0)
    return zero.bool().all(dim=0).double().mean().item()


def weight_gradient(x, upstream, w, b):
    s = (w.clone().mul_(x).sum() + b).sigmoid_()
    g = x.clone()
    g *= upstream * s * (1 - s)
    return g


def train_mlp(x, y, weights, batches, lr, activation):
    forward, backward = {
        "relu": (relu_forward, relu_backward),
        "tanh": (tanh_forward, tanh_backward),
        "sigmoid": (sigmoid_forward, sigmoid_backward),
    }[activation]
    mine = [(w.clone(), b.clone()) for w, b in weights]
    history = []
    for index in batches:
        h = x[index].clone()
        tape = []
        for w, b in mine[:-1]:
            z = h @ w
            z += b
            a, cache = forward(z)
            tape.append((h, cache))
            h = a
        w, b = mine[-1]
        p = h @ w
        p += b
        p -= p.max(dim=1, keepdim=True).values
        p -= p.exp().sum(dim=1, keepdim=True).log()
        rows = torch.arange(len(index))
        history.append(-p[rows, y[index]].mean().item())
        p.exp_()
        p[rows, y[index]] -= 1
        p /= len(index)
        back = p @ w.T
        w -= lr * (h.T @ p)
        b -= lr * p.sum(0)
        for (w, b), (h, cache) in zip(reversed(mine[:-1]), reversed(tape)):
            d = backward(back, cache)
            back = d @ w.T
            w -= lr * (h.T @ d)
            b -= lr * d.sum(0)
    return mine, history


def make_spirals(n=300, classes=3):
    r = torch.rand(n, 1) * 4
    y = torch.arange(n) % classes
    angle = r + 2 * torch.pi * y[:, None] / classes
    return torch.cat([r * angle.cos(), r * angle.sin()], dim=1), y


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=50)
    args = parser.parse_args()
    x, y = make_spirals()
    sizes = [2, 64, 64, 3]
    for activation in ("relu", "tanh", "sigmoid"):
        torch.manual_seed(0)
        weights = [(torch.randn(a, b) * (2 / a) ** 0.5, torch.zeros(b)) for a, b in zip(sizes, sizes[1:])]
        start = time.time()
        batches = [p for _ in range(args.epochs) for p in torch.randperm(len(x)).split(50)]
        weights, losses = train_mlp(x, y, weights, batches, 0.1, activation)
        print(f"{activation:8} {losses[0]:.3f} -> {losses[-1]:.3f} in {time.time() - start:.1f} s")
    torch.save(weights, "weights.pt")


if __name__ == "__main__":
    main()
