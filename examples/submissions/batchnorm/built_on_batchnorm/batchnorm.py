# expect: full
import torch


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
    istd = 1 / torch.sqrt(var + eps)
    xhat = (x - mu) * istd
    out = gamma * xhat + beta
    return out, (xhat, istd, gamma)


def batchnorm_backward(dout, cache):
    xhat, istd, gamma = cache
    N = dout.shape[0]
    dbeta = dout.sum(0)
    dgamma = (dout * xhat).sum(0)
    # the graph, node by node, backwards
    dxhat = dout * gamma
    xmu = xhat / istd
    distd = (dxhat * xmu).sum(0)
    dxmu1 = dxhat * istd
    dvar = -0.5 * distd * istd**3
    dsq = dvar / N * torch.ones_like(dout)
    dxmu2 = 2 * xmu * dsq
    dx1 = dxmu1 + dxmu2
    dmu = -dx1.sum(0)
    dx2 = dmu / N * torch.ones_like(dout)
    return dx1 + dx2, dgamma, dbeta


def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    N, C, H, W = x.shape
    flat = x.permute(0, 2, 3, 1).reshape(-1, C)
    out, cache = batchnorm_forward(flat, gamma, beta, bn_param)
    return out.reshape(N, H, W, C).permute(0, 3, 1, 2), cache


def spatial_batchnorm_backward(dout, cache):
    N, C, H, W = dout.shape
    dx, dgamma, dbeta = batchnorm_backward(dout.permute(0, 2, 3, 1).reshape(-1, C), cache)
    return dx.reshape(N, H, W, C).permute(0, 3, 1, 2), dgamma, dbeta



def _train(d, dtype, eps):
    return {
        "mode": "train",
        "eps": eps,
        "running_mean": torch.zeros(d, dtype=dtype),
        "running_var": torch.ones(d, dtype=dtype),
    }


def _turned(rows, eps):
    """Batchnorm of the transposed matrix normalises rows."""
    n, dtype = len(rows), rows.dtype
    one, zero = torch.ones(n, dtype=dtype), torch.zeros(n, dtype=dtype)
    out, cache = batchnorm_forward(rows.T, one, zero, _train(n, dtype, eps))
    return out.T, cache


def layernorm_forward(x, gamma, beta, ln_param):
    n, cache = _turned(x, ln_param.get("eps", 1e-5))
    return gamma * n + beta, (n, cache, gamma)


def layernorm_backward(dout, cache):
    n, inner, gamma = cache
    dx, _, _ = batchnorm_backward((dout * gamma).T, inner)
    return dx.T, (dout * n).sum(0), dout.sum(0)


def groupnorm_forward(x, gamma, beta, groups, gn_param):
    n, cache = _turned(x.reshape(x.shape[0] * groups, -1), gn_param.get("eps", 1e-5))
    n = n.reshape(x.shape)
    return gamma.view(1, -1, 1, 1) * n + beta.view(1, -1, 1, 1), (n, cache, gamma, groups)


def groupnorm_backward(dout, cache):
    n, inner, gamma, groups = cache
    d = (dout * gamma.view(1, -1, 1, 1)).reshape(dout.shape[0] * groups, -1)
    dx, _, _ = batchnorm_backward(d.T, inner)
    return dx.T.reshape(dout.shape), (dout * n).sum((0, 2, 3)), dout.sum((0, 2, 3))


def instancenorm_forward(x, gamma, beta, in_param):
    return groupnorm_forward(x, gamma, beta, x.shape[1], in_param)


def instancenorm_backward(dout, cache):
    return groupnorm_backward(dout, cache)


def fold_linear(w, b, gamma, beta, running_mean, running_var, eps=1e-5):
    """Ask the layer itself what it does to a bias, and to the rows of w on their own."""
    p = {"mode": "test", "eps": eps, "running_mean": running_mean, "running_var": running_var}
    rows = torch.cat([torch.zeros_like(w[:1]), w]) + b
    out, _ = batchnorm_forward(rows, gamma, beta, p)
    return out[1:] - out[0], out[0]


def fold_conv(w, b, gamma, beta, running_mean, running_var, eps=1e-5):
    flat, bias = fold_linear(w.flatten(1).T, b, gamma, beta, running_mean, running_var, eps)
    return flat.T.reshape(w.shape), bias


def train_batchnorm_mlp(x, y, params, batches, lr):
    params = [[p.clone() for p in layer] for layer in params]
    bns = []
    for _, _, g, _ in params[:-1]:
        bns.append({"mode": "train", "running_mean": torch.zeros_like(g), "running_var": torch.ones_like(g)})
    losses = []
    for idx in batches:
        xb, yb = x[idx], y[idx]
        h = xb
        saved = []
        for (w, b, g, be), bn in zip(params[:-1], bns):
            out, cache = batchnorm_forward(h @ w + b, g, be, bn)
            saved.append((h, cache, out))
            h = torch.relu(out)
        w, b = params[-1]
        logp = torch.log_softmax(h @ w + b, dim=1)
        losses.append(-logp[range(len(yb)), yb].mean().item())
        d = logp.exp()
        d[range(len(yb)), yb] -= 1
        d /= len(yb)
        grads = [[h.T @ d, d.sum(0)]]
        dh = d @ w.T
        for (w, b, g, be), (hin, cache, out) in zip(params[-2::-1], saved[::-1]):
            dz, dg, dbe = batchnorm_backward(dh * (out > 0), cache)
            grads.insert(0, [hin.T @ dz, dz.sum(0), dg, dbe])
            dh = dz @ w.T
        for layer, gs in zip(params, grads):
            for p, dp in zip(layer, gs):
                p -= lr * dp
    running = [{k: bn[k] for k in ("running_mean", "running_var")} for bn in bns]
    return [tuple(layer) for layer in params], running, losses
