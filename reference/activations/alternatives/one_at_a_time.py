"""Columns, units and examples one at a time; gradients of a batch added up over its examples."""

import math

import torch


def logistic_number(z):
    return 1 / (1 + math.exp(-z)) if z >= 0 else 1 - 1 / (1 + math.exp(z))


def prelu_forward(x, alpha):
    if alpha.ndim == 0:
        return torch.where(x < 0, alpha * x, x), (x, alpha)
    columns = [torch.where(c < 0, a * c, c) for c, a in zip(x.unbind(dim=1), alpha, strict=True)]
    return torch.stack(columns, dim=1), (x, alpha)


def prelu_backward(dout, cache):
    x, alpha = cache
    if alpha.ndim == 0:
        negative = x < 0
        return torch.where(negative, alpha * dout, dout), (dout * x)[negative].sum()
    dx, dalpha = torch.empty_like(x), torch.empty_like(alpha)
    for column, slope in enumerate(alpha):
        negative = x[:, column] < 0
        dx[:, column] = torch.where(negative, slope, 1.0) * dout[:, column]
        dalpha[column] = dout[negative, column] @ x[negative, column]
    return dx, dalpha


def maxout_forward(x, w1, b1, w2, b2):
    units, winners = [], []
    for v1, c1, v2, c2 in zip(w1.T, b1, w2.T, b2, strict=True):
        first, second = x @ v1 + c1, x @ v2 + c2
        units.append(first.maximum(second))
        winners.append(first >= second)
    return torch.stack(units, dim=1), (x, w1, w2, winners)


def maxout_backward(dout, cache):
    x, w1, w2, winners = cache
    dx, dw1, dw2 = torch.zeros_like(x), torch.zeros_like(w1), torch.zeros_like(w2)
    db1, db2 = dw1[0].clone(), dw2[0].clone()
    for unit, first in enumerate(winners):
        upstream = dout[:, unit]
        for wins, w, dw, db in ((first, w1, dw1, db1), (~first, w2, dw2, db2)):
            dx[wins] += torch.outer(upstream[wins], w[:, unit])
            dw[:, unit] = upstream[wins] @ x[wins]
            db[unit] = upstream[wins].sum()
    return dx, dw1, db1, dw2, db2


def dead_fraction(activations):
    return sum(not unit.any() for unit in activations.unbind(dim=1)) / activations.shape[1]


def saturated_fraction(local_grad, threshold=1e-3):
    entries = local_grad.flatten().tolist()
    return sum(-threshold < entry < threshold for entry in entries) / len(entries)


def weight_gradient(x, upstream, w, b):
    z = math.fsum([*(w * x).tolist(), b.item()])
    slope = logistic_number(z) * logistic_number(-z)
    return torch.stack([upstream * slope * entry for entry in x])


def train_mlp(x, y, weights, batches, lr, activation):
    bend = getattr(torch, activation)
    weights, losses = list(weights), []
    for batch in batches:
        total, loss = [(torch.zeros_like(w), torch.zeros_like(b)) for w, b in weights], 0.0
        for h, label in zip(x[batch], y[batch], strict=True):
            inputs = [h]
            for w, b in weights[:-1]:
                inputs.append(bend(inputs[-1] @ w + b))
            log_shares = torch.log_softmax(inputs[-1] @ weights[-1][0] + weights[-1][1], dim=0)
            loss -= log_shares[label].item()
            dz = log_shares.exp()
            dz[label] -= 1
            for (w, _), (dw, db), h in zip(weights[::-1], total[::-1], inputs[::-1], strict=True):
                dw += torch.outer(h, dz)
                db += dz
                slope = {"relu": h > 0, "tanh": 1 - h * h, "sigmoid": h * (1 - h)}[activation]
                dz = (w @ dz) * slope
        step, losses = lr / len(batch), [*losses, loss / len(batch)]
        weights = [
            (w - step * dw, b - step * db) for (w, b), (dw, db) in zip(weights, total, strict=True)
        ]
    return weights, losses
