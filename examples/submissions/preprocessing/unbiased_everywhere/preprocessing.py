# expect: loses=fit_channel_mean_std,fit_pca.eigenvalues
"""Homework 2."""

import torch


def as_image(statistic):
    return statistic if statistic.dim() == 3 else statistic.reshape(-1, 1, 1)


def fit_mean_image(train):
    return train.sum(0) / train.shape[0]


def fit_channel_mean(train):
    return fit_mean_image(train).mean((1, 2))


def fit_channel_mean_std(train):
    flat = train.transpose(0, 1).flatten(1)
    return flat.mean(1), flat.std(1)


def normalize(x, mean, std=None):
    out = x.clone()
    out -= as_image(mean)
    if std is not None:
        s = std.clone()
        s[s < 1e-12] = 1
        out /= as_image(s)
    return out


def fit_pca(x, k=None):
    e, v = torch.linalg.eigh(torch.cov(x.T))
    return x.mean(0), v.flip(1).T[:k], e.flip(0)[:k]


def pca_transform(x, mean, components):
    return x @ components.T - components @ mean


def pca_inverse(z, mean, components):
    return mean + (components.T @ z.T).T


def whiten(x, mean, components, eigenvalues, eps=1e-5):
    return pca_transform(x, mean, components) @ torch.diag((eigenvalues + eps) ** -0.5)


def loss_sensitivity(x, y, w, delta):
    zero = torch.zeros_like(y)
    first, second = (torch.logaddexp(zero, -y * (x @ v)).mean() for v in (w, w + delta))
    return torch.abs(first - second).item()


def weight_gradient_signs(x, upstream):
    # autograd, example by example: no formula to get wrong
    share = 0.0
    for row, up in zip(x, upstream):
        w = torch.zeros_like(row, requires_grad=True)
        (w @ row).backward(up)
        share += bool((w.grad > 0).all() or (w.grad < 0).all()) / len(x)
    return share
