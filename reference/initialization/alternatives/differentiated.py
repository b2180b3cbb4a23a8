"""Gradients by torch.autograd.grad of all weights at once; layers normalised by batch_norm."""

import torch
from torch.nn import functional


def small_random(din, dout, std=0.01, generator=None):
    return torch.normal(0.0, std, size=(din, dout), generator=generator)


def xavier_linear(din, dout, generator=None):
    w = torch.randn(dout, din, generator=generator)
    return w.mul_(din**-0.5).t().contiguous()


def positive_bias(dout, value=0.01):
    return torch.tensor([value] * dout)


def activation_statistics(x, weights, activation):
    out, means, stds = x, (), ()
    for w in weights:
        out = getattr(functional, activation)(functional.linear(out, w.T))
        flat = out.reshape(-1)
        means += (flat.mean(),)
        stds += (functional.mse_loss(flat, flat.mean().expand_as(flat)).sqrt(),)
    return torch.stack(means), torch.stack(stds)


def gradient_statistics(x, weights, activation, upstream):
    with torch.enable_grad():
        leaves = [w.detach().requires_grad_() for w in weights]
        out = x
        for leaf in leaves:
            out = getattr(functional, activation)(out.matmul(leaf))
        slopes = torch.autograd.grad(out, leaves, grad_outputs=upstream)
    return torch.stack([slope.var(correction=0).sqrt() for slope in slopes])


def orthogonal(din, dout, gain=1.0, generator=None):
    size = max(din, dout)
    drawn = torch.randn(size, size, generator=generator, dtype=torch.float64)
    turn = torch.linalg.matrix_exp(drawn - drawn.T)
    return gain * turn[:din, :dout]


def data_dependent(x, weights):
    scaled, biases = (), ()
    for w in weights:
        z = x @ w
        mean, std = z.mean(dim=0), z.std(dim=0, unbiased=False)
        scaled += (w.div(std),)
        biases += (mean.neg().div(std),)
        x = functional.batch_norm(z, None, None, training=True, eps=1e-12).relu()
    return scaled, biases


def lsuv(x, weights, tolerance=0.01, max_iterations=10):
    scaled = ()
    for w in weights:
        norm = torch.linalg.matrix_norm(x @ w - (x @ w).mean())
        scaled += (w * (len(x) * w.shape[1]) ** 0.5 / norm,)
        x = functional.relu(x @ scaled[-1])
    return scaled


def lottery_ticket(initial, trained, keep):
    flat = torch.cat([w.flatten() for w in trained]).abs()
    ranks = torch.empty_like(flat, dtype=torch.long)
    ranks[flat.argsort(descending=True)] = torch.arange(len(flat))
    wins = (ranks < round(keep * len(flat))).split([w.numel() for w in trained])
    masks = tuple(win.view_as(w) for win, w in zip(wins, trained, strict=True))
    return masks, tuple(torch.where(m, w, 0.0) for m, w in zip(masks, initial, strict=True))
