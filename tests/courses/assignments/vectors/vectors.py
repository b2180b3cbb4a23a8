"""Three functions on numpy arrays; README.md says what they do."""

from __future__ import annotations

import numpy as np


def center_forward(x: np.ndarray) -> tuple[np.ndarray, object]:
    """Subtract from every column of x, (N, D), its mean; return (out, cache)."""
    raise NotImplementedError("write center_forward here")


def center_backward(dout: np.ndarray, cache: object) -> np.ndarray:
    """The gradient of the loss by x, (N, D), from dout, (N, D), and the cache."""
    raise NotImplementedError("write center_backward here")


def running_mean(xs: np.ndarray, decay: float) -> np.ndarray:
    """The exponential running mean of xs, (T,) or (T, D), started at xs[0]; the shape of xs."""
    raise NotImplementedError("write running_mean here")
