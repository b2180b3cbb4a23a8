"""Variances as mean square minus squared mean, after a shift that keeps the digits."""

import torch


def shifted_moments(x, origin, dim):
    """Mean and variance along `dim` from values that are counted from `origin`."""
    near = x - origin
    mean = near.mean(dim=dim, keepdim=True)
    var = (near * near).mean(dim=dim, keepdim=True) - mean * mean
    return mean + origin, var.clamp(min=0)


def batch_statistics(x):
    mean, var = shifted_moments(x, x[:1], 0)
    return mean[0], var[0]


def normalise_rows(rows, eps):
    mean, var = shifted_moments(rows, rows[:, :1], 1)
    std = torch.sqrt(var + eps)
    return (rows - mean) / std, std


def batchnorm_backward(dout, cache):
    normal, std, gamma = cache
    dgamma, dbeta = torch.sum(normal * dout, 0), torch.sum(dout, 0)
    n = len(dout)
    return (gamma / (n * std)) * (n * dout - dbeta - normal * dgamma), dgamma, dbeta


def groupnorm_forward(x, gamma, beta, groups, gn_param):
    grouped = x.reshape(x.shape[0], groups, -1)
    mean, var = shifted_moments(grouped, grouped[..., :1], 2)
    inverse = (var + gn_param.get("eps", 1e-5)).rsqrt()
    normal = ((grouped - mean) * inverse).view_as(x)
    out = torch.addcmul(beta.view(-1, 1, 1), gamma.view(-1, 1, 1), normal)
    return out, (normal, inverse, gamma)


def groupnorm_backward(dout, cache):
    normal, inverse, gamma = cache
    upstream = (dout * gamma.view(-1, 1, 1)).reshape(*inverse.shape[:2], -1)
    grouped = normal.reshape(upstream.shape)
    along = (upstream * grouped).mean(dim=2, keepdim=True) * grouped
    dx = inverse * (upstream - upstream.mean(dim=2, keepdim=True) - along)
    dgamma = torch.einsum("nchw,nchw->c", dout, normal)
    return dx.reshape(dout.shape), dgamma, torch.einsum("nchw->c", dout)


def fold_linear(w, b, gamma, beta, running_mean, running_var, eps=1e-5):
    scale = torch.exp(torch.log(running_var + eps) / -2) * gamma
    return torch.einsum("io,o->io", w, scale), torch.addcmul(beta, b - running_mean, scale)


def fold_conv(w, b, gamma, beta, running_mean, running_var, eps=1e-5):
    flat, bias = fold_linear(
        w.flatten(start_dim=1).T, b, gamma, beta, running_mean, running_var, eps
    )
    return flat.T.reshape(w.shape), bias
