"""Numpy from end to end: its reductions, its covariance with bias=True, its SVD."""

import numpy as np
import torch


def back(array, like):
    return torch.from_numpy(np.ascontiguousarray(array)).type_as(like)


def fit_mean_image(train):
    return back(np.average(train.numpy(), axis=0), train)


def fit_channel_mean(train):
    return back(np.einsum("nchw->c", train.numpy()) / train[:, 0].numel(), train)


def fit_channel_mean_std(train):
    channels = np.moveaxis(train.numpy(), 1, 0).reshape(train.shape[1], -1)
    return back(channels.mean(axis=1), train), back(channels.std(axis=1, ddof=0), train)


def normalize(x, mean, std=None):
    pixels, level = x.numpy(), mean.numpy()
    level = level if level.ndim == 3 else level[:, np.newaxis, np.newaxis]
    spread = np.ones(1) if std is None else np.array(std)
    spread[spread == 0] = 1
    return back((pixels - level) / spread[:, np.newaxis, np.newaxis], x)


def fit_pca(x, k=None):
    rows = x.numpy()
    covariance = np.atleast_2d(np.cov(rows, rowvar=False, bias=True))
    vectors, eigenvalues, _ = np.linalg.svd(covariance, hermitian=True)
    return back(rows.mean(axis=0), x), back(vectors.T[:k], x), back(eigenvalues[:k], x)


def pca_transform(x, mean, components):
    return back(np.dot(x.numpy() - mean.numpy(), components.numpy().T), x)


def pca_inverse(z, mean, components):
    return back(np.dot(z.numpy(), components.numpy()) + mean.numpy(), z)


def whiten(x, mean, components, eigenvalues, eps=1e-5):
    scaled = components.numpy() / np.sqrt(eigenvalues.numpy() + eps)[:, None]
    return back((x.numpy() - mean.numpy()) @ scaled.T, x)


def loss_sensitivity(x, y, w, delta):
    x, y, w, delta = (t.numpy() for t in (x, y, w, delta))
    before, after = (np.logaddexp(0, -y * (x @ v)).mean() for v in (w, w + delta))
    return np.abs(after - before)


def weight_gradient_signs(x, upstream):
    slopes = np.outer(upstream.numpy(), np.ones(x.shape[1])) * x.numpy()
    return np.mean(np.ptp(np.sign(slopes), axis=1) == 0)
