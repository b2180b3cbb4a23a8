"""The hidden layers are linear and ReLU alone."""

import torch

LOSES = ["train_batchnorm_mlp", "train_batchnorm_mlp.converges"]
DIAGNOSIS = {
    "en": "the hidden layers do not normalise",
    "ru": "скрытые слои ничего не нормируют",
}
HINT = {
    "en": "Linear, batchnorm, ReLU, in this order.",
    "ru": "Линейный слой, batchnorm, ReLU — в этом порядке.",
}


def train_batchnorm_mlp(x, y, params, batches, lr):
    params = [tuple(parameter.clone() for parameter in layer) for layer in params]
    running = [
        {"running_mean": torch.zeros_like(b), "running_var": torch.ones_like(b)}
        for _, b, *_ in params[:-1]
    ]
    losses = []
    for batch in batches:
        h, kept = x[batch], []
        for w, b, gamma, beta in params[:-1]:
            z = h @ w + b
            out = gamma * z + beta
            kept.append((h, z, out > 0))
            h = out.clamp(min=0)
        loss, dscores = cross_entropy(h @ params[-1][0] + params[-1][1], y[batch])
        losses.append(loss.item())
        slopes, dh = [(h.T @ dscores, dscores.sum(dim=0))], dscores @ params[-1][0].T
        for (w, _, gamma, _), (h, z, alive) in zip(params[-2::-1], kept[::-1], strict=True):
            dout = dh * alive
            dz = dout * gamma
            slopes.append((h.T @ dz, dz.sum(dim=0), (dout * z).sum(dim=0), dout.sum(dim=0)))
            dh = dz @ w.T
        params = [
            tuple(value - lr * slope for value, slope in zip(layer, by_layer, strict=True))
            for layer, by_layer in zip(params, slopes[::-1], strict=True)
        ]
    return params, running, losses
