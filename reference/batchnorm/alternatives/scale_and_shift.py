"""Each layer as one scale and one shift of its input; folding as test mode of the columns of w."""

import torch


def batchnorm_forward(x, gamma, beta, bn_param):
    eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    if bn_param["mode"] == "test":
        scale = gamma * torch.rsqrt(bn_param["running_var"] + eps)
        return x * scale + (beta - bn_param["running_mean"] * scale), None
    mean = x.mean(dim=0)
    centred = x - mean
    var = torch.linalg.vector_norm(centred, dim=0) ** 2 / len(x)
    for name, sample in (("running_mean", mean), ("running_var", var)):
        bn_param[name] = sample.lerp(bn_param[name], momentum)
    inverse = (var + eps) ** -0.5
    return centred * (gamma * inverse) + beta, (centred, inverse, gamma)


def batchnorm_backward(dout, cache):
    centred, inverse, gamma = cache
    dbeta, dscale = dout.sum(dim=0), (dout * centred).sum(dim=0)
    # The scale moves with x too: its slope by the variance is -inverse³ / 2.
    by_variance = centred * (dscale * inverse**2 / len(dout))
    dx = gamma * inverse * (dout - dbeta / len(dout) - by_variance)
    return dx, dscale * inverse, dbeta


def groups_forward(x, gamma, beta, groups, eps):
    n, c = x.shape[:2]
    grouped = x.reshape(n * groups, -1)
    var, mean = torch.var_mean(grouped, dim=1, correction=0)
    inverse = torch.rsqrt(var + eps).view(n, groups, 1).expand(n, groups, c // groups)
    middle = mean.view(n, groups, 1).expand(n, groups, c // groups)
    inverse, middle = inverse.reshape(n, c), middle.reshape(n, c)
    scale = gamma * inverse
    shift = beta - middle * scale
    rest = (slice(None), slice(None), *[None] * (x.ndim - 2))
    return x * scale[rest] + shift[rest], (x - middle[rest], inverse[rest], gamma[rest[1:]], groups)


def groups_backward(dout, cache):
    centred, inverse, gamma, groups = cache
    normal = centred * inverse
    slope = (dout * gamma).reshape(len(dout) * groups, -1)
    flat = normal.reshape(slope.shape)
    along = slope.mean(dim=1, keepdim=True) + flat * (slope * flat).mean(dim=1, keepdim=True)
    axes = (0, *range(2, dout.ndim))
    dx = (slope - along).reshape(dout.shape) * inverse
    return dx, (dout * normal).sum(dim=axes), dout.sum(dim=axes)


def groupnorm_forward(x, gamma, beta, groups, gn_param):
    return groups_forward(x, gamma, beta, groups, gn_param.get("eps", 1e-5))


def instancenorm_forward(x, gamma, beta, in_param):
    return groups_forward(x, gamma, beta, x.shape[1], in_param.get("eps", 1e-5))


def layernorm_forward(x, gamma, beta, ln_param):
    return groups_forward(x, gamma, beta, 1, ln_param.get("eps", 1e-5))


groupnorm_backward = instancenorm_backward = layernorm_backward = groups_backward


def fold_linear(w, b, gamma, beta, running_mean, running_var, eps=1e-5):
    test = {"mode": "test", "eps": eps, "running_mean": running_mean, "running_var": running_var}
    bias, _ = batchnorm_forward(b[None], gamma, beta, test)
    # Test mode is linear: what it makes of w, less what it makes of 0.
    rows, _ = batchnorm_forward(w, gamma, beta, test)
    return rows - batchnorm_forward(torch.zeros_like(w), gamma, beta, test)[0], bias[0]
