"""Copies of the arguments, changed in place where a mask says so; training moves its own copies."""

import torch


def relu_forward(x):
    out, dead = x.clone(), x < 0
    out[dead] = 0
    return out, dead


def relu_backward(dout, dead):
    return dout.masked_fill(dead, 0)


def leaky_relu_forward(x, negative_slope=0.01):
    out, negative = x.clone(), x < 0
    out[negative] *= negative_slope
    return out, (negative, negative_slope)


def leaky_relu_backward(dout, cache):
    negative, negative_slope = cache
    dx = dout.clone()
    dx[negative] *= negative_slope
    return dx


def prelu_forward(x, alpha):
    negative = x < 0
    slopes = alpha.expand_as(x)[negative]
    out = x.clone()
    out[negative] *= slopes
    return out, (negative, slopes, x[negative], alpha.shape)


def prelu_backward(dout, cache):
    negative, slopes, below, shape = cache
    dx, by_entry = dout.clone(), torch.zeros_like(dout)
    dx[negative] *= slopes
    by_entry[negative] = dout[negative] * below
    return dx, by_entry.sum(dim=0) if shape else by_entry.sum()


def elu_forward(x, alpha=1.0):
    out, negative = x.clone(), x < 0
    out[negative] = alpha * torch.expm1(x[negative])
    return out, (negative, out[negative] + alpha)


def elu_backward(dout, cache):
    negative, slopes = cache
    dx = dout.clone()
    dx[negative] *= slopes
    return dx


def selu_forward(x):
    out, cache = elu_forward(x, 1.6733)
    return out.mul_(1.0507), cache


def selu_backward(dout, cache):
    return elu_backward(dout, cache).mul_(1.0507)


def train_mlp(x, y, weights, batches, lr, activation):
    own, losses = [(w.clone(), b.clone()) for w, b in weights], []
    forward, backward = (globals()[f"{activation}_{way}"] for way in ("forward", "backward"))
    for batch in batches:
        inputs, caches = [x[batch]], []
        for w, b in own[:-1]:
            h, cache = forward(torch.addmm(b, inputs[-1], w))
            inputs.append(h)
            caches.append(cache)
        scores, right = torch.addmm(own[-1][1], inputs[-1], own[-1][0]), y[batch][:, None]
        shares = torch.softmax(scores, dim=1)
        losses.append(-shares.gather(1, right).log_().mean().item())
        dz = shares.scatter_add_(1, right, -torch.ones_like(scores[:, :1])).div_(len(batch))
        for w, b in reversed(own):
            dh = dz @ w.T
            w.addmm_(inputs.pop().T, dz, alpha=-lr)
            b.sub_(dz.sum(dim=0), alpha=lr)
            dz = backward(dh, caches.pop()) if caches else None
    return own, losses
