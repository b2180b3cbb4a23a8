"""Where weights start, and what that does to a deep network.

Write the bodies; keep the names and the arguments. Definitions and conventions are in README.md.

Weights of a linear layer are (Din, Dout), used as `x @ w`; those of a convolution are
(Cout, Cin, k, k). Every random number comes from `generator`: the same seed gives the same result,
and the global generators of torch, numpy and `random` stay as they were. Arguments are never
modified; every mean and standard deviation divides by the number of values.
"""

from __future__ import annotations

import torch


def small_random(
    din: int, dout: int, std: float = 0.01, generator: torch.Generator | None = None
) -> torch.Tensor:
    """Weights from the normal distribution with mean 0 and standard deviation `std`.

    Returns:
        (Din, Dout), float32 or float64.
    """
    raise NotImplementedError("write small_random here")


def xavier_linear(din: int, dout: int, generator: torch.Generator | None = None) -> torch.Tensor:
    """Weights with mean 0 and standard deviation 1/sqrt(Din).

    Returns:
        (Din, Dout), float32 or float64.
    """
    raise NotImplementedError("write xavier_linear here")


def xavier_conv(
    cin: int, cout: int, k: int, generator: torch.Generator | None = None
) -> torch.Tensor:
    """The same for a convolution with k x k filters: Din is what one output number sums over.

    Returns:
        (Cout, Cin, k, k), float32 or float64.
    """
    raise NotImplementedError("write xavier_conv here")


def kaiming_linear(din: int, dout: int, generator: torch.Generator | None = None) -> torch.Tensor:
    """Weights with mean 0 and standard deviation sqrt(2/Din).

    Returns:
        (Din, Dout), float32 or float64.
    """
    raise NotImplementedError("write kaiming_linear here")


def kaiming_conv(
    cin: int, cout: int, k: int, generator: torch.Generator | None = None
) -> torch.Tensor:
    """The same for a convolution with k x k filters.

    Returns:
        (Cout, Cin, k, k), float32 or float64.
    """
    raise NotImplementedError("write kaiming_conv here")


def positive_bias(dout: int, value: float = 0.01) -> torch.Tensor:
    """Biases that start a little above zero, so that a ReLU unit begins alive.

    Returns:
        (Dout,), each entry `value`; float32 or float64.
    """
    raise NotImplementedError("write positive_bias here")


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
    raise NotImplementedError("write activation_statistics here")


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
    raise NotImplementedError("write gradient_statistics here")


# --- bonus: one function a paper --------------------------------------------------------------


def orthogonal(
    din: int, dout: int, gain: float = 1.0, generator: torch.Generator | None = None
) -> torch.Tensor:
    """A random orthogonal matrix times `gain` (Saxe, McClelland, Ganguli 2013).

    Returns:
        W (Din, Dout), with W.T @ W = gain² I where Din >= Dout, else W @ W.T = gain² I.
    """
    raise NotImplementedError("write orthogonal here")


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
    raise NotImplementedError("write random_walk here")


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
    raise NotImplementedError("write data_dependent here")


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
    raise NotImplementedError("write lsuv here")


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
    raise NotImplementedError("write fixup here")


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
    raise NotImplementedError("write lottery_ticket here")
