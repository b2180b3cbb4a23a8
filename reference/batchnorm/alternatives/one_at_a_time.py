"""Columns, rows, channels and groups one at a time, put together at the end."""

import torch


def standard(values, eps):
    """The values, of any shape, with mean 0 and variance 1; and the standard deviation."""
    centred = values - values.mean()
    std = ((centred**2).sum() / centred.numel() + eps) ** 0.5
    return centred / std, std


def standard_back(slope, normal, std):
    tilt = (slope * normal).sum() / slope.numel()
    return (slope - slope.sum() / slope.numel() - tilt * normal) / std


def batchnorm_forward(x, gamma, beta, bn_param):
    eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    mean, var = bn_param["running_mean"].clone(), bn_param["running_var"].clone()
    out, caches = torch.empty_like(x), []
    for d, column in enumerate(x.unbind(dim=1)):
        if bn_param["mode"] == "train":
            normal, std = standard(column, eps)
            mean[d] = momentum * mean[d] + (1 - momentum) * column.mean()
            sample = (column - column.mean()).square().mean()
            var[d] = momentum * var[d] + (1 - momentum) * sample
        else:
            std = torch.sqrt(var[d] + eps)
            normal = (column - mean[d]) / std
        out[:, d] = gamma[d] * normal + beta[d]
        caches.append((normal, std, gamma[d]))
    if bn_param["mode"] == "train":
        bn_param["running_mean"], bn_param["running_var"] = mean, var
    return out, caches


def batchnorm_backward(dout, caches):
    columns, dgamma = [], []
    for slope, (normal, std, scale) in zip(dout.unbind(dim=1), caches, strict=True):
        columns.append(scale * standard_back(slope, normal, std))
        dgamma.append(slope @ normal)
    return torch.stack(columns, dim=1), torch.stack(dgamma), dout.sum(dim=0)


def layernorm_forward(x, gamma, beta, ln_param):
    pairs = [standard(row, ln_param.get("eps", 1e-5)) for row in x]
    return torch.stack([gamma * normal + beta for normal, _ in pairs]), (pairs, gamma)


def layernorm_backward(dout, cache):
    pairs, gamma = cache
    dx, dgamma = torch.empty_like(dout), torch.zeros_like(gamma)
    for n, (slope, (normal, std)) in enumerate(zip(dout, pairs, strict=True)):
        dx[n] = standard_back(slope * gamma, normal, std)
        dgamma += slope * normal
    return dx, dgamma, sum(dout)


def groupnorm_forward(x, gamma, beta, groups, gn_param):
    normal, stds = torch.empty_like(x), []
    for image, target in zip(x, normal, strict=True):
        pieces = zip(image.chunk(groups), target.chunk(groups), strict=True)
        for piece, place in pieces:
            values, std = standard(piece, gn_param.get("eps", 1e-5))
            place.copy_(values)
            stds.append(std)
    channels = [g * n + b for g, n, b in zip(gamma, normal.unbind(1), beta, strict=True)]
    return torch.stack(channels, dim=1), (normal, stds, gamma)


def groupnorm_backward(dout, cache):
    normal, stds, gamma = cache
    groups, left, images = len(stds) // len(dout), iter(stds), []
    for slope, values in zip(dout * gamma[:, None, None], normal, strict=True):
        pairs = zip(slope.chunk(groups), values.chunk(groups), strict=True)
        images.append(torch.cat([standard_back(*pair, next(left)) for pair in pairs]))
    dgamma = [(d * n).sum() for d, n in zip(dout.unbind(1), normal.unbind(1), strict=True)]
    return torch.stack(images), torch.stack(dgamma), torch.stack([d.sum() for d in dout.unbind(1)])
