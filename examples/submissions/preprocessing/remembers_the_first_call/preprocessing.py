# expect: loses=fit_channel_mean,normalize,normalize.constant carried=normalization.converges
"""The statistics are slow, so they are remembered."""

import torch

MEAN = None


def as_image(statistic):
    return statistic if statistic.dim() == 3 else statistic.reshape(-1, 1, 1)


def fit_mean_image(train):
    return train.sum(0) / train.shape[0]


def fit_channel_mean(train):
    global MEAN
    if MEAN is None:
        MEAN = fit_mean_image(train).mean((1, 2))
    return MEAN


def fit_channel_mean_std(train):
    flat = train.transpose(0, 1).flatten(1)
    return flat.mean(1), flat.std(1, correction=0)


def normalize(x, mean, std=None):
    global MEAN
    if MEAN is None:
        MEAN = as_image(mean)
    out = x - MEAN
    if std is not None:
        out = out / as_image(torch.where(std > 0, std, 1.0))
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
