"""Images as rows of pixels, channels in columns: what fits one kind of matrix fits both."""

import torch


def as_rows(images):
    """(N, C, H, W) as (N H W, C)."""
    return images.movedim(1, -1).flatten(end_dim=2)


def fit_channel_mean(train):
    return as_rows(train).mean(dim=0)


def fit_channel_mean_std(train):
    rows = as_rows(train)
    mean = rows.mean(dim=0)
    return mean, torch.sqrt(torch.mean((rows - mean) ** 2, dim=0))


def fit_mean_image(train):
    return train.flatten(start_dim=1).mean(dim=0).reshape(train.shape[1:])


def normalize(x, mean, std=None):
    level = mean.movedim(0, -1) if mean.ndim == 3 else mean
    scaled = x.movedim(1, -1) - level
    if std is not None:
        scaled = scaled / torch.where(std > 0, std, torch.ones_like(std))
    return scaled.movedim(-1, 1)


def fit_pca(x, k=None):
    mean = x.mean(dim=0)
    # R of a QR decomposition has the singular values of the data, and is small.
    upper = torch.linalg.qr(x - mean, mode="r").R
    _, sizes, rows = torch.linalg.svd(upper)
    return mean, rows[:k], sizes[:k] ** 2 / x.shape[0]


def whiten(x, mean, components, eigenvalues, eps=1e-5):
    spread = (eigenvalues + eps).sqrt()
    return ((x - mean) @ components.T).T.div(spread.unsqueeze(-1)).T


def weight_gradient_signs(x, upstream):
    gradients = upstream.reshape(-1, 1) * x
    low, high = gradients.aminmax(dim=1)
    return torch.mean(((low > 0) | (high < 0)).double()).item()
