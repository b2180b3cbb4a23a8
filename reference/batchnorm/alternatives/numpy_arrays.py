"""Numpy inside; the training loop keeps arrays from the first batch to the last."""

import numpy as np
import torch


def array(tensor):
    return tensor.detach().cpu().numpy()


def tensor(values, like):
    return torch.as_tensor(np.ascontiguousarray(values), dtype=like.dtype, device=like.device)


def standardise(values, axis, eps):
    spread = np.sqrt(np.var(values, axis=axis, keepdims=True) + eps)
    return (values - np.mean(values, axis=axis, keepdims=True)) / spread, spread


def standardise_back(slope, normal, spread, axis):
    lost = np.mean(slope, axis=axis, keepdims=True)
    lost = lost + normal * np.mean(slope * normal, axis=axis, keepdims=True)
    return (slope - lost) / spread


def layernorm_forward(x, gamma, beta, ln_param):
    normal, spread = standardise(array(x), 1, ln_param.get("eps", 1e-5))
    return tensor(array(gamma) * normal + array(beta), x), (normal, spread, array(gamma))


def layernorm_backward(dout, cache):
    normal, spread, gamma = cache
    dx = standardise_back(array(dout) * gamma, normal, spread, 1)
    slopes = (dx, np.sum(array(dout) * normal, axis=0), np.sum(array(dout), axis=0))
    return tuple(tensor(slope, dout) for slope in slopes)


def fold_linear(w, b, gamma, beta, running_mean, running_var, eps=1e-5):
    ratio = np.divide(array(gamma), np.sqrt(array(running_var) + eps))
    bias = (array(b) - array(running_mean)) * ratio + array(beta)
    return tensor(array(w) * ratio, w), tensor(bias, w)


def fold_conv(w, b, gamma, beta, running_mean, running_var, eps=1e-5):
    columns = w.reshape(len(w), -1).T
    flat, bias = fold_linear(columns, b, gamma, beta, running_mean, running_var, eps)
    return flat.T.reshape(w.shape), bias


def train_batchnorm_mlp(x, y, params, batches, lr):
    own = [[array(p).copy() for p in layer] for layer in params]
    running = [[np.zeros_like(layer[3]), np.ones_like(layer[3])] for layer in own[:-1]]
    points, classes, losses = array(x), np.eye(len(own[-1][1]))[array(y)], []
    for batch in map(array, batches):
        h, tape = points[batch], []
        for layer, (w, b, gamma, beta) in enumerate(own[:-1]):
            z = h @ w + b
            for place, sample in enumerate((z.mean(axis=0), z.var(axis=0))):
                running[layer][place] = 0.9 * running[layer][place] + 0.1 * sample
            normal, spread = standardise(z, 0, 1e-5)
            tape.append((h, normal, spread))
            h = np.maximum(gamma * normal + beta, 0)
        scores = h @ own[-1][0] + own[-1][1]
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        losses.append(-float(np.mean(np.log((shares * classes[batch]).sum(axis=1)))))
        dz = (shares - classes[batch]) / len(batch)
        slopes, dh = [(h.T @ dz, dz.sum(axis=0))], dz @ own[-1][0].T
        for (w, _, gamma, beta), (h, normal, spread) in zip(own[-2::-1], tape[::-1], strict=True):
            dh = dh * (gamma * normal + beta > 0)
            dz = standardise_back(dh * gamma, normal, spread, 0)
            slopes.append((h.T @ dz, dz.sum(axis=0), (dh * normal).sum(axis=0), dh.sum(axis=0)))
            dh = dz @ w.T
        for layer, by_layer in zip(own, reversed(slopes), strict=True):
            for value, slope in zip(layer, by_layer, strict=True):
                value -= lr * slope
    names = ("running_mean", "running_var")
    kept = [dict(zip(names, (tensor(v, x) for v in pair), strict=True)) for pair in running]
    return [tuple(tensor(p, x) for p in layer) for layer in own], kept, losses
