"""Preparing data: centring, scaling, PCA and whitening, and two ways to see why it helps.

Write the bodies; keep the names and the arguments. Formulas and conventions are in README.md.

Images are (N, C, H, W), matrices (N, D) with an example in each row. Statistics divide by N, the
number of values that are averaged, not by N - 1. Results have the dtype of the first argument;
arguments are never modified. Statistics are fitted on the training data and handed to the functions
that apply them: those use what they are given, whatever data they are applied to.
"""

from __future__ import annotations

import torch


def fit_mean_image(train: torch.Tensor) -> torch.Tensor:
    """The mean of the training images, pixel by pixel (AlexNet).

    Args:
        train: (N, C, H, W).

    Returns:
        (C, H, W).
    """
    raise NotImplementedError("write fit_mean_image here")


def fit_channel_mean(train: torch.Tensor) -> torch.Tensor:
    """The mean of each channel over all training images and all places (VGG).

    Args:
        train: (N, C, H, W).

    Returns:
        (C,).
    """
    raise NotImplementedError("write fit_channel_mean here")


def fit_channel_mean_std(train: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """The mean and the standard deviation of each channel (ResNet).

    Args:
        train: (N, C, H, W).

    Returns:
        mean: (C,).
        std: (C,), with 1/(N*H*W) under the root; 0 for a channel that is constant.
    """
    raise NotImplementedError("write fit_channel_mean_std here")


def normalize(x: torch.Tensor, mean: torch.Tensor, std: torch.Tensor | None = None) -> torch.Tensor:
    """Apply training statistics to images of any split: (x - mean) / std.

    Args:
        x: (N, C, H, W), training or test images, N may be 1.
        mean: (C, H, W) or (C,), as fitted on the training images.
        std: (C,), or None to subtract the mean alone. A channel whose std is 0 is divided by 1.

    Returns:
        (N, C, H, W).
    """
    raise NotImplementedError("write normalize here")


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
    raise NotImplementedError("write fit_pca here")


def pca_transform(x: torch.Tensor, mean: torch.Tensor, components: torch.Tensor) -> torch.Tensor:
    """The coordinates of centred data along the components.

    Args:
        x: (N, D), any split.
        mean: (D,), of the training data.
        components: (k, D), orthonormal rows.

    Returns:
        (N, k).
    """
    raise NotImplementedError("write pca_transform here")


def pca_inverse(z: torch.Tensor, mean: torch.Tensor, components: torch.Tensor) -> torch.Tensor:
    """Back from coordinates to data; what the dropped components held is lost.

    Args:
        z: (N, k), what pca_transform gives.
        mean: (D,).
        components: (k, D), orthonormal rows.

    Returns:
        (N, D).
    """
    raise NotImplementedError("write pca_inverse here")


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
    raise NotImplementedError("write whiten here")


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
    raise NotImplementedError("write loss_sensitivity here")


def weight_gradient_signs(x: torch.Tensor, upstream: torch.Tensor) -> float:
    """The share of examples whose weight gradient has one sign in all its entries.

    The gradient of example i by the weights of a linear unit is upstream[i] * x[i].

    Args:
        x: (N, D).
        upstream: (N,), dL/d(output) of each example. No gradient entry is 0.

    Returns:
        A Python float between 0 and 1.
    """
    raise NotImplementedError("write weight_gradient_signs here")
