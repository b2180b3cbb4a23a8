"""The eigenproblem by Jacobi's rotations; the loss by hand on the safe side of zero."""

import torch


def rotation(covariance, p, q):
    """The plane rotation that makes entry (p, q) zero."""
    gap = covariance[q, q] - covariance[p, p]
    angle = torch.atan2(2 * covariance[p, q], gap) / 2
    turn = torch.eye(len(covariance), dtype=covariance.dtype)
    turn[p, p] = turn[q, q] = torch.cos(angle)
    turn[p, q], turn[q, p] = torch.sin(angle), -torch.sin(angle)
    return turn


def diagonalised(covariance):
    """Eigenvalues, and an eigenvector in each column, in no order."""
    vectors = torch.eye(len(covariance), dtype=covariance.dtype)
    smallest = 1e-15 * covariance.diagonal().max()
    for _ in range(30):
        turned = False
        for q in range(len(covariance)):
            for p in range(q):
                if covariance[p, q].abs() > smallest:
                    turn = rotation(covariance, p, q)
                    covariance, vectors = turn.T @ covariance @ turn, vectors @ turn
                    turned = True
        if not turned:
            break
    return covariance.diagonal(), vectors


def fit_pca(x, k=None):
    mean = x.sum(dim=0) / len(x)
    centred = x - mean
    eigenvalues, vectors = diagonalised(centred.T @ centred / len(x))
    ordered, order = eigenvalues.sort(descending=True)
    return mean, vectors.T[order][:k], ordered[:k].clamp(min=0)


def fit_channel_mean_std(train):
    mean = train.mean(dim=3).mean(dim=2).mean(dim=0)
    shifted = train - mean[:, None, None]
    return mean, shifted.square().mean(dim=3).mean(dim=2).mean(dim=0).sqrt()


def loss_sensitivity(x, y, w, delta):
    def loss(v):
        margin = y * (x * v).sum(dim=1)
        return torch.mean(torch.relu(-margin) + torch.log1p(torch.exp(-margin.abs())))

    return abs(loss(w + delta).item() - loss(w).item())


def weight_gradient_signs(x, upstream):
    flipped = x * torch.sign(upstream)[:, None]
    return 1 - (flipped > 0).any(dim=1).logical_and((flipped < 0).any(dim=1)).double().mean().item()
