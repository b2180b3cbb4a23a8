"""Centring as a matrix, the way back as the whole Jacobian of each column or group."""

import torch


def centring(n, like):
    """The n x n matrix that takes the mean away."""
    return torch.eye(n, dtype=like.dtype, device=like.device) - 1 / n


def normalised(columns, eps):
    """(…, n, 1) with mean 0 and variance 1, and the standard deviations."""
    centred = centring(columns.shape[-2], columns) @ columns
    var = centred.mT @ centred / columns.shape[-2]
    std = torch.sqrt(var + eps)
    return centred / std, std


def jacobian(normal, std):
    """Of `normalised`: (…, n, n), symmetric."""
    n = normal.shape[-2]
    return (centring(n, normal) - normal @ normal.mT / n) / std


def batchnorm_backward(dout, cache):
    normal, std, gamma = cache
    dx = torch.empty_like(dout)
    for column in range(dout.shape[1]):
        slopes = jacobian(normal[:, column, None], std[column])
        dx[:, column] = gamma[column] * (slopes @ dout[:, column])
    return dx, torch.diagonal(normal.T @ dout), torch.ones_like(dout[:, 0]) @ dout


def layernorm_forward(x, gamma, beta, ln_param):
    normal, std = normalised(x.unsqueeze(-1), ln_param.get("eps", 1e-5))
    return normal.squeeze(-1) @ torch.diag(gamma) + beta, (normal, std, gamma)


def layernorm_backward(dout, cache):
    normal, std, gamma = cache
    dx = jacobian(normal, std) @ (dout * gamma).unsqueeze(-1)
    return dx.squeeze(-1), (dout * normal.squeeze(-1)).sum(dim=0), dout.sum(dim=0)


def groupnorm_forward(x, gamma, beta, groups, gn_param):
    columns = x.reshape(x.shape[0], groups, -1, 1)
    normal, std = normalised(columns, gn_param.get("eps", 1e-5))
    out = torch.einsum("nchw,c->nchw", normal.reshape(x.shape), gamma)
    return out + beta[None, :, None, None], (normal, std, gamma)


def groupnorm_backward(dout, cache):
    normal, std, gamma = cache
    dnormal = torch.einsum("nchw,c->nchw", dout, gamma).reshape(normal.shape)
    dx = (jacobian(normal, std) @ dnormal).reshape(dout.shape)
    by_channel_first = (dout * normal.reshape(dout.shape)).transpose(0, 1)
    return dx, by_channel_first.flatten(1).sum(dim=1), dout.transpose(0, 1).flatten(1).sum(dim=1)


def instancenorm_forward(x, gamma, beta, in_param):
    return groupnorm_forward(x, gamma, beta, len(gamma), in_param)


instancenorm_backward = groupnorm_backward


def fold_linear(w, b, gamma, beta, running_mean, running_var, eps=1e-5):
    # One matrix for weight and bias, one for test mode, and their product.
    layer = torch.vstack([w, b])
    layer[-1] -= running_mean
    folded = layer @ torch.diag(gamma / torch.sqrt(running_var + eps))
    return folded[:-1], folded[-1] + beta
