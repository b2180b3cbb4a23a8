# expect: full
import functools

import torch


def low(f):
    """GPU habits: count in float32, hand back the dtype that came in."""

    @functools.wraps(f)
    def wrapped(*args):
        dtype = next(a.dtype for a in args if isinstance(a, torch.Tensor))
        small = [a.float() if isinstance(a, torch.Tensor) else a for a in args]
        parts = f(*small)
        return tuple(p.to(dtype) if isinstance(p, torch.Tensor) else p for p in parts)

    return wrapped


def batchnorm_forward(x, gamma, beta, bn_param):
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    if bn_param["mode"] == "train":
        mu = x.mean(dim=0)
        var = x.var(dim=0, unbiased=False)
        rm, rv = bn_param["running_mean"], bn_param["running_var"]
        bn_param["running_mean"] = momentum * rm + (1 - momentum) * mu
        bn_param["running_var"] = momentum * rv + (1 - momentum) * var
    else:
        mu = bn_param["running_mean"]
        var = bn_param["running_var"]
    # x - mu needs all digits (offsets of a million); what comes after does not
    istd = 1 / torch.sqrt(var.float() + eps)
    xhat = (x - mu).float() * istd
    out = gamma.float() * xhat + beta.float()
    return out.to(x.dtype), (xhat, istd, gamma.float())


@low
def batchnorm_backward(dout, cache):
    xhat, istd, gamma = cache
    N = dout.shape[0]
    dgamma = (dout * xhat).sum(0)
    dbeta = dout.sum(0)
    dx = gamma * istd / N * (N * dout - dbeta - xhat * dgamma)
    return dx, dgamma, dbeta


def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    N, C, H, W = x.shape
    flat = x.permute(0, 2, 3, 1).reshape(-1, C)
    out, cache = batchnorm_forward(flat, gamma, beta, bn_param)
    return out.reshape(N, H, W, C).permute(0, 3, 1, 2), cache


def spatial_batchnorm_backward(dout, cache):
    N, C, H, W = dout.shape
    dx, dgamma, dbeta = batchnorm_backward(dout.permute(0, 2, 3, 1).reshape(-1, C), cache)
    return dx.reshape(N, H, W, C).permute(0, 3, 1, 2), dgamma, dbeta


def _normalise(x, dims, eps):
    mu = x.mean(dim=dims, keepdim=True)
    var = x.var(dim=dims, keepdim=True, unbiased=False)
    istd = 1 / torch.sqrt(var + eps)
    return (x - mu) * istd, istd


def _normalise_back(g, xhat, istd, dims):
    return istd * (g - g.mean(dim=dims, keepdim=True) - xhat * (g * xhat).mean(dim=dims, keepdim=True))


@low
def layernorm_forward(x, gamma, beta, ln_param):
    xhat, istd = _normalise(x, (1,), ln_param.get("eps", 1e-5))
    return gamma * xhat + beta, (xhat, istd, gamma)


@low
def layernorm_backward(dout, cache):
    xhat, istd, gamma = cache
    dx = _normalise_back(dout * gamma, xhat, istd, (1,))
    return dx, (dout * xhat).sum(0), dout.sum(0)


@low
def instancenorm_forward(x, gamma, beta, in_param):
    xhat, istd = _normalise(x, (2, 3), in_param.get("eps", 1e-5))
    return gamma[:, None, None] * xhat + beta[:, None, None], (xhat, istd, gamma)


@low
def instancenorm_backward(dout, cache):
    xhat, istd, gamma = cache
    dx = _normalise_back(dout * gamma[:, None, None], xhat, istd, (2, 3))
    return dx, (dout * xhat).sum((0, 2, 3)), dout.sum((0, 2, 3))


@low
def groupnorm_forward(x, gamma, beta, groups, gn_param):
    N, C, H, W = x.shape
    xg = x.reshape(N, groups, C // groups, H, W)
    xhat, istd = _normalise(xg, (2, 3, 4), gn_param.get("eps", 1e-5))
    out = gamma[:, None, None] * xhat.reshape(x.shape) + beta[:, None, None]
    return out, (xhat, istd, gamma)


@low
def groupnorm_backward(dout, cache):
    xhat, istd, gamma = cache
    g = (dout * gamma[:, None, None]).reshape(xhat.shape)
    dx = _normalise_back(g, xhat, istd, (2, 3, 4)).reshape(dout.shape)
    return dx, (dout * xhat.reshape(dout.shape)).sum((0, 2, 3)), dout.sum((0, 2, 3))


@low
def fold_linear(w, b, gamma, beta, running_mean, running_var, eps=1e-5):
    s = gamma / torch.sqrt(running_var + eps)
    return w * s, (b - running_mean) * s + beta


@low
def fold_conv(w, b, gamma, beta, running_mean, running_var, eps=1e-5):
    s = gamma / torch.sqrt(running_var + eps)
    return w * s[:, None, None, None], (b - running_mean) * s + beta


# training in the dtype that comes in, so with autograd and without the functions above
def train_batchnorm_mlp(x, y, params, batches, lr):
    params = [[p.clone().requires_grad_() for p in layer] for layer in params]
    running = [
        {"running_mean": torch.zeros_like(l[1]).detach(), "running_var": torch.ones_like(l[1]).detach()}
        for l in params[:-1]
    ]
    losses = []
    for batch in batches:
        h = x[batch]
        for layer, r in zip(params[:-1], running):
            z = h @ layer[0] + layer[1]
            m = z.mean(0)
            v = ((z - m) ** 2).mean(0)
            r["running_mean"] = 0.9 * r["running_mean"] + 0.1 * m.detach()
            r["running_var"] = 0.9 * r["running_var"] + 0.1 * v.detach()
            h = torch.relu(layer[2] * (z - m) / (v + 1e-5) ** 0.5 + layer[3])
        loss = torch.nn.functional.cross_entropy(h @ params[-1][0] + params[-1][1], y[batch])
        losses.append(float(loss))
        flat = [p for layer in params for p in layer]
        with torch.no_grad():
            for p, g in zip(flat, torch.autograd.grad(loss, flat)):
                p -= lr * g
    return [tuple(p.detach() for p in layer) for layer in params], running, losses
