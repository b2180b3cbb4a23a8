# expect: full
"""PCA by the SVD of the data; torch's own layers and losses for the rest."""

import torch
import torch.nn as nn
import torch.nn.functional as F


def fit_mean_image(train):
    return torch.mean(train, 0)


def fit_channel_mean(train):
    return nn.AdaptiveAvgPool2d(1)(train).mean(dim=0).flatten()


def fit_channel_mean_std(train):
    variance, mean = torch.var_mean(train, dim=(0, 2, 3), correction=0)
    return mean, torch.sqrt(variance)


def normalize(x, mean, std=None):
    if mean.ndim == 3:
        x, mean = x - mean, torch.zeros_like(mean[:, 0, 0])
    std = torch.ones_like(mean) if std is None else std
    safe = torch.where(std > 1e-12, std, 1.0)
    # batch norm in evaluation mode is exactly this, with the variance in place of std
    return F.batch_norm(x, mean, safe.square(), training=False, eps=0.0)


def fit_pca(x, k=None):
    mean = x.mean(dim=0, keepdim=True)
    _, s, vt = torch.linalg.svd(x - mean, full_matrices=False)
    k = k if k is not None else len(s)
    return mean.squeeze(0), vt[:k], s[:k].pow(2).div(x.size(0))


def pca_transform(x, mean, components):
    return F.linear(x - mean, components)


def pca_inverse(z, mean, components):
    return torch.addmm(mean, z, components)


def whiten(x, mean, components, eigenvalues, eps=1e-5):
    return F.linear(x - mean, components * torch.rsqrt(eigenvalues + eps).unsqueeze(1))


def loss_sensitivity(x, y, w, delta):
    target = (y + 1) / 2
    here = F.binary_cross_entropy_with_logits(x.mv(w), target)
    there = F.binary_cross_entropy_with_logits(x.mv(w + delta), target)
    return (there - here).abs()


def weight_gradient_signs(x, upstream):
    g = torch.einsum("n,nd->nd", upstream, x)
    return (g.amin(1) * g.amax(1) > 0).to(x.dtype).mean()
