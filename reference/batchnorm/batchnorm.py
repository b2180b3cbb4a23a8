"""Batch normalization, its relatives, and a network that is trained with it.

Write the bodies; keep the names and the arguments. Formulas and conventions are in README.md.

Every layer is a pair. `*_forward` returns `(out, cache)`, where the cache is whatever your
`*_backward` needs; nobody else looks into it. `*_backward(dout, cache)` gets dL/d(out) and returns
`(dx, dgamma, dbeta)`. Results have the dtype of `x`; arguments are never modified, but for the
running statistics in `bn_param`.
"""

from __future__ import annotations

from typing import Any

import torch

# BEGIN SOLUTION
# The solution: plain torch, no autograd, two passes, so that an offset does no harm.
#
# A small function for each step (statistics, normalising, moving averages, the way back), since
# each is a place where it can be done wrong.


def batch_statistics(x):
    """Mean and 1/N variance of each column, the variance from values that are centred first."""
    mean = x.mean(dim=0)
    return mean, ((x - mean) ** 2).mean(dim=0)


def moved(running, sample, momentum):
    """One step of a moving average that keeps the share `momentum` of the old value."""
    return momentum * running + (1 - momentum) * sample


# END SOLUTION


def batchnorm_forward(
    x: torch.Tensor, gamma: torch.Tensor, beta: torch.Tensor, bn_param: dict[str, Any]
) -> tuple[torch.Tensor, object]:
    """Batch normalization of each column.

    Args:
        x: (N, D), a row is an example.
        gamma, beta: (D,), scale and shift.
        bn_param: "mode" is "train" or "test"; "eps" (1e-5 if missing) and "momentum" (0.9 if
            missing) are floats; "running_mean" and "running_var", (D,), are always there. In
            train mode the last two hold the moved averages after the call: keep `momentum` of
            the old value and add 1 - momentum of the batch's mean, or 1/N variance. Nothing else
            in bn_param changes, and in test mode nothing at all.

    Returns:
        out: (N, D). Train mode normalises with the batch's mean and 1/N variance, test mode with
            the running ones.
        cache: what batchnorm_backward needs.
    """
    # BEGIN SOLUTION
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    if bn_param["mode"] == "train":
        mean, var = batch_statistics(x)
        bn_param["running_mean"] = moved(bn_param["running_mean"], mean, momentum)
        bn_param["running_var"] = moved(bn_param["running_var"], var, momentum)
    else:
        mean, var = bn_param["running_mean"], bn_param["running_var"]
    std = torch.sqrt(var + eps)
    normal = (x - mean) / std
    return gamma * normal + beta, (normal, std, gamma)
    # END SOLUTION


