"""Three functions on numpy arrays; README.md says what they do."""

from __future__ import annotations

import numpy as np


def center_forward(x: np.ndarray) -> tuple[np.ndarray, object]:
    """Subtract from every column of x, (N, D), its mean; return (out, cache)."""
    # BEGIN SOLUTION
    return x - x.mean(axis=0), None
    # END SOLUTION


def center_backward(dout: np.ndarray, cache: object) -> np.ndarray:
    """The gradient of the loss by x, (N, D), from dout, (N, D), and the cache."""
    # BEGIN SOLUTION
    return dout - dout.mean(axis=0)
    # END SOLUTION


def running_mean(xs: np.ndarray, decay: float) -> np.ndarray:
    """The exponential running mean of xs, (T,) or (T, D), started at xs[0]; the shape of xs."""
    # BEGIN SOLUTION
    means = np.array(xs, dtype=float)
    for t in range(1, len(means)):
        means[t] = decay * means[t - 1] + (1 - decay) * means[t]
    return means
    # END SOLUTION
