"""The solution: plain torch, no autograd, statistics in two passes so that an offset does no harm.

A small function for each step (statistics, normalising, moving averages, the way back), since each
is a place where it can be done wrong.
"""

from __future__ import annotations

import torch


def batch_statistics(x):
    """Mean and 1/N variance of each column, the variance from values that are centred first."""
    mean = x.mean(dim=0)
    return mean, ((x - mean) ** 2).mean(dim=0)


def moved(running, sample, momentum):
    """One step of a moving average that keeps the share `momentum` of the old value."""
    return momentum * running + (1 - momentum) * sample


def batchnorm_forward(x, gamma, beta, bn_param):
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    if bn_param["mode"] == "train":
        mean, var = batch_statistics(x)
        bn_param["running_mean"] = moved(bn_param["running_mean"], mean, momentum)
        bn_param["running_var"] = moved(bn_param["running_var"], var, momentum)
    else:
        mean, var = bn_param["running_mean"], bn_param["running_var"]
    std = torch.sqrt(var + eps)
    normal = (x - mean) / std
    return gamma * normal + beta, (normal, std, gamma)


def batchnorm_backward(dout, cache):
    normal, std, gamma = cache
    dnormal = dout * gamma
    dx = (dnormal - dnormal.mean(dim=0) - normal * (dnormal * normal).mean(dim=0)) / std
    return dx, (dout * normal).sum(dim=0), dout.sum(dim=0)


def pixels_as_rows(x):
    """(N, C, H, W) as (N·H·W, C): every pixel is an example, every channel a column."""
    return x.permute(0, 2, 3, 1).reshape(-1, x.shape[1])


def rows_as_pixels(rows, shape):
    """The way back."""
    n, c, h, w = shape
    return rows.reshape(n, h, w, c).permute(0, 3, 1, 2)


def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    out, cache = batchnorm_forward(pixels_as_rows(x), gamma, beta, bn_param)
    return rows_as_pixels(out, x.shape), cache


def spatial_batchnorm_backward(dout, cache):
    dx, dgamma, dbeta = batchnorm_backward(pixels_as_rows(dout), cache)
    return rows_as_pixels(dx, dout.shape), dgamma, dbeta


def normalise_rows(rows, eps):
    """Every row to mean 0 and variance 1; also the standard deviations, (rows, 1)."""
    centred = rows - rows.mean(dim=1, keepdim=True)
    std = torch.sqrt((centred**2).mean(dim=1, keepdim=True) + eps)
    return centred / std, std


def normalise_rows_backward(dnormal, normal, std):
    """The gradient through `normalise_rows`."""
    mean = dnormal.mean(dim=1, keepdim=True)
    return (dnormal - mean - normal * (dnormal * normal).mean(dim=1, keepdim=True)) / std


def layernorm_forward(x, gamma, beta, ln_param):
    normal, std = normalise_rows(x, ln_param.get("eps", 1e-5))
    return gamma * normal + beta, (normal, std, gamma)


def layernorm_backward(dout, cache):
    normal, std, gamma = cache
    dx = normalise_rows_backward(dout * gamma, normal, std)
    return dx, (dout * normal).sum(dim=0), dout.sum(dim=0)


def by_channel(parameter):
    """(C,) as (1, C, 1, 1), to act on images."""
    return parameter.reshape(1, -1, 1, 1)


def image_forward(x, gamma, beta, eps, rows):
    """Normalise `rows` groups of neighbouring numbers of x; gamma and beta by channel."""
    normal, std = normalise_rows(x.reshape(rows, -1), eps)
    out = by_channel(gamma) * normal.reshape(x.shape) + by_channel(beta)
    return out, (normal, std, gamma)


def image_backward(dout, cache):
    """The way back of `image_forward`."""
    normal, std, gamma = cache
    dnormal = (dout * by_channel(gamma)).reshape(normal.shape)
    dx = normalise_rows_backward(dnormal, normal, std).reshape(dout.shape)
    dgamma = (dout * normal.reshape(dout.shape)).sum(dim=(0, 2, 3))
    return dx, dgamma, dout.sum(dim=(0, 2, 3))


def instancenorm_forward(x, gamma, beta, in_param):
    rows = x.shape[0] * x.shape[1]
    return image_forward(x, gamma, beta, in_param.get("eps", 1e-5), rows)


def instancenorm_backward(dout, cache):
    return image_backward(dout, cache)


def groupnorm_forward(x, gamma, beta, groups, gn_param):
    return image_forward(x, gamma, beta, gn_param.get("eps", 1e-5), x.shape[0] * groups)


def groupnorm_backward(dout, cache):
    return image_backward(dout, cache)


def fold_linear(w, b, gamma, beta, running_mean, running_var, eps=1e-5):
    scale = gamma / torch.sqrt(running_var + eps)
    return w * scale, (b - running_mean) * scale + beta


def fold_conv(w, b, gamma, beta, running_mean, running_var, eps=1e-5):
    scale = gamma / torch.sqrt(running_var + eps)
    return w * scale.reshape(-1, 1, 1, 1), (b - running_mean) * scale + beta


def cross_entropy(scores, y):
    """The mean softmax cross-entropy of a batch, and its gradient by the scores."""
    rows = torch.arange(len(y), device=y.device)
    log_share = scores - scores.logsumexp(dim=1, keepdim=True)
    dscores = log_share.exp()
    dscores[rows, y] -= 1
    return -log_share[rows, y].mean(), dscores / len(y)


def network_forward(x, params, bn_params):
    """Scores of a batch, and what the way back needs of each layer."""
    kept = []
    for (w, b, gamma, beta), bn_param in zip(params[:-1], bn_params, strict=True):
        normal, cache = batchnorm_forward(x @ w + b, gamma, beta, bn_param)
        kept.append((x, cache, normal > 0))
        x = normal * (normal > 0)
    w, b = params[-1]
    return x @ w + b, (kept, x)


def network_backward(dscores, params, cache):
    """The gradient by each parameter, in the form of params."""
    kept, last = cache
    gradients = [(last.T @ dscores, dscores.sum(dim=0))]
    dx = dscores @ params[-1][0].T
    for (w, _, _, _), (x, bn_cache, alive) in zip(params[-2::-1], kept[::-1], strict=True):
        dz, dgamma, dbeta = batchnorm_backward(dx * alive, bn_cache)
        gradients.append((x.T @ dz, dz.sum(dim=0), dgamma, dbeta))
        dx = dz @ w.T
    return gradients[::-1]


def train_batchnorm_mlp(x, y, params, batches, lr):
    params = [tuple(parameter.clone() for parameter in layer) for layer in params]
    bn_params = [
        {
            "mode": "train",
            "eps": 1e-5,
            "momentum": 0.9,
            "running_mean": torch.zeros_like(beta),
            "running_var": torch.ones_like(beta),
        }
        for _, _, _, beta in params[:-1]
    ]
    losses = []
    for batch in batches:
        scores, cache = network_forward(x[batch], params, bn_params)
        loss, dscores = cross_entropy(scores, y[batch])
        losses.append(loss.item())
        gradients = network_backward(dscores, params, cache)
        params = [
            tuple(value - lr * slope for value, slope in zip(layer, by_layer, strict=True))
            for layer, by_layer in zip(params, gradients, strict=True)
        ]
    running = [
        {name: bn_param[name] for name in ("running_mean", "running_var")} for bn_param in bn_params
    ]
    return params, running, losses
