"""Float32 inside, but for the eigenvalues: four digits are asked, no more."""

import torch
from torch.nn.functional import softplus


def thin(*tensors):
    return tuple(tensor.to(torch.float32) for tensor in tensors)


def fit_mean_image(train):
    return train.float().mean(dim=0).to(train.dtype)


def fit_channel_mean(train):
    return train.float().mean(dim=(0, 2, 3)).to(train.dtype)


def fit_channel_mean_std(train):
    (pixels,) = thin(train)
    mean = pixels.mean(dim=(0, 2, 3), keepdim=True)
    std = (pixels - mean).pow(2).mean(dim=(0, 2, 3)).sqrt()
    # A mean of equal numbers may be off by a rounding: such a channel has no spread.
    std[pixels.amax(dim=(0, 2, 3)) == pixels.amin(dim=(0, 2, 3))] = 0
    return mean.flatten().to(train.dtype), std.to(train.dtype)


def normalize(x, mean, std=None):
    pixels, level = thin(x, mean)
    centred = pixels - (level if level.ndim == 3 else level.view(-1, 1, 1))
    if std is not None:
        spread = std.float()
        centred /= spread.where(spread > 0, 1.0).view(-1, 1, 1)
    return centred.to(x.dtype)


def pca_transform(x, mean, components):
    rows, level, axes = thin(x, mean, components)
    return ((rows - level) @ axes.T).to(x.dtype)


def pca_inverse(z, mean, components):
    rows, level, axes = thin(z, mean, components)
    return (rows @ axes + level).to(z.dtype)


def whiten(x, mean, components, eigenvalues, eps=1e-5):
    (spread,) = thin(torch.sqrt(eigenvalues + eps))
    rows, level, axes = thin(x, mean, components)
    return ((rows - level) @ axes.T / spread).to(x.dtype)


def loss_sensitivity(x, y, w, delta):
    points, labels, start, step = thin(x, y, w, delta)
    before, after = (softplus(-labels * (points @ v)) for v in (start, start + step))
    return abs((after - before).double().mean().item())
