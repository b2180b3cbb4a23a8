"""The solution: two-pass statistics, a symmetric eigenproblem, a loss that does not overflow."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import softplus

NO_SPREAD = 1e-12
"""A standard deviation below this is a constant channel's, but for rounding."""


def per_channel(statistic: Tensor) -> Tensor:
    """(C,) as (C, 1, 1), so that it stands beside (N, C, H, W); (C, H, W) as it is."""
    return statistic[:, None, None] if statistic.ndim == 1 else statistic


def fit_mean_image(train):
    return train.mean(dim=0)


def fit_channel_mean(train):
    return train.mean(dim=(0, 2, 3))


def fit_channel_mean_std(train):
    mean = fit_channel_mean(train)
    std = (train - per_channel(mean)).square().mean(dim=(0, 2, 3)).sqrt()
    return mean, torch.where(std < NO_SPREAD, torch.zeros_like(std), std)


def normalize(x, mean, std=None):
    centred = x - per_channel(mean)
    if std is None:
        return centred
    return centred / per_channel(torch.where(std < NO_SPREAD, torch.ones_like(std), std))


def fit_pca(x, k=None):
    mean = x.mean(dim=0)
    centred = x - mean
    eigenvalues, vectors = torch.linalg.eigh(centred.T @ centred / len(x))
    # eigh gives them ascending, an eigenvector in each column; rounding may push 0 below 0.
    kept = slice(None, k)
    return mean, vectors.flip(1).T[kept].clone(), eigenvalues.flip(0)[kept].clamp(min=0)


def pca_transform(x, mean, components):
    return (x - mean) @ components.T


def pca_inverse(z, mean, components):
    return z @ components + mean


def whiten(x, mean, components, eigenvalues, eps=1e-5):
    return pca_transform(x, mean, components) / (eigenvalues + eps).sqrt()


def logistic_loss(x: Tensor, y: Tensor, w: Tensor) -> Tensor:
    """The mean of log(1 + exp(-margin)), finite for any margin."""
    return softplus(-y * (x @ w)).mean()


def loss_sensitivity(x, y, w, delta):
    return (logistic_loss(x, y, w + delta) - logistic_loss(x, y, w)).abs().item()


def weight_gradient_signs(x, upstream):
    positive = upstream[:, None] * x > 0
    one_sign = positive.all(dim=1) | ~positive.any(dim=1)
    return one_sign.double().mean().item()
