"""Where weights start, and what that does to a deep network.

Write the bodies; keep the names and the arguments. Definitions and conventions are in README.md.

Weights of a linear layer are (Din, Dout), used as `x @ w`; those of a convolution are
(Cout, Cin, k, k). Every random number comes from `generator`: the same seed gives the same result,
and the global generators of torch, numpy and `random` stay as they were. Arguments are never
modified; every mean and standard deviation divides by the number of values.
"""

from __future__ import annotations

import torch

# BEGIN SOLUTION
# The solution: every random number comes from the generator, every statistic divides by N.
#
# `train_relu_net` is not asked of students: it is the course's own training, which the check of the
# deep net runs with the weights that a student's `kaiming_linear` made.
# isort: split
import math
from itertools import pairwise

from torch import Tensor

# END SOLUTION


def small_random(
    din: int, dout: int, std: float = 0.01, generator: torch.Generator | None = None
) -> torch.Tensor:
    """Weights from the normal distribution with mean 0 and standard deviation `std`.

    Returns:
        (Din, Dout), float32 or float64.
    """
    # BEGIN SOLUTION
    return std * torch.randn(din, dout, generator=generator)
    # END SOLUTION


def xavier_linear(din: int, dout: int, generator: torch.Generator | None = None) -> torch.Tensor:
    """Weights with mean 0 and standard deviation 1/sqrt(Din).

    Returns:
        (Din, Dout), float32 or float64.
    """
    # BEGIN SOLUTION
    return torch.randn(din, dout, generator=generator) / math.sqrt(din)
    # END SOLUTION


def xavier_conv(
    cin: int, cout: int, k: int, generator: torch.Generator | None = None
) -> torch.Tensor:
    """The same for a convolution with k x k filters: Din is what one output number sums over.

    Returns:
        (Cout, Cin, k, k), float32 or float64.
    """
    # BEGIN SOLUTION
    return torch.randn(cout, cin, k, k, generator=generator) / math.sqrt(k * k * cin)
    # END SOLUTION


def kaiming_linear(din: int, dout: int, generator: torch.Generator | None = None) -> torch.Tensor:
    """Weights with mean 0 and standard deviation sqrt(2/Din).

    Returns:
        (Din, Dout), float32 or float64.
    """
    # BEGIN SOLUTION
    return torch.randn(din, dout, generator=generator) * math.sqrt(2 / din)
    # END SOLUTION


def kaiming_conv(
    cin: int, cout: int, k: int, generator: torch.Generator | None = None
) -> torch.Tensor:
    """The same for a convolution with k x k filters.

    Returns:
        (Cout, Cin, k, k), float32 or float64.
    """
    # BEGIN SOLUTION
    return torch.randn(cout, cin, k, k, generator=generator) * math.sqrt(2 / (k * k * cin))
    # END SOLUTION


def positive_bias(dout: int, value: float = 0.01) -> torch.Tensor:
    """Biases that start a little above zero, so that a ReLU unit begins alive.

    Returns:
        (Dout,), each entry `value`; float32 or float64.
    """
    # BEGIN SOLUTION
    return torch.full((dout,), value)
    # END SOLUTION


# BEGIN SOLUTION
def activated(z: Tensor, activation: str) -> Tensor:
    """tanh or ReLU of z."""
    return torch.tanh(z) if activation == "tanh" else z.clamp(min=0)


def local_slope(out: Tensor, activation: str) -> Tensor:
    """The derivative of the activation, from its output."""
    return 1 - out * out if activation == "tanh" else (out > 0).to(out.dtype)


# END SOLUTION


