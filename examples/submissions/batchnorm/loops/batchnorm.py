# expect: full
# One number at a time, as on paper.
import math

import torch


def stats(numbers):
    m = sum(numbers) / len(numbers)
    return m, sum((v - m) ** 2 for v in numbers) / len(numbers)


def norm_row(numbers, eps):
    m, v = stats(numbers)
    s = math.sqrt(v + eps)
    return [(t - m) / s for t in numbers], s


def back_row(d, n, s):
    k = len(d)
    a = sum(d) / k
    c = sum(p * q for p, q in zip(d, n)) / k
    return [(p - a - q * c) / s for p, q in zip(d, n)]


def batchnorm_forward(x, gamma, beta, bn_param):
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    out = torch.zeros_like(x)
    new_mean = bn_param["running_mean"].clone()
    new_var = bn_param["running_var"].clone()
    cols, stds = [], []
    for j in range(x.shape[1]):
        col = x[:, j].tolist()
        if bn_param["mode"] == "train":
            m, v = stats(col)
            new_mean[j] = momentum * new_mean[j].item() + (1 - momentum) * m
            new_var[j] = momentum * new_var[j].item() + (1 - momentum) * v
        else:
            m, v = new_mean[j].item(), new_var[j].item()
        s = math.sqrt(v + eps)
        n = [(t - m) / s for t in col]
        cols.append(n)
        stds.append(s)
        for i, t in enumerate(n):
            out[i, j] = gamma[j].item() * t + beta[j].item()
    if bn_param["mode"] == "train":
        bn_param["running_mean"] = new_mean
        bn_param["running_var"] = new_var
    return out, (cols, stds, gamma.tolist())


def batchnorm_backward(dout, cache):
    cols, stds, gamma = cache
    dx = torch.zeros_like(dout)
    dgamma = torch.zeros(len(gamma), dtype=dout.dtype)
    dbeta = torch.zeros(len(gamma), dtype=dout.dtype)
    for j in range(len(gamma)):
        d = dout[:, j].tolist()
        for i in range(len(d)):
            dgamma[j] += d[i] * cols[j][i]
            dbeta[j] += d[i]
        for i, v in enumerate(back_row([gamma[j] * t for t in d], cols[j], stds[j])):
            dx[i, j] = v
    return dx, dgamma, dbeta


def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    rows = []
    for i in range(x.shape[0]):
        for h in range(x.shape[2]):
            for w in range(x.shape[3]):
                rows.append(x[i, :, h, w])
    flat, cache = batchnorm_forward(torch.stack(rows), gamma, beta, bn_param)
    return unflatten(flat, x.shape), cache


def unflatten(flat, shape):
    out = torch.zeros(shape, dtype=flat.dtype)
    k = 0
    for i in range(shape[0]):
        for h in range(shape[2]):
            for w in range(shape[3]):
                out[i, :, h, w] = flat[k]
                k += 1
    return out


def spatial_batchnorm_backward(dout, cache):
    n, _, hh, ww = dout.shape
    rows = [dout[i, :, h, w] for i in range(n) for h in range(hh) for w in range(ww)]
    dx, dgamma, dbeta = batchnorm_backward(torch.stack(rows), cache)
    return unflatten(dx, dout.shape), dgamma, dbeta


def layernorm_forward(x, gamma, beta, ln_param):
    out, cache = torch.zeros_like(x), []
    for i in range(x.shape[0]):
        n, s = norm_row(x[i].tolist(), ln_param.get("eps", 1e-5))
        cache.append((n, s))
        for j, v in enumerate(n):
            out[i, j] = gamma[j] * v + beta[j]
    return out, (cache, gamma.tolist())


def layernorm_backward(dout, cache):
    rows, gamma = cache
    dx = torch.zeros_like(dout)
    dgamma, dbeta = torch.zeros(len(gamma), dtype=dout.dtype), torch.zeros(len(gamma), dtype=dout.dtype)
    for i, (n, s) in enumerate(rows):
        d = dout[i].tolist()
        dx[i] = torch.tensor(back_row([g * t for g, t in zip(gamma, d)], n, s), dtype=dout.dtype)
        for j in range(len(gamma)):
            dgamma[j] += d[j] * n[j]
            dbeta[j] += d[j]
    return dx, dgamma, dbeta


def blocks_forward(x, gamma, beta, size, eps):
    """Every `size` neighbouring channels of an image together."""
    out, cache = torch.zeros_like(x), []
    for i in range(x.shape[0]):
        for c in range(0, x.shape[1], size):
            n, s = norm_row(x[i, c : c + size].reshape(-1).tolist(), eps)
            cache.append((i, c, n, s))
            block = torch.tensor(n, dtype=x.dtype).reshape(size, x.shape[2], x.shape[3])
            for k in range(size):
                out[i, c + k] = gamma[c + k] * block[k] + beta[c + k]
    return out, (cache, size, gamma.clone())


def blocks_backward(dout, cache):
    rows, size, gamma = cache
    dx, dgamma, dbeta = torch.zeros_like(dout), torch.zeros_like(gamma), torch.zeros_like(gamma)
    for i, c, n, s in rows:
        d = dout[i, c : c + size]
        block = torch.tensor(n, dtype=dout.dtype).reshape(d.shape)
        scaled = torch.stack([gamma[c + k] * d[k] for k in range(size)])
        back = back_row(scaled.reshape(-1).tolist(), n, s)
        dx[i, c : c + size] = torch.tensor(back, dtype=dout.dtype).reshape(d.shape)
        for k in range(size):
            dgamma[c + k] += (d[k] * block[k]).sum()
            dbeta[c + k] += d[k].sum()
    return dx, dgamma, dbeta


def instancenorm_forward(x, gamma, beta, in_param):
    return blocks_forward(x, gamma, beta, 1, in_param.get("eps", 1e-5))


def instancenorm_backward(dout, cache):
    return blocks_backward(dout, cache)


def groupnorm_forward(x, gamma, beta, groups, gn_param):
    return blocks_forward(x, gamma, beta, x.shape[1] // groups, gn_param.get("eps", 1e-5))


def groupnorm_backward(dout, cache):
    return blocks_backward(dout, cache)


def fold_linear(w, b, gamma, beta, running_mean, running_var, eps=1e-5):
    w, b = w.clone(), b.clone()
    for j in range(w.shape[1]):
        s = math.sqrt(running_var[j].item() + eps)
        w[:, j] = w[:, j] * gamma[j] / s
        b[j] = (b[j] - running_mean[j]) * gamma[j] / s + beta[j]
    return w, b


def fold_conv(w, b, gamma, beta, running_mean, running_var, eps=1e-5):
    w, b = w.clone(), b.clone()
    for j in range(w.shape[0]):
        s = math.sqrt(running_var[j].item() + eps)
        w[j] = w[j] * gamma[j] / s
        b[j] = (b[j] - running_mean[j]) * gamma[j] / s + beta[j]
    return w, b


# Here loops over numbers would take minutes, so this part is written with matrices and autograd.
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
