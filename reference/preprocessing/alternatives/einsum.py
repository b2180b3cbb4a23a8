"""Means, covariances and projections by einsum."""

import torch
from torch import einsum
from torch.nn.functional import logsigmoid


def fit_mean_image(train):
    return einsum("nchw->chw", train) / len(train)


def fit_channel_mean(train):
    return einsum("nchw->c", train) / (train.numel() // train.shape[1])


def fit_channel_mean_std(train):
    mean = fit_channel_mean(train)
    centred = train - mean[None, :, None, None]
    var = einsum("nchw,nchw->c", centred, centred) / (train.numel() // train.shape[1])
    return mean, var**0.5


def normalize(x, mean, std=None):
    whole = mean if mean.ndim == 3 else mean[:, None, None]
    if std is None:
        return x - whole
    inverse = torch.nan_to_num(1 / std, posinf=1.0)
    return einsum("nchw,c->nchw", x - whole, inverse)


def fit_pca(x, k=None):
    mean = einsum("nd->d", x) / len(x)
    covariance = einsum("ni,nj->ij", x - mean, x - mean) / len(x)
    eigenvalues, vectors = torch.linalg.eigh(covariance)
    kept = torch.arange(len(eigenvalues) - 1, -1, -1)[:k]
    return mean, einsum("dk->kd", vectors[:, kept]), eigenvalues[kept].relu()


def pca_transform(x, mean, components):
    return einsum("nd,kd->nk", x - mean, components)


def pca_inverse(z, mean, components):
    return einsum("nk,kd->nd", z, components) + mean


def whiten(x, mean, components, eigenvalues, eps=1e-5):
    return einsum("nd,kd,k->nk", x - mean, components, (eigenvalues + eps) ** -0.5)


def loss_sensitivity(x, y, w, delta):
    margins = einsum("n,nd,vd->vn", y, x, torch.stack([w, w + delta]))
    before, after = -logsigmoid(margins).mean(dim=1)
    return (after - before).abs().item()


def weight_gradient_signs(x, upstream):
    signs = einsum("n,nd->n", upstream.sign(), x.sign())
    return (signs.abs() == x.shape[1]).double().mean().item()
