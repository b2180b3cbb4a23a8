"""One pass over the images, means and squares brought up to date as they come (Welford, Chan)."""

import torch


def fit_mean_image(train):
    mean = torch.zeros_like(train[0])
    for count, image in enumerate(train, 1):
        mean += (image - mean) / count
    return mean


def fit_channel_mean(train):
    mean = train.new_zeros(train.shape[1])
    for count, image in enumerate(train, 1):
        mean = mean.lerp(image.mean(dim=(1, 2)), 1 / count)
    return mean


def fit_channel_mean_std(train):
    count, mean, squares = 0, train.new_zeros(train.shape[1]), train.new_zeros(train.shape[1])
    for image in train.flatten(start_dim=2):
        pixels, more = image.shape[1], image.mean(dim=1)
        inside = (image - more[:, None]).pow(2).sum(dim=1)
        step = more - mean
        squares = squares + inside + step**2 * (count * pixels / (count + pixels))
        mean = mean + step * (pixels / (count + pixels))
        count += pixels
    return mean, (squares / count).sqrt()


def fit_pca(x, k=None):
    mean = torch.zeros_like(x[0])
    scatter = x.new_zeros(x.shape[1], x.shape[1])
    for count, row in enumerate(x, 1):
        step = row - mean
        mean = mean + step / count
        scatter += torch.outer(step, row - mean)
    symmetric = (scatter + scatter.T) / (2 * len(x))
    eigenvalues, vectors = torch.linalg.eigh(-symmetric)
    kept = len(eigenvalues) if k is None else k
    return mean, vectors[:, :kept].T, -eigenvalues[:kept]


def loss_sensitivity(x, y, w, delta):
    change = 0.0
    for count, (point, label) in enumerate(zip(x, y, strict=True), 1):
        before, after = -label * (point @ w), -label * (point @ (w + delta))
        rise = after.logaddexp(torch.zeros_like(after)) - before.logaddexp(torch.zeros_like(before))
        change += (rise.item() - change) / count
    return abs(change)


def weight_gradient_signs(x, upstream):
    share = 0.0
    for count, (point, slope) in enumerate(zip(x, upstream, strict=True), 1):
        gradient = slope * point
        share += (float(gradient.min() * gradient.max() > 0) - share) / count
    return share
