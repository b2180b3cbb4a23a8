"""In place on copies of the arguments, double precision for what is added up."""

import torch


def fit_mean_image(train):
    total = torch.zeros(train.shape[1:], dtype=torch.float64)
    for image in train:
        total.add_(image)
    return total.div_(len(train)).to(train.dtype)


def fit_channel_mean_std(train):
    pixels = train.double()
    mean = pixels.mean(dim=(0, 2, 3))
    pixels = pixels.sub(mean[:, None, None]).pow_(2)
    return mean.to(train.dtype), pixels.mean(dim=(0, 2, 3)).sqrt_().to(train.dtype)


def normalize(x, mean, std=None):
    out = x.clone()
    out -= mean.reshape(len(mean), *((1, 1) if mean.ndim == 1 else mean.shape[1:]))
    if std is not None:
        spread = std.clone()
        spread[spread == 0] = 1
        out /= spread[:, None, None]
    return out


def fit_pca(x, k=None):
    centred = x.clone()
    mean = centred.mean(dim=0)
    centred -= mean
    covariance = torch.zeros(x.shape[1], x.shape[1], dtype=x.dtype)
    covariance.addmm_(centred.T, centred).div_(len(x))
    eigenvalues, vectors = torch.linalg.eigh(covariance)
    components = vectors.T.flip(0)[:k].contiguous()
    # Any sign is right: here the largest entry of each component is positive.
    rows = torch.arange(len(components))
    components *= components[rows, components.abs().argmax(dim=1)].sign()[:, None]
    return mean, components, eigenvalues.flip(0)[:k].clamp_(min=0)


def pca_transform(x, mean, components):
    z = x.clone()
    z -= mean
    return z.mm(components.t())


def pca_inverse(z, mean, components):
    out = z.mm(components)
    out += mean
    return out


def whiten(x, mean, components, eigenvalues, eps=1e-5):
    z = pca_transform(x, mean, components)
    z /= eigenvalues.add(eps).sqrt_()
    return z


def loss_sensitivity(x, y, w, delta):
    losses = []
    for weights in (w, w + delta):
        margins = x.mv(weights).mul_(y)
        losses.append(margins.neg_().logaddexp(margins.new_zeros(())).mean())
    return losses[1].sub_(losses[0]).abs_().item()
