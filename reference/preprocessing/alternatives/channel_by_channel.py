"""Channels, columns and components one at a time, numbers by math."""

import math

import torch


def fit_mean_image(train):
    total = train[0].clone()
    for image in train[1:]:
        total = total + image
    return total / len(train)


def fit_channel_mean(train):
    levels = [train[:, channel].mean().item() for channel in range(train.shape[1])]
    return torch.tensor(levels, dtype=train.dtype)


def fit_channel_mean_std(train):
    means, stds = [], []
    for channel in train.unbind(dim=1):
        mean = channel.sum() / channel.numel()
        means.append(mean)
        stds.append(torch.dot((channel - mean).flatten(), (channel - mean).flatten()))
    return torch.stack(means), torch.stack(stds).div(train[:, 0].numel()).sqrt()


def normalize(x, mean, std=None):
    out = torch.empty_like(x)
    for channel in range(x.shape[1]):
        spread = 1.0 if std is None else std[channel].item()
        out[:, channel] = (x[:, channel] - mean[channel]) / (spread or 1.0)
    return out


def pca_transform(x, mean, components):
    return torch.stack([(x - mean) @ component for component in components], dim=1)


def pca_inverse(z, mean, components):
    out = mean.repeat(len(z), 1)
    for coordinate, component in zip(z.T, components, strict=True):
        out += torch.outer(coordinate, component)
    return out


def whiten(x, mean, components, eigenvalues, eps=1e-5):
    columns = []
    for component, eigenvalue in zip(components, eigenvalues.tolist(), strict=True):
        columns.append(torch.mv(x - mean, component) / math.sqrt(eigenvalue + eps))
    return torch.column_stack(columns)


def loss_of(margin):
    return math.log1p(math.exp(-abs(margin))) + max(0.0, -margin)


def loss_sensitivity(x, y, w, delta):
    rises = []
    for point, label in zip(x.double(), y.tolist(), strict=True):
        before = label * torch.dot(point, w.double()).item()
        after = label * torch.dot(point, (w + delta).double()).item()
        rises.append(loss_of(after) - loss_of(before))
    return abs(math.fsum(rises)) / len(rises)


def weight_gradient_signs(x, upstream):
    alike = 0
    for row in (upstream[:, None] * x).tolist():
        alike += len({entry > 0 for entry in row}) == 1
    return alike / len(x)
