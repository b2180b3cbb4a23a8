# expect: full
# Written the long way, the way the formulas are on the slide.
import math

import torch


def fit_mean_image(train):
    total = torch.zeros_like(train[0])
    for image in train:
        total = total + image
    return total / len(train)


def fit_channel_mean(train):
    n, c, h, w = train.shape
    means = []
    for channel in range(c):
        s = 0.0
        for i in range(n):
            for row in train[i, channel]:
                for pixel in row:
                    s += float(pixel)
        means.append(s / (n * h * w))
    return torch.tensor(means, dtype=train.dtype)


def fit_channel_mean_std(train):
    n, c, h, w = train.shape
    mean = fit_channel_mean(train)
    stds = []
    for channel in range(c):
        s = 0.0
        m = mean[channel].item()
        for i in range(n):
            for row in train[i, channel]:
                for pixel in row:
                    s += (float(pixel) - m) ** 2
        stds.append(math.sqrt(s / (n * h * w)))
    return mean, torch.tensor(stds, dtype=train.dtype)


def normalize(x, mean, std=None):
    out = x.clone()
    for i in range(x.shape[0]):
        for channel in range(x.shape[1]):
            out[i, channel] -= mean[channel]
            if std is not None and std[channel].item() > 0:
                out[i, channel] /= std[channel]
    return out


def fit_pca(x, k=None):
    n, d = x.shape
    mean = sum(x) / n
    cov = torch.zeros(d, d, dtype=x.dtype)
    for row in x:
        cov += torch.outer(row - mean, row - mean) / n
    values, vectors = torch.linalg.eigh(cov)
    pairs = [(values[i], vectors[:, i]) for i in range(d)]
    pairs.sort(key=lambda pair: -pair[0].item())
    pairs = pairs if k is None else pairs[:k]
    return mean, torch.stack([v for _, v in pairs]), torch.stack([e for e, _ in pairs])


def pca_transform(x, mean, components):
    return torch.stack([torch.stack([torch.dot(row - mean, c) for c in components]) for row in x])


def pca_inverse(z, mean, components):
    rows = []
    for row in z:
        back = mean.clone()
        for number, component in zip(row, components):
            back = back + number * component
        rows.append(back)
    return torch.stack(rows)


def whiten(x, mean, components, eigenvalues, eps=1e-5):
    z = pca_transform(x, mean, components)
    for j in range(z.shape[1]):
        z[:, j] = z[:, j] / math.sqrt(eigenvalues[j].item() + eps)
    return z


def loss_sensitivity(x, y, w, delta):
    def loss(weights):
        total = 0.0
        for row, label in zip(x, y):
            margin = label.item() * sum(a.item() * b.item() for a, b in zip(row, weights))
            total += max(0.0, -margin) + math.log1p(math.exp(-abs(margin)))
        return total / len(x)

    return abs(loss(w + delta) - loss(w))


def weight_gradient_signs(x, upstream):
    good = 0
    for row, u in zip(x, upstream):
        signs = {bool(u * entry > 0) for entry in row}
        good += len(signs) == 1
    return good / len(x)
