"""Preparing data: centring, scaling, PCA and whitening, and two ways to see why it helps.

Write the bodies; keep the names and the arguments. Formulas and conventions are in README.md.

Images are (N, C, H, W), matrices (N, D) with an example in each row. Statistics divide by N, the
number of values that are averaged, not by N - 1. Results have the dtype of the first argument;
arguments are never modified. Statistics are fitted on the training data and handed to the functions
that apply them: those use what they are given, whatever data they are applied to.
"""

from __future__ import annotations

import torch

# BEGIN SOLUTION
# The solution: two-pass statistics, a symmetric eigenproblem, a loss that does not overflow.
# isort: split
from torch import Tensor
from torch.nn.functional import softplus

NO_SPREAD = 1e-12
"""A standard deviation below this is a constant channel's, but for rounding."""


def per_channel(statistic: Tensor) -> Tensor:
    """(C,) as (C, 1, 1), so that it stands beside (N, C, H, W); (C, H, W) as it is."""
    return statistic[:, None, None] if statistic.ndim == 1 else statistic


# END SOLUTION


def fit_mean_image(train: torch.Tensor) -> torch.Tensor:
    """The mean of the training images, pixel by pixel (AlexNet).

    Args:
        train: (N, C, H, W).

    Returns:
        (C, H, W).
    """
    # BEGIN SOLUTION
    return train.mean(dim=0)
    # END SOLUTION


def fit_channel_mean(train: torch.Tensor) -> torch.Tensor:
    """The mean of each channel over all training images and all places (VGG).

    Args:
        train: (N, C, H, W).

    Returns:
        (C,).
    """
    # BEGIN SOLUTION
    return train.mean(dim=(0, 2, 3))
    # END SOLUTION


def fit_channel_mean_std(train: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """The mean and the standard deviation of each channel (ResNet).

    Args:
        train: (N, C, H, W).

    Returns:
        mean: (C,).
        std: (C,), with 1/(N*H*W) under the root; 0 for a channel that is constant.
    """
    # BEGIN SOLUTION
    mean = fit_channel_mean(train)
    std = (train - per_channel(mean)).square().mean(dim=(0, 2, 3)).sqrt()
    return mean, torch.where(std < NO_SPREAD, torch.zeros_like(std), std)
    # END SOLUTION


def normalize(x: torch.Tensor, mean: torch.Tensor, std: torch.Tensor | None = None) -> torch.Tensor:
    """Apply training statistics to images of any split: (x - mean) / std.

    Args:
        x: (N, C, H, W), training or test images, N may be 1.
        mean: (C, H, W) or (C,), as fitted on the training images.
        std: (C,), or None to subtract the mean alone. A channel whose std is 0 is divided by 1.

    Returns:
        (N, C, H, W).
    """
    # BEGIN SOLUTION
    centred = x - per_channel(mean)
    if std is None:
        return centred
    return centred / per_channel(torch.where(std < NO_SPREAD, torch.ones_like(std), std))
    # END SOLUTION


def fit_pca(
    x: torch.Tensor, k: int | None = None
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The directions of largest variance: eigenvectors of the covariance of the training data.

    Args:
        x: (N, D), N > D.
        k: how many directions to keep; None keeps all D.

    Returns:
        mean: (D,).
        components: (k, D), a unit vector in each row, orthogonal to one another, largest variance
            first. Signs are yours, and so is the choice among directions of equal variance.
        eigenvalues: (k,), the variances (1/N) along the components, descending.
    """
    # BEGIN SOLUTION
    mean = x.mean(dim=0)
    centred = x - mean
    eigenvalues, vectors = torch.linalg.eigh(centred.T @ centred / len(x))
    # eigh gives them ascending, an eigenvector in each column; rounding may push 0 below 0.
    kept = slice(None, k)
    return mean, vectors.flip(1).T[kept].clone(), eigenvalues.flip(0)[kept].clamp(min=0)
    # END SOLUTION


def pca_transform(x: torch.Tensor, mean: torch.Tensor, components: torch.Tensor) -> torch.Tensor:
    """The coordinates of centred data along the components.

    Args:
        x: (N, D), any split.
        mean: (D,), of the training data.
        components: (k, D), orthonormal rows.

    Returns:
        (N, k).
    """
    # BEGIN SOLUTION
    return (x - mean) @ components.T
    # END SOLUTION


def pca_inverse(z: torch.Tensor, mean: torch.Tensor, components: torch.Tensor) -> torch.Tensor:
    """Back from coordinates to data; what the dropped components held is lost.

    Args:
        z: (N, k), what pca_transform gives.
        mean: (D,).
        components: (k, D), orthonormal rows.

    Returns:
        (N, D).
    """
    # BEGIN SOLUTION
    return z @ components + mean
    # END SOLUTION


def whiten(
    x: torch.Tensor,
    mean: torch.Tensor,
    components: torch.Tensor,
    eigenvalues: torch.Tensor,
    eps: float = 1e-5,
) -> torch.Tensor:
    """Coordinates along the components, each divided by sqrt(eigenvalue + eps).

    Args:
        x: (N, D), any split.
        mean: (D,).
        components: (k, D), orthonormal rows.
        eigenvalues: (k,), not negative; may be 0.
        eps: a float, positive.

    Returns:
        (N, k).
    """
    # BEGIN SOLUTION
    return pca_transform(x, mean, components) / (eigenvalues + eps).sqrt()
    # END SOLUTION


# BEGIN SOLUTION
def logistic_loss(x: Tensor, y: Tensor, w: Tensor) -> Tensor:
    """The mean of log(1 + exp(-margin)), finite for any margin."""
    return softplus(-y * (x @ w)).mean()


# END SOLUTION


def loss_sensitivity(
    x: torch.Tensor, y: torch.Tensor, w: torch.Tensor, delta: torch.Tensor
) -> float:
    """How much the loss of a linear classifier changes when its weights move a little.

    The loss is the mean over examples of log(1 + exp(-y * (x @ w))).

    Args:
        x: (N, D).
        y: (N,), -1.0 or +1.0.
        w: (D,), the weights.
        delta: (D,), by which they move.

    Returns:
        A Python float, |loss at w + delta - loss at w|; finite for margins of 800 too.
    """
    # BEGIN SOLUTION
    return (logistic_loss(x, y, w + delta) - logistic_loss(x, y, w)).abs().item()
    # END SOLUTION


def weight_gradient_signs(x: torch.Tensor, upstream: torch.Tensor) -> float:
    """The share of examples whose weight gradient has one sign in all its entries.

    The gradient of example i by the weights of a linear unit is upstream[i] * x[i].

    Args:
        x: (N, D).
        upstream: (N,), dL/d(output) of each example. No gradient entry is 0.

    Returns:
        A Python float between 0 and 1.
    """
    # BEGIN SOLUTION
    positive = upstream[:, None] * x > 0
    one_sign = positive.all(dim=1) | ~positive.any(dim=1)
    return one_sign.double().mean().item()
    # END SOLUTION