def activation_statistics(
    x: torch.Tensor, weights: list[torch.Tensor], activation: str
) -> tuple[torch.Tensor, torch.Tensor]:
    """Mean and standard deviation of what each layer puts out.

    Args:
        x: (N, D), the input; it is not counted.
        weights: L matrices; each layer is its activation applied to (input @ w).
        activation: "tanh" or "relu", the same in every layer, the last one included.

    Returns:
        means: (L,), over all entries of the layer's output, first layer first.
        stds: (L,).
    """
    # BEGIN SOLUTION
    means, stds = [], []
    for w in weights:
        x = activated(x @ w, activation)
        means.append(x.mean())
        stds.append(x.std(correction=0))
    return torch.stack(means), torch.stack(stds)
    # END SOLUTION


def gradient_statistics(
    x: torch.Tensor, weights: list[torch.Tensor], activation: str, upstream: torch.Tensor
) -> torch.Tensor:
    """Standard deviation of the gradient of the loss by each layer's weights.

    Args:
        x, weights, activation: as in activation_statistics.
        upstream: the gradient of the loss by the last layer's output, after its activation.

    Returns:
        stds: (L,), over all entries of dL/dW, first layer first.
    """
    # BEGIN SOLUTION
    outputs = [x]
    for w in weights:
        outputs.append(activated(outputs[-1] @ w, activation))
    stds = []
    for layer in reversed(range(len(weights))):
        dz = upstream * local_slope(outputs[layer + 1], activation)
        stds.insert(0, (outputs[layer].T @ dz).std(correction=0))
        upstream = dz @ weights[layer].T
    return torch.stack(stds)
    # END SOLUTION


# --- bonus: one function a paper --------------------------------------------------------------


def orthogonal(
    din: int, dout: int, gain: float = 1.0, generator: torch.Generator | None = None
) -> torch.Tensor:
    """A random orthogonal matrix times `gain` (Saxe, McClelland, Ganguli 2013).

    Returns:
        W (Din, Dout), with W.T @ W = gain² I where Din >= Dout, else W @ W.T = gain² I.
    """
    # BEGIN SOLUTION
    tall = torch.randn(max(din, dout), min(din, dout), generator=generator)
    q, r = torch.linalg.qr(tall)
    # QR alone favours some rotations; with the signs of R's diagonal all are equally likely.
    q = q * torch.sign(torch.diagonal(r))
    return gain * (q if din >= dout else q.T)
    # END SOLUTION


def random_walk(
    dims: list[int], activation: str, generator: torch.Generator | None = None
) -> list[torch.Tensor]:
    """Weights whose gain keeps the logarithm of a norm unbiased (Sussillo, Abbott 2014).

    Args:
        dims: the widths; dims[0] is the input's.
        activation: "linear" or "relu".

    Returns:
        One matrix (dims[i], dims[i+1]) for each pair of neighbours, with mean 0.
    """
    # BEGIN SOLUTION
    weights = []
    for din, dout in pairwise(dims):
        if activation == "relu":
            gain = math.sqrt(2) * math.exp(1.2 / (max(din, 6) - 2.4))
        else:
            gain = math.exp(1 / (2 * din))
        weights.append(gain / math.sqrt(din) * torch.randn(din, dout, generator=generator))
    return weights
    # END SOLUTION


def data_dependent(
    x: torch.Tensor, weights: list[torch.Tensor]
) -> tuple[list[torch.Tensor], list[torch.Tensor]]:
    """Scale and shift each unit by what it does to a batch (Krähenbühl et al. 2015).

    Args:
        x: (N, D).
        weights: L matrices; ReLU stands between the layers.

    Returns:
        weights: L matrices of the same shapes.
        biases: L vectors.
    """
    # BEGIN SOLUTION
    scaled, biases = [], []
    for w in weights:
        z = x @ w
        mean, std = z.mean(dim=0), z.std(dim=0, correction=0)
        scaled.append(w / std)
        biases.append(-mean / std)
        x = (x @ scaled[-1] + biases[-1]).clamp(min=0)
    return scaled, biases
    # END SOLUTION


