"""torch.nn.functional forward, its pullback by torch.func.vjp as the cache."""

import torch
from torch.func import grad_and_value, vjp
from torch.nn import functional


def pull_back(dout, pullback):
    return pullback(dout)


def sample_statistics(x):
    """Mean and 1/n variance over everything but axis 1."""
    columns = x.movedim(1, 0).flatten(start_dim=1)
    return columns.mean(dim=1), columns.var(dim=1, unbiased=False)


def batchnorm_forward(x, gamma, beta, bn_param):
    eps, keep = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    old = bn_param["running_mean"], bn_param["running_var"]
    if bn_param["mode"] == "train":
        mean, var = sample_statistics(x)
        # functional.batch_norm would store the unbiased variance.
        bn_param["running_mean"] = old[0] + (1 - keep) * (mean - old[0])
        bn_param["running_var"] = old[1] + (1 - keep) * (var - old[1])
        old = None, None

    def normalised(t, g, b):
        return functional.batch_norm(t, *old, g, b, training=old[0] is None, eps=eps)

    return vjp(normalised, x, gamma, beta)


def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get("eps", 1e-5)
    return vjp(lambda t, g, b: functional.layer_norm(t, g.shape, g, b, eps), x, gamma, beta)


def instancenorm_forward(x, gamma, beta, in_param):
    eps = in_param.get("eps", 1e-5)
    return vjp(
        lambda t, g, b: functional.instance_norm(t, weight=g, bias=b, eps=eps), x, gamma, beta
    )


def groupnorm_forward(x, gamma, beta, groups, gn_param):
    eps = gn_param.get("eps", 1e-5)
    return vjp(lambda t, g, b: functional.group_norm(t, groups, g, b, eps), x, gamma, beta)


spatial_batchnorm_forward = batchnorm_forward
batchnorm_backward = spatial_batchnorm_backward = layernorm_backward = pull_back
instancenorm_backward = groupnorm_backward = pull_back


def loss_and_statistics(layers, x, y):
    statistics = []
    for w, b, gamma, beta in layers[:-1]:
        z = x @ w + b
        statistics.append(sample_statistics(z))
        x = functional.batch_norm(z, None, None, gamma, beta, training=True).relu()
    return functional.cross_entropy(x @ layers[-1][0] + layers[-1][1], y), statistics


def train_batchnorm_mlp(x, y, params, batches, lr):
    names, losses = ("running_mean", "running_var"), []
    running = [(torch.zeros_like(layer[3]), torch.ones_like(layer[3])) for layer in params[:-1]]
    step = grad_and_value(loss_and_statistics, has_aux=True)
    for batch in batches:
        slopes, (loss, samples) = step(params, x[batch], y[batch])
        params = [
            tuple(p - lr * dp for p, dp in zip(layer, by_layer, strict=True))
            for layer, by_layer in zip(params, slopes, strict=True)
        ]
        running = [
            tuple(0.9 * old + 0.1 * new for old, new in zip(pair, sample, strict=True))
            for pair, sample in zip(running, samples, strict=True)
        ]
        losses.append(float(loss))
    return params, [dict(zip(names, pair, strict=True)) for pair in running], losses
