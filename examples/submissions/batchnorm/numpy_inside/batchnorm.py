# expect: full
# I know numpy better, so tensors go in and out and numpy does the rest.
import numpy as np
import torch


def np_(t):
    return t.detach().cpu().numpy()


def like(a, t):
    return torch.as_tensor(np.ascontiguousarray(a)).to(t.dtype).to(t.device)


def normalize(x, axis, eps):
    c = x - x.mean(axis=axis, keepdims=True)
    s = np.sqrt(np.mean(c * c, axis=axis, keepdims=True) + eps)
    return c / s, s


def denormalize(d, n, s, axis):
    return (d - d.mean(axis=axis, keepdims=True) - n * np.mean(d * n, axis=axis, keepdims=True)) / s


def col(p, ndim):
    return np_(p).reshape((1, -1) + (1,) * (ndim - 2))


def bn(x, gamma, beta, p, axis):
    eps, mom, a = p.get("eps", 1e-5), p.get("momentum", 0.9), np_(x)
    if p["mode"] == "train":
        p["running_mean"] = mom * p["running_mean"] + (1 - mom) * like(a.mean(axis=axis), x)
        p["running_var"] = mom * p["running_var"] + (1 - mom) * like(a.var(axis=axis), x)
        n, s = normalize(a, axis, eps)
    else:
        s = np.sqrt(col(p["running_var"], a.ndim) + eps)
        n = (a - col(p["running_mean"], a.ndim)) / s
    out = col(gamma, a.ndim) * n + col(beta, a.ndim)
    return like(out, x), (n, s, axis, col(gamma, a.ndim))


def bn_back(dout, cache):
    n, s, axis, g = cache
    d = np_(dout)
    other = tuple(k for k in range(d.ndim) if k != 1)
    dx = denormalize(d * g, n, s, axis)
    return like(dx, dout), like((d * n).sum(axis=other), dout), like(d.sum(axis=other), dout)


def batchnorm_forward(x, gamma, beta, bn_param):
    return bn(x, gamma, beta, bn_param, 0)


def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    return bn(x, gamma, beta, bn_param, (0, 2, 3))


batchnorm_backward = spatial_batchnorm_backward = bn_back


def plain(x, gamma, beta, axis, eps):
    a = np_(x)
    n, s = normalize(a, axis, eps)
    return like(col(gamma, a.ndim) * n + col(beta, a.ndim), x), (n, s, axis, col(gamma, a.ndim))


def layernorm_forward(x, gamma, beta, ln_param):
    return plain(x, gamma, beta, 1, ln_param.get("eps", 1e-5))


def instancenorm_forward(x, gamma, beta, in_param):
    return plain(x, gamma, beta, (2, 3), in_param.get("eps", 1e-5))


layernorm_backward = instancenorm_backward = bn_back


def groupnorm_forward(x, gamma, beta, groups, gn_param):
    a = np_(x).reshape(len(x), groups, -1)
    n, s = normalize(a, 2, gn_param.get("eps", 1e-5))
    n = n.reshape(x.shape)
    return like(col(gamma, 4) * n + col(beta, 4), x), (n, s, groups, col(gamma, 4))


def groupnorm_backward(dout, cache):
    n, s, groups, g = cache
    d = np_(dout)
    rows = (len(d), groups, -1)
    dx = denormalize((d * g).reshape(rows), n.reshape(rows), s, 2).reshape(d.shape)
    return like(dx, dout), like((d * n).sum(axis=(0, 2, 3)), dout), like(d.sum(axis=(0, 2, 3)), dout)


def fold_linear(w, b, gamma, beta, running_mean, running_var, eps=1e-5):
    k = np_(gamma) / np.sqrt(np_(running_var) + eps)
    return like(np_(w) @ np.diag(k), w), like((np_(b) - np_(running_mean)) * k + np_(beta), b)


def fold_conv(w, b, gamma, beta, running_mean, running_var, eps=1e-5):
    k = np_(gamma) / np.sqrt(np_(running_var) + eps)
    return like(np.einsum("oikl,o->oikl", np_(w), k), w), like((np_(b) - np_(running_mean)) * k + np_(beta), b)


def train_batchnorm_mlp(x, y, params, batches, lr):
    X, Y = np_(x), np_(y)
    P = [[np_(p).copy() for p in layer] for layer in params]
    R = [[np.zeros_like(layer[1]), np.ones_like(layer[1])] for layer in P[:-1]]
    losses = []
    for batch in batches:
        i = np_(batch)
        acts, tape = [X[i]], []
        for (W, b, g, be), r in zip(P[:-1], R):
            z = acts[-1] @ W + b
            r[0] = 0.9 * r[0] + 0.1 * z.mean(0)
            r[1] = 0.9 * r[1] + 0.1 * z.var(0)
            n, s = normalize(z, 0, 1e-5)
            o = g * n + be
            tape.append((n, s, o > 0))
            acts.append(np.maximum(o, 0))
        W, b = P[-1]
        t = acts[-1] @ W + b
        t = t - t.max(axis=1, keepdims=True)
        q = np.exp(t) / np.exp(t).sum(axis=1, keepdims=True)
        losses.append(float(-np.log(q[np.arange(len(i)), Y[i]]).mean()))
        d = (q - np.eye(len(b))[Y[i]]) / len(i)
        grads = [[acts[-1].T @ d, d.sum(0)]]
        d = d @ W.T
        for layer, (n, s, on), a in zip(P[-2::-1], tape[::-1], acts[-2::-1]):
            d = d * on
            dz = denormalize(d * layer[2], n, s, 0)
            grads.append([a.T @ dz, dz.sum(0), (d * n).sum(0), d.sum(0)])
            d = dz @ layer[0].T
        for layer, g in zip(P, grads[::-1]):
            for k in range(len(layer)):
                layer[k] = layer[k] - lr * g[k]
    names = ("running_mean", "running_var")
    return (
        [tuple(like(p, x) for p in layer) for layer in P],
        [dict(zip(names, (like(v, x) for v in r))) for r in R],
        losses,
    )
