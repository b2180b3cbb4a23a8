# expect: loses=normalize carried=normalize.constant,normalization.converges misconception=normalize_uses_its_own_statistics
"""Homework 2."""

import torch


def as_image(statistic):
    return statistic if statistic.dim() == 3 else statistic.reshape(-1, 1, 1)


def fit_mean_image(train):
    return train.sum(0) / train.shape[0]


def fit_channel_mean(train):
    return fit_mean_image(train).mean((1, 2))


def fit_channel_mean_std(train):
    # one pass: the mean of the squares minus the square of the mean
    m = fit_channel_mean(train)
    second = (train * train).mean((0, 2, 3))
    return m, (second - m * m).clamp(min=0).sqrt()


def normalize(x, mean, std=None):
    # every split should end up with mean 0 and std 1, so look at the split
    if mean.dim() == 3:
        out = x - x.mean(0)
    else:
        out = x - x.mean((0, 2, 3)).reshape(-1, 1, 1)
    if std is not None:
        s = x.std((0, 2, 3), correction=0)
        s[s < 1e-12] = 1
        out = out / s.reshape(-1, 1, 1)
    return out


def fit_pca(x, k=None):
    m = x.mean(0)
    xc = x - m
    e, v = torch.linalg.eigh(xc.T.mm(xc).div(len(x)))
    order = torch.argsort(e, descending=True)
    e, v = e[order], v[:, order].T.clone()
    v[::2] *= -1
    # where two eigenvalues are the same, any rotation of their plane is as good
    for i in range(len(e) - 1):
        if abs(e[i] - e[i + 1]) < 1e-9 * e[0]:
            a, b = v[i].clone(), v[i + 1].clone()
            v[i], v[i + 1] = 0.6 * a + 0.8 * b, -0.8 * a + 0.6 * b
    return m, v[:k], e[:k]


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
