"""The forward pass on leaves of its own, and autograd for every way back, training too."""

import torch
from torch.nn.functional import cross_entropy


def standardised(x, dims, eps):
    var, mean = torch.var_mean(x, dim=dims, keepdim=True, correction=0)
    return (x - mean) / torch.sqrt(var + eps)


def on_leaves(function, *tensors):
    with torch.enable_grad():
        leaves = [tensor.detach().clone().requires_grad_() for tensor in tensors]
        out = function(*leaves)
    return out.detach(), (out, leaves)


def ask_autograd(dout, cache):
    out, leaves = cache
    return torch.autograd.grad(out, leaves, dout, retain_graph=True)


def batchnorm_forward(x, gamma, beta, bn_param):
    eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    if bn_param["mode"] == "test":
        mean, std = bn_param["running_mean"], torch.sqrt(bn_param["running_var"] + eps)
        return on_leaves(lambda t, g, b: g * (t - mean) / std + b, x, gamma, beta)
    bn_param["running_mean"] = torch.lerp(x.mean(dim=0), bn_param["running_mean"], momentum)
    var = x.var(dim=0, correction=0)
    bn_param["running_var"] = torch.lerp(var, bn_param["running_var"], momentum)
    return on_leaves(lambda t, g, b: g * standardised(t, 0, eps) + b, x, gamma, beta)


def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get("eps", 1e-5)
    return on_leaves(lambda t, g, b: g * standardised(t, 1, eps) + b, x, gamma, beta)


def instancenorm_forward(x, gamma, beta, in_param):
    return groupnorm_forward(x, gamma, beta, x.shape[1], in_param)


def groupnorm_forward(x, gamma, beta, groups, gn_param):
    eps = gn_param.get("eps", 1e-5)

    def function(t, g, b):
        grouped = t.unflatten(1, (groups, -1))
        normal = standardised(grouped, (2, 3, 4), eps).reshape(t.shape)
        return normal * g[:, None, None] + b[:, None, None]

    return on_leaves(function, x, gamma, beta)


batchnorm_backward = layernorm_backward = ask_autograd
instancenorm_backward = groupnorm_backward = ask_autograd


def train_batchnorm_mlp(x, y, params, batches, lr):
    own = [tuple(p.detach().clone().requires_grad_() for p in layer) for layer in params]
    running = [
        {"running_mean": torch.zeros_like(beta), "running_var": torch.ones_like(beta)}
        for *_, beta in params[:-1]
    ]
    losses = []
    for batch in batches:
        with torch.enable_grad():
            h = x[batch]
            for (w, b, gamma, beta), kept in zip(own[:-1], running, strict=True):
                z = h @ w + b
                h = torch.relu(gamma * standardised(z, 0, 1e-5) + beta)
                with torch.no_grad():
                    kept["running_mean"].lerp_(z.mean(dim=0), 0.1)
                    kept["running_var"].lerp_(z.var(dim=0, correction=0), 0.1)
            loss = cross_entropy(h @ own[-1][0] + own[-1][1], y[batch])
        leaves = [p for layer in own for p in layer]
        slopes = torch.autograd.grad(loss, leaves)
        with torch.no_grad():
            for leaf, slope in zip(leaves, slopes, strict=True):
                leaf.sub_(slope, alpha=lr)
        losses.append(loss.item())
    return [tuple(p.detach() for p in layer) for layer in own], running, losses
