"""The graph node by node, each with its own small way back: centre, square, mean, root, divide."""

import torch


def batchnorm_forward(x, gamma, beta, bn_param):
    eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    train = bn_param["mode"] == "train"
    mean = x.sum(dim=0) / len(x) if train else bn_param["running_mean"]
    centred = x - mean
    square = centred * centred
    var = square.sum(dim=0) / len(x) if train else bn_param["running_var"]
    root = torch.sqrt(var + eps)
    inverse = 1 / root
    normal = centred * inverse
    if train:
        bn_param["running_mean"] = momentum * bn_param["running_mean"] + (1 - momentum) * mean
        bn_param["running_var"] = momentum * bn_param["running_var"] + (1 - momentum) * var
    return normal * gamma + beta, (centred, root, inverse, normal, gamma)


def batchnorm_backward(dout, cache):
    centred, root, inverse, normal, gamma = cache
    dbeta = dout.sum(dim=0)
    dgamma = (dout * normal).sum(dim=0)
    dnormal = dout * gamma
    dinverse = (dnormal * centred).sum(dim=0)
    dcentred = dnormal * inverse
    droot = -dinverse / root**2
    dvar = droot / (2 * root)
    dsquare = dvar.expand_as(dout) / len(dout)
    dcentred = dcentred + 2 * centred * dsquare
    dmean = -dcentred.sum(dim=0)
    return dcentred + dmean / len(dout), dgamma, dbeta


def along_rows(x, eps):
    """Batchnorm's normalisation of the transposed matrix, without gamma and beta."""
    one, zero = x.new_ones(len(x)), x.new_zeros(len(x))
    setting = {"mode": "train", "eps": eps, "running_mean": zero, "running_var": one}
    normal, cache = batchnorm_forward(x.T, one, zero, setting)
    return normal.T, cache


def layernorm_forward(x, gamma, beta, ln_param):
    normal, cache = along_rows(x, ln_param.get("eps", 1e-5))
    return gamma * normal + beta, (normal, cache, gamma)


def layernorm_backward(dout, cache):
    normal, inner, gamma = cache
    dx, _, _ = batchnorm_backward((dout * gamma).T, inner)
    return dx.T, (dout * normal).sum(dim=0), dout.sum(dim=0)


def groupnorm_forward(x, gamma, beta, groups, gn_param):
    rows = x.reshape(len(x) * groups, -1)
    normal, cache = along_rows(rows, gn_param.get("eps", 1e-5))
    normal = normal.reshape(x.shape)
    out = (normal.movedim(1, -1) * gamma + beta).movedim(-1, 1)
    return out, (normal, cache, gamma, rows.shape)


def groupnorm_backward(dout, cache):
    normal, inner, gamma, shape = cache
    dnormal = (dout.movedim(1, -1) * gamma).movedim(-1, 1).reshape(shape)
    dx, _, _ = batchnorm_backward(dnormal.T, inner)
    dgamma = (dout * normal).movedim(1, -1).flatten(end_dim=2).sum(dim=0)
    return dx.T.reshape(dout.shape), dgamma, dout.movedim(1, -1).flatten(end_dim=2).sum(dim=0)


def instancenorm_forward(x, gamma, beta, in_param):
    return groupnorm_forward(x, gamma, beta, x.shape[1], in_param)


instancenorm_backward = groupnorm_backward
