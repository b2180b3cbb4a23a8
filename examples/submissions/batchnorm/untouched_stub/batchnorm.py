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
    raise NotImplementedError("write batchnorm_forward here")


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
    raise NotImplementedError("write batchnorm_backward here")


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
    raise NotImplementedError("write spatial_batchnorm_forward here")


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
    raise NotImplementedError("write spatial_batchnorm_backward here")


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
    raise NotImplementedError("write layernorm_forward here")


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
    raise NotImplementedError("write layernorm_backward here")


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
    raise NotImplementedError("write instancenorm_forward here")


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
    raise NotImplementedError("write instancenorm_backward here")


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
    raise NotImplementedError("write groupnorm_forward here")


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
    raise NotImplementedError("write groupnorm_backward here")


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
    raise NotImplementedError("write fold_linear here")


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
    raise NotImplementedError("write fold_conv here")


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
    raise NotImplementedError("write train_batchnorm_mlp here")
