"""PCA by the SVD of the centred data, the way back by a pseudo-inverse, whitening by a solve."""

import torch


def fit_channel_mean_std(train):
    pixels = train.transpose(0, 1).flatten(start_dim=1)
    mean = pixels.mean(dim=1)
    distance = torch.linalg.vector_norm(pixels - mean[:, None], dim=1)
    return mean, distance / pixels.shape[1] ** 0.5


def fit_pca(x, k=None):
    mean = torch.mean(x, dim=0)
    _, sizes, rows = torch.linalg.svd(x - mean, full_matrices=False)
    return mean, rows[:k].contiguous(), sizes[:k].square().div(len(x))


def pca_transform(x, mean, components):
    return torch.linalg.lstsq(components.T, (x - mean).T).solution.T


def pca_inverse(z, mean, components):
    return torch.matmul(z, torch.linalg.pinv(components).mT) + mean


def whiten(x, mean, components, eigenvalues, eps=1e-5):
    spread = torch.diag(torch.sqrt(eigenvalues + eps))
    return torch.linalg.solve(spread, components @ (x - mean).T).T


def loss_sensitivity(x, y, w, delta):
    margins = torch.stack([y * (x @ w), y * (x @ (w + delta))])
    losses = torch.logaddexp(torch.zeros_like(margins), -margins).mean(dim=1)
    return torch.linalg.vector_norm(losses[1] - losses[0]).item()
