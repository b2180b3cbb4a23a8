"""What several checks are asked with."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader import Draw

Arguments = tuple[Any, ...]


def images(draw: Draw, n: int, c: int, h: int, w: int) -> np.ndarray:
    """Whole grey levels from 0 to 255; each channel has a level and a spread of its own."""
    level, spread = draw.uniform(c, low=5.0, high=110.0), draw.uniform(c, low=20.0, high=140.0)
    return np.floor(level[:, None, None] + spread[:, None, None] * draw.uniform(n, c, h, w))


def orthonormal(draw: Draw, k: int, d: int) -> np.ndarray:
    """(k, D), random directions at right angles to one another."""
    rows: np.ndarray = np.linalg.qr(draw.normal(d, k))[0].T
    return np.ascontiguousarray(rows)


def data_of(draw: Draw, n: int, variances: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(N, D) whose covariance has these eigenvalues, and the (D, D) components that belong."""
    d = len(variances)
    raw = draw.normal(n, d)
    scores = np.linalg.qr(raw - raw.mean(axis=0))[0] * np.sqrt(n)
    components = orthonormal(draw, d, d)
    level = draw.uniform(d, low=5.0, high=15.0)
    return scores * np.sqrt(variances) @ components + level, components