def batchnorm_backward(
    dout: torch.Tensor, cache: object
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The gradient of batch normalization in train mode.

    Args:
        dout: dL/d(out), (N, D).
        cache: what batchnorm_forward returned in train mode.

    Returns:
        dx: (N, D). The batch's mean and variance depend on x too.
        dgamma, dbeta: (D,).
    """
    # BEGIN SOLUTION
    normal, std, gamma = cache
    dnormal = dout * gamma
    dx = (dnormal - dnormal.mean(dim=0) - normal * (dnormal * normal).mean(dim=0)) / std
    return dx, (dout * normal).sum(dim=0), dout.sum(dim=0)
    # END SOLUTION


# BEGIN SOLUTION
def pixels_as_rows(x):
    """(N, C, H, W) as (N·H·W, C): every pixel is an example, every channel a column."""
    return x.permute(0, 2, 3, 1).reshape(-1, x.shape[1])


def rows_as_pixels(rows, shape):
    """The way back."""
    n, c, h, w = shape
    return rows.reshape(n, h, w, c).permute(0, 3, 1, 2)


# END SOLUTION


def spatial_batchnorm_forward(
    x: torch.Tensor, gamma: torch.Tensor, beta: torch.Tensor, bn_param: dict[str, Any]
) -> tuple[torch.Tensor, object]:
    """Batch normalization of each channel, over all examples and pixels.

    Args:
        x: (N, C, H, W).
        gamma, beta: (C,).
        bn_param: as in batchnorm_forward, with running statistics of shape (C,); a variance is a
            mean over the N·H·W numbers of a channel.

    Returns:
        out: (N, C, H, W).
        cache: what spatial_batchnorm_backward needs.
    """
    # BEGIN SOLUTION
    out, cache = batchnorm_forward(pixels_as_rows(x), gamma, beta, bn_param)
    return rows_as_pixels(out, x.shape), cache
    # END SOLUTION


def spatial_batchnorm_backward(
    dout: torch.Tensor, cache: object
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The gradient of spatial batch normalization in train mode.

    Args:
        dout: dL/d(out), (N, C, H, W).
        cache: what spatial_batchnorm_forward returned in train mode.

    Returns:
        dx: (N, C, H, W).
        dgamma, dbeta: (C,).
    """
    # BEGIN SOLUTION
    dx, dgamma, dbeta = batchnorm_backward(pixels_as_rows(dout), cache)
    return rows_as_pixels(dx, dout.shape), dgamma, dbeta
    # END SOLUTION


# BEGIN SOLUTION
def normalise_rows(rows, eps):
    """Every row to mean 0 and variance 1; also the standard deviations, (rows, 1)."""
    centred = rows - rows.mean(dim=1, keepdim=True)
    std = torch.sqrt((centred**2).mean(dim=1, keepdim=True) + eps)
    return centred / std, std


def normalise_rows_backward(dnormal, normal, std):
    """The gradient through `normalise_rows`."""
    mean = dnormal.mean(dim=1, keepdim=True)
    return (dnormal - mean - normal * (dnormal * normal).mean(dim=1, keepdim=True)) / std


# END SOLUTION


def layernorm_forward(
    x: torch.Tensor, gamma: torch.Tensor, beta: torch.Tensor, ln_param: dict[str, Any]
) -> tuple[torch.Tensor, object]:
    """Layer normalization: each row by its own mean and 1/D variance.

    Args:
        x: (N, D).
        gamma, beta: (D,), one for each column.
        ln_param: "eps", 1e-5 if missing.

    Returns:
        out: (N, D).
        cache: what layernorm_backward needs.
    """
    # BEGIN SOLUTION
    normal, std = normalise_rows(x, ln_param.get("eps", 1e-5))
    return gamma * normal + beta, (normal, std, gamma)
    # END SOLUTION


def layernorm_backward(
    dout: torch.Tensor, cache: object
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The gradient of layer normalization.

    Args:
        dout: dL/d(out), (N, D).
        cache: what layernorm_forward returned.

    Returns:
        dx: (N, D).
        dgamma, dbeta: (D,).
    """
    # BEGIN SOLUTION
    normal, std, gamma = cache
    dx = normalise_rows_backward(dout * gamma, normal, std)
    return dx, (dout * normal).sum(dim=0), dout.sum(dim=0)
    # END SOLUTION


# BEGIN SOLUTION
def by_channel(parameter):
    """(C,) as (1, C, 1, 1), to act on images."""
    return parameter.reshape(1, -1, 1, 1)


def image_forward(x, gamma, beta, eps, rows):
    """Normalise `rows` groups of neighbouring numbers of x; gamma and beta by channel."""
    normal, std = normalise_rows(x.reshape(rows, -1), eps)
    out = by_channel(gamma) * normal.reshape(x.shape) + by_channel(beta)
    return out, (normal, std, gamma)


def image_backward(dout, cache):
    """The way back of `image_forward`."""
    normal, std, gamma = cache
    dnormal = (dout * by_channel(gamma)).reshape(normal.shape)
    dx = normalise_rows_backward(dnormal, normal, std).reshape(dout.shape)
    dgamma = (dout * normal.reshape(dout.shape)).sum(dim=(0, 2, 3))
    return dx, dgamma, dout.sum(dim=(0, 2, 3))


# END SOLUTION


def instancenorm_forward(
    x: torch.Tensor, gamma: torch.Tensor, beta: torch.Tensor, in_param: dict[str, Any]
) -> tuple[torch.Tensor, object]:
    """Instance normalization: each channel of each image by its own mean and variance.

    Args:
        x: (N, C, H, W), H·W > 1.
        gamma, beta: (C,).
        in_param: "eps", 1e-5 if missing.

    Returns:
        out: (N, C, H, W).
        cache: what instancenorm_backward needs.
    """
    # BEGIN SOLUTION
    rows = x.shape[0] * x.shape[1]
    return image_forward(x, gamma, beta, in_param.get("eps", 1e-5), rows)
    # END SOLUTION


def instancenorm_backward(
    dout: torch.Tensor, cache: object
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The gradient of instance normalization.

    Args:
        dout: dL/d(out), (N, C, H, W).
        cache: what instancenorm_forward returned.

    Returns:
        dx: (N, C, H, W).
        dgamma, dbeta: (C,).
    """
    # BEGIN SOLUTION
    return image_backward(dout, cache)
    # END SOLUTION


def groupnorm_forward(
    x: torch.Tensor,
    gamma: torch.Tensor,
    beta: torch.Tensor,
    groups: int,
    gn_param: dict[str, Any],
) -> tuple[torch.Tensor, object]:
    """Group normalization: each group of neighbouring channels of each image by its own statistics.

    Args:
        x: (N, C, H, W).
        gamma, beta: (C,), one for each channel, not for each group.
        groups: divides C; the first C / groups channels are the first group, and so on.
        gn_param: "eps", 1e-5 if missing.

    Returns:
        out: (N, C, H, W).
        cache: what groupnorm_backward needs.
    """
    # BEGIN SOLUTION
    return image_forward(x, gamma, beta, gn_param.get("eps", 1e-5), x.shape[0] * groups)
    # END SOLUTION


def groupnorm_backward(
    dout: torch.Tensor, cache: object
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The gradient of group normalization.

    Args:
        dout: dL/d(out), (N, C, H, W).
        cache: what groupnorm_forward returned.

    Returns:
        dx: (N, C, H, W).
        dgamma, dbeta: (C,).
    """
    # BEGIN SOLUTION
    return image_backward(dout, cache)
    # END SOLUTION


def fold_linear(
    w: torch.Tensor,
    b: torch.Tensor,
    gamma: torch.Tensor,
    beta: torch.Tensor,
    running_mean: torch.Tensor,
    running_var: torch.Tensor,
    eps: float = 1e-5,
) -> tuple[torch.Tensor, torch.Tensor]:
    """Fold batchnorm in test mode into the linear layer x @ w + b before it.

    Args:
        w: (Din, Dout).
        b, gamma, beta, running_mean, running_var: (Dout,).
        eps: the batchnorm's.

    Returns:
        w, b: of a linear layer that equals both layers together.
    """
    # BEGIN SOLUTION
    scale = gamma / torch.sqrt(running_var + eps)
    return w * scale, (b - running_mean) * scale + beta
    # END SOLUTION


def fold_conv(
    w: torch.Tensor,
    b: torch.Tensor,
    gamma: torch.Tensor,
    beta: torch.Tensor,
    running_mean: torch.Tensor,
    running_var: torch.Tensor,
    eps: float = 1e-5,
) -> tuple[torch.Tensor, torch.Tensor]:
    """Fold spatial batchnorm in test mode into the convolution before it.

    Args:
        w: (Cout, Cin, k, k).
        b, gamma, beta, running_mean, running_var: (Cout,).
        eps: the batchnorm's.

    Returns:
        w, b: of a convolution that equals both layers together.
    """
    # BEGIN SOLUTION
    scale = gamma / torch.sqrt(running_var + eps)
    return w * scale.reshape(-1, 1, 1, 1), (b - running_mean) * scale + beta
    # END SOLUTION


# BEGIN SOLUTION
def cross_entropy(scores, y):
    """The mean softmax cross-entropy of a batch, and its gradient by the scores."""
    rows = torch.arange(len(y), device=y.device)
    log_share = scores - scores.logsumexp(dim=1, keepdim=True)
    dscores = log_share.exp()
    dscores[rows, y] -= 1
    return -log_share[rows, y].mean(), dscores / len(y)


def network_forward(x, params, bn_params):
    """Scores of a batch, and what the way back needs of each layer."""
    kept = []
    for (w, b, gamma, beta), bn_param in zip(params[:-1], bn_params, strict=True):
        normal, cache = batchnorm_forward(x @ w + b, gamma, beta, bn_param)
        kept.append((x, cache, normal > 0))
        x = normal * (normal > 0)
    w, b = params[-1]
    return x @ w + b, (kept, x)


def network_backward(dscores, params, cache):
    """The gradient by each parameter, in the form of params."""
    kept, last = cache
    gradients = [(last.T @ dscores, dscores.sum(dim=0))]
    dx = dscores @ params[-1][0].T
    for (w, _, _, _), (x, bn_cache, alive) in zip(params[-2::-1], kept[::-1], strict=True):
        dz, dgamma, dbeta = batchnorm_backward(dx * alive, bn_cache)
        gradients.append((x.T @ dz, dz.sum(dim=0), dgamma, dbeta))
        dx = dz @ w.T
    return gradients[::-1]


# END SOLUTION


def train_batchnorm_mlp(
    x: torch.Tensor,
    y: torch.Tensor,
    params: list[tuple[torch.Tensor, ...]],
    batches: list[torch.Tensor],
    lr: float,
) -> tuple[list[tuple[torch.Tensor, ...]], list[dict[str, torch.Tensor]], list[float]]:
    """Train a network with batchnorm in every hidden layer by plain minibatch SGD.

    A hidden layer is linear, batchnorm, ReLU; the last one is linear; the loss is the mean softmax
    cross-entropy of the batch. eps is 1e-5, momentum 0.9, running statistics start at 0 and 1. New
    tensors are on the device and in the dtype of x.

    Args:
        x: (N, D).
        y: (N,), int64 class labels.
        params: (w, b, gamma, beta) of each hidden layer, then (w, b) of the last; w is (Din, Dout).
        batches: int64 indices into x and y, one tensor a step; they differ in length.
        lr: every parameter is moved by -lr times its gradient.

    Returns:
        params: the trained ones, in the form in which they came.
        running: {"running_mean": …, "running_var": …} of each hidden layer.
        losses: the loss of each batch before its step, as floats.
    """
    # BEGIN SOLUTION
    params = [tuple(parameter.clone() for parameter in layer) for layer in params]
    bn_params = [
        {
            "mode": "train",
            "eps": 1e-5,
            "momentum": 0.9,
            "running_mean": torch.zeros_like(beta),
            "running_var": torch.ones_like(beta),
        }
        for _, _, _, beta in params[:-1]
    ]
    losses = []
    for batch in batches:
        scores, cache = network_forward(x[batch], params, bn_params)
        loss, dscores = cross_entropy(scores, y[batch])
        losses.append(loss.item())
        gradients = network_backward(dscores, params, cache)
        params = [
            tuple(value - lr * slope for value, slope in zip(layer, by_layer, strict=True))
            for layer, by_layer in zip(params, gradients, strict=True)
        ]
    running = [
        {name: bn_param[name] for name in ("running_mean", "running_var")} for bn_param in bn_params
    ]
    return params, running, losses
    # END SOLUTION
