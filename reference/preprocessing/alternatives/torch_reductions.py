"""What torch has ready: std_mean with correction=0, cov, BCE with logits."""

import torch
from torch.nn.functional import binary_cross_entropy_with_logits


def fit_mean_image(train):
    return torch.mean(train, 0)


def fit_channel_mean_std(train):
    std, mean = torch.std_mean(train, dim=(0, 2, 3), correction=0)
    return mean, std


def normalize(x, mean, std=None):
    centred = torch.sub(x, mean if mean.ndim == 3 else mean.reshape(-1, 1, 1))
    if std is None:
        return centred
    return torch.div(centred, std.masked_fill(std == 0, 1).reshape(-1, 1, 1))


def fit_pca(x, k=None):
    eigenvalues, vectors = torch.linalg.eigh(torch.cov(x.T, correction=0))
    order = torch.argsort(eigenvalues, descending=True)[:k]
    return x.mean(dim=0), vectors[:, order].T, eigenvalues[order]


def pca_transform(x, mean, components):
    return torch.linalg.multi_dot([x - mean, components.T])


def pca_inverse(z, mean, components):
    return torch.addmm(mean, z, components)


def whiten(x, mean, components, eigenvalues, eps=1e-5):
    return torch.mm(x.sub(mean), components.t()).mul(torch.rsqrt(eigenvalues + eps))


def loss_sensitivity(x, y, w, delta):
    right = (y + 1) / 2
    before = binary_cross_entropy_with_logits(x @ w, right)
    after = binary_cross_entropy_with_logits(x @ (w + delta), right)
    return torch.abs(after - before)


def weight_gradient_signs(x, upstream):
    sums = torch.sign(x * upstream.unsqueeze(1)).sum(dim=1)
    return torch.eq(sums.abs(), x.shape[1]).double().mean()
