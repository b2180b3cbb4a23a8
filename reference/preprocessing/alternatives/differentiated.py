"""Means as minimisers and gradients by torch.func, the loss along the way from w to w + delta."""

import torch
from torch.func import grad, hessian, vmap
from torch.nn.functional import softplus


def fit_mean_image(train):
    # One Newton step from zero reaches the minimum of a mean squared distance.
    return -grad(lambda c: (train - c).square().mean(dim=0).sum() / 2)(torch.zeros_like(train[0]))


def fit_channel_mean(train):
    def distance(levels):
        return (train - levels[:, None, None]).square().mean(dim=(0, 2, 3)).sum() / 2

    return -grad(distance)(train.new_zeros(train.shape[1]))


def fit_pca(x, k=None):
    mean = x.mean(dim=0)

    def half_variance_along(direction):
        return ((x - mean) @ direction).square().mean() / 2

    covariance = hessian(half_variance_along)(torch.ones_like(mean))
    eigenvalues, vectors = torch.linalg.eigh((covariance + covariance.T) / 2)
    return mean, vectors.T.flip(0)[:k], eigenvalues.flip(0)[:k].clamp(min=0)


def pca_transform(x, mean, components):
    return vmap(lambda row: components @ (row - mean))(x)


def pca_inverse(z, mean, components):
    return vmap(lambda row: row @ components + mean)(z)


def whiten(x, mean, components, eigenvalues, eps=1e-5):
    spread = torch.sqrt(eigenvalues + eps)
    return vmap(lambda row: components @ (row - mean) / spread)(x)


def loss_sensitivity(x, y, w, delta):
    def loss(weights):
        return vmap(lambda point, label: softplus(-label * point.dot(weights)))(x, y).mean()

    start, end = vmap(loss)(torch.stack([w, w + delta]))
    return torch.dist(start, end).item()


def weight_gradient_signs(x, upstream):
    def output(weights, point, slope):
        return slope * (weights * point).sum()

    gradients = vmap(grad(output), in_dims=(None, 0, 0))(torch.zeros_like(x[0]), x, upstream)
    return (gradients.sign().mean(dim=1).abs() == 1).double().mean().item()
