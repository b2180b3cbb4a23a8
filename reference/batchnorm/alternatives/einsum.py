"""Every mean, every product and every sum by einsum, images as they are."""

import torch
from torch import einsum


def batchnorm_forward(x, gamma, beta, bn_param):
    eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    if bn_param["mode"] == "train":
        mean = einsum("nd->d", x) / len(x)
        var = einsum("nd,nd->d", x - mean, x - mean) / len(x)
        mix = torch.tensor([momentum, 1 - momentum], dtype=x.dtype, device=x.device)
        for name, sample in (("running_mean", mean), ("running_var", var)):
            bn_param[name] = einsum("s,sd->d", mix, torch.stack([bn_param[name], sample]))
    else:
        mean, var = bn_param["running_mean"], bn_param["running_var"]
    inverse = torch.rsqrt(var + eps)
    normal = einsum("nd,d->nd", x - mean, inverse)
    return einsum("nd,d->nd", normal, gamma) + beta, (normal, inverse, gamma)


def batchnorm_backward(dout, cache):
    normal, inverse, gamma = cache
    dgamma, dbeta = einsum("nd,nd->d", dout, normal), einsum("nd->d", dout)
    along = einsum("d,nd->nd", dgamma, normal) + dbeta
    return einsum("d,d,nd->nd", gamma, inverse, dout - along / len(dout)), dgamma, dbeta


def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    n, _, h, w = x.shape
    rows = einsum("nchw->nhwc", x).reshape(n * h * w, -1)
    out, cache = batchnorm_forward(rows, gamma, beta, bn_param)
    return einsum("nhwc->nchw", out.reshape(n, h, w, -1)), cache


def spatial_batchnorm_backward(dout, cache):
    normal, inverse, gamma = cache
    n, c, h, w = dout.shape
    images = einsum("nhwc->nchw", normal.reshape(n, h, w, c))
    dgamma, dbeta = einsum("nchw,nchw->c", dout, images), einsum("nchw->c", dout)
    along = (einsum("nchw,c->nchw", images, dgamma) + dbeta[:, None, None]) / (n * h * w)
    return einsum("c,c,nchw->nchw", gamma, inverse, dout - along), dgamma, dbeta


def layernorm_forward(x, gamma, beta, ln_param):
    centred = x - einsum("nd->n", x)[:, None] / x.shape[1]
    var = einsum("nd,nd->n", centred, centred) / x.shape[1]
    inverse = torch.rsqrt(var + ln_param.get("eps", 1e-5))
    normal = einsum("nd,n->nd", centred, inverse)
    return einsum("nd,d->nd", normal, gamma) + beta, (normal, inverse, gamma)


def layernorm_backward(dout, cache):
    normal, inverse, gamma = cache
    mean = einsum("nd,d->n", dout, gamma) / len(gamma)
    tilt = einsum("nd,nd,d->n", dout, normal, gamma) / len(gamma)
    dx = dout * gamma - mean[:, None] - einsum("n,nd->nd", tilt, normal)
    dgamma = einsum("nd,nd->d", dout, normal)
    return einsum("n,nd->nd", inverse, dx), dgamma, einsum("nd->d", dout)


def fold_conv(w, b, gamma, beta, running_mean, running_var, eps=1e-5):
    scale = gamma * torch.rsqrt(running_var + eps)
    return einsum("oikl,o->oikl", w, scale), einsum("o,o->o", b - running_mean, scale) + beta
