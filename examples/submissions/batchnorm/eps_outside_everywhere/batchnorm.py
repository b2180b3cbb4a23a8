# expect: loses=batchnorm.forward carried=batchnorm.forward.identity,batchnorm.forward.test,batchnorm.backward,batchnorm.backward.parameters,spatial_batchnorm.forward,spatial_batchnorm.forward.modes,spatial_batchnorm.backward,fold_linear,fold_conv,train_batchnorm_mlp misconception=eps_is_outside_the_root
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
    istd = 1 / (torch.sqrt(var) + eps)
    xhat = (x - mu) * istd
    out = gamma * xhat + beta
    return out, (xhat, istd, gamma)


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


def layernorm_forward(x, gamma, beta, ln_param):
    xhat, istd = _normalise(x, (1,), ln_param.get("eps", 1e-5))
    return gamma * xhat + beta, (xhat, istd, gamma)


def layernorm_backward(dout, cache):
    xhat, istd, gamma = cache
    dx = _normalise_back(dout * gamma, xhat, istd, (1,))
    return dx, (dout * xhat).sum(0), dout.sum(0)


def instancenorm_forward(x, gamma, beta, in_param):
    xhat, istd = _normalise(x, (2, 3), in_param.get("eps", 1e-5))
    return gamma[:, None, None] * xhat + beta[:, None, None], (xhat, istd, gamma)


def instancenorm_backward(dout, cache):
    xhat, istd, gamma = cache
    dx = _normalise_back(dout * gamma[:, None, None], xhat, istd, (2, 3))
    return dx, (dout * xhat).sum((0, 2, 3)), dout.sum((0, 2, 3))


def groupnorm_forward(x, gamma, beta, groups, gn_param):
    N, C, H, W = x.shape
    xg = x.reshape(N, groups, C // groups, H, W)
    xhat, istd = _normalise(xg, (2, 3, 4), gn_param.get("eps", 1e-5))
    out = gamma[:, None, None] * xhat.reshape(x.shape) + beta[:, None, None]
    return out, (xhat, istd, gamma)


def groupnorm_backward(dout, cache):
    xhat, istd, gamma = cache
    g = (dout * gamma[:, None, None]).reshape(xhat.shape)
    dx = _normalise_back(g, xhat, istd, (2, 3, 4)).reshape(dout.shape)
    return dx, (dout * xhat.reshape(dout.shape)).sum((0, 2, 3)), dout.sum((0, 2, 3))


def fold_linear(w, b, gamma, beta, running_mean, running_var, eps=1e-5):
    s = gamma / (torch.sqrt(running_var) + eps)
    return w * s, (b - running_mean) * s + beta


def fold_conv(w, b, gamma, beta, running_mean, running_var, eps=1e-5):
    s = gamma / (torch.sqrt(running_var) + eps)
    return w * s[:, None, None, None], (b - running_mean) * s + beta


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
