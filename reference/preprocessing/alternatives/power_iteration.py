"""Eigenvectors one after another, by squaring the covariance and taking away what is found."""

import torch


def largest_eigenvector(covariance):
    """Of a matrix with a positive trace; the columns of a high power all point along it."""
    power = covariance / covariance.trace()
    for _ in range(60):
        power = power @ power
        power = power / torch.linalg.matrix_norm(power)
    columns = torch.linalg.vector_norm(power, dim=0)
    vector = power[:, columns.argmax()]
    return vector / torch.linalg.vector_norm(vector)


def fit_pca(x, k=None):
    mean = x.mean(dim=0)
    width = x.shape[1]
    covariance = ((x - mean).T @ (x - mean) / len(x)).double()
    # A shift keeps directions without variance in the race, behind all the others.
    shift = 1e-3 * covariance.trace()
    rest = covariance + shift * torch.eye(width, dtype=torch.float64)
    rows = []
    for _ in range(width if k is None else k):
        vector = largest_eigenvector(rest)
        for row in rows + rows:
            vector = vector - (vector @ row) * row
        vector = vector / vector.norm()
        rows.append(vector)
        away = torch.eye(width, dtype=torch.float64) - torch.outer(vector, vector)
        rest = away @ rest @ away
    components = torch.stack(rows)
    # Within the plane of two nearly equal eigenvalues only a small eigenproblem tells them apart.
    values, turn = torch.linalg.eigh(components @ covariance @ components.T)
    components = turn.flip(1).T @ components
    return mean, components.to(x.dtype), values.flip(0).clamp(min=0).to(x.dtype)


def pca_inverse(z, mean, components):
    return torch.stack([mean + row @ components for row in z])


def whiten(x, mean, components, eigenvalues, eps=1e-5):
    return torch.exp(-0.5 * torch.log(eigenvalues + eps)) * ((x - mean) @ components.T)


def fit_channel_mean_std(train):
    low = train.amin(dim=(0, 2, 3), keepdim=True)
    shifted = train - low
    mean = shifted.mean(dim=(0, 2, 3), keepdim=True)
    var = (shifted**2).mean(dim=(0, 2, 3), keepdim=True) - mean**2
    return (low + mean).flatten(), var.clamp(min=0).sqrt().flatten()