def lsuv(
    x: torch.Tensor,
    weights: list[torch.Tensor],
    tolerance: float = 0.01,
    max_iterations: int = 10,
) -> list[torch.Tensor]:
    """Scale each layer until its pre-activations have unit variance (Mishkin, Matas 2015).

    Args:
        x: (N, D).
        weights: L orthonormal matrices; ReLU stands between the layers.
        tolerance: how far from 1 the standard deviation may be.
        max_iterations: how often one layer is rescaled at most.

    Returns:
        L matrices, each a multiple of the one that was given.
    """
    # BEGIN SOLUTION
    scaled = []
    for w in weights:
        for _ in range(max_iterations):
            std = (x @ w).std(correction=0)
            if abs(std - 1) <= tolerance:
                break
            w = w / std
        scaled.append(w)
        x = (x @ w).clamp(min=0)
    return scaled
    # END SOLUTION


def fixup(
    num_blocks: int,
    dim: int,
    layers_per_block: int = 2,
    generator: torch.Generator | None = None,
) -> list[list[torch.Tensor]]:
    """Weights of a residual network without normalization (Zhang, Dauphin, Ma 2019).

    Returns:
        One list a block, of `layers_per_block` matrices (dim, dim) each.
    """
    # BEGIN SOLUTION
    std = math.sqrt(2 / dim) * num_blocks ** (-1 / (2 * layers_per_block - 2))
    blocks = []
    for _ in range(num_blocks):
        blocks.append(
            [torch.randn(dim, dim, generator=generator) * std for _ in range(layers_per_block - 1)]
        )
        blocks[-1].append(torch.zeros(dim, dim))
    return blocks
    # END SOLUTION


def lottery_ticket(
    initial: list[torch.Tensor], trained: list[torch.Tensor], keep: float
) -> tuple[list[torch.Tensor], list[torch.Tensor]]:
    """Prune a trained network and rewind what is left (Frankle, Carbin 2019).

    Args:
        initial, trained: the weights before and after training, layer by layer.
        keep: the share of all weights that is kept.

    Returns:
        masks: 1 where a weight is kept, else 0; the shapes of `initial`.
        rewound: the initial weights, 0 where they are pruned.
    """
    # BEGIN SOLUTION
    magnitudes = torch.cat([w.abs().flatten() for w in trained])
    kept = round(keep * magnitudes.numel())
    least = magnitudes.topk(kept).values.min()
    masks = [(w.abs() >= least).to(w.dtype) for w in trained]
    return masks, [mask * w for mask, w in zip(masks, initial, strict=True)]
    # END SOLUTION


# BEGIN SOLUTION
def train_relu_net(x, y, weights, batches, lr, momentum):
    """Momentum SGD on softmax cross-entropy, ReLU between the layers; weights and biases after."""
    weights = [w.to(x).clone() for w in weights]
    biases = [torch.zeros(w.shape[1], dtype=x.dtype, device=x.device) for w in weights]
    speeds = [torch.zeros_like(parameter) for parameter in (*weights, *biases)]
    y, rows = y.to(x.device), torch.arange(batches.shape[1], device=x.device)
    for batch in batches.to(x.device):
        layers = [x[batch]]
        for w, b in zip(weights[:-1], biases[:-1], strict=True):
            layers.append((layers[-1] @ w + b).clamp(min=0))
        dz = torch.softmax(layers[-1] @ weights[-1] + biases[-1], dim=1)
        dz[rows, y[batch]] -= 1
        dz /= len(batch)
        dw, db = [], []
        for w, layer in zip(reversed(weights), reversed(layers), strict=True):
            dw.insert(0, layer.T @ dz)
            db.insert(0, dz.sum(dim=0))
            dz = (dz @ w.T) * (layer > 0)
        for parameter, speed, step in zip((*weights, *biases), speeds, (*dw, *db), strict=True):
            speed.mul_(momentum).add_(step)
            parameter.sub_(speed, alpha=lr)
    return weights, biases


# END SOLUTION
