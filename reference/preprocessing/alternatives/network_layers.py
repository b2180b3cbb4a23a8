"""Layers of torch.nn: batchnorm's statistics and test mode, linear layers for PCA."""

import torch
from torch import nn
from torch.nn import functional


def fit_channel_mean(train):
    # With a momentum of 1 the running mean is that of the last batch.
    norm = nn.BatchNorm2d(train.shape[1], momentum=1.0, affine=False, dtype=train.dtype)
    norm(train)
    return norm.running_mean


def fit_mean_image(train):
    flat = train.flatten(start_dim=1).T.unsqueeze(0)
    return functional.avg_pool1d(flat, len(train)).reshape(train.shape[1:])


def normalize(x, mean, std=None):
    level, spread = torch.zeros_like(x[0, :, 0, 0]), torch.ones_like(x[0, :, 0, 0])
    if mean.ndim == 1:
        level = mean
    else:
        x = x - mean
    if std is not None:
        spread = torch.where(std == 0, spread, std)
    return functional.batch_norm(x, level, spread**2, training=False, eps=0.0)


def pca_transform(x, mean, components):
    return functional.linear(x, components, -components @ mean)


def pca_inverse(z, mean, components):
    return functional.linear(z, components.T, mean)


def whiten(x, mean, components, eigenvalues, eps=1e-5):
    scaled = components / torch.sqrt(eigenvalues + eps).unsqueeze(1)
    return functional.linear(x - mean, scaled)


def loss_sensitivity(x, y, w, delta):
    classes, criterion = (y > 0).long(), nn.CrossEntropyLoss()

    def loss(v):
        score = functional.linear(x, v.unsqueeze(0))
        return criterion(torch.cat([-score / 2, score / 2], dim=1), classes)

    return functional.l1_loss(loss(w + delta), loss(w)).item()


def weight_gradient_signs(x, upstream):
    alike = 0
    with torch.enable_grad():
        for point, slope in zip(x, upstream, strict=True):
            unit = nn.Linear(len(point), 1, bias=False, dtype=x.dtype)
            unit(point).backward(slope.reshape(1))
            signs = unit.weight.grad.sign().unique()
            alike += len(signs) == 1
    return alike / len(x)
