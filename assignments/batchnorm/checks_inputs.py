"""What several checks need: drawn arguments, and a training as its results are compared."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np

from grader import Draw

GRADIENTS = ("dx", "dgamma", "dbeta")


def columns(draw: Draw, n: int, d: int) -> np.ndarray:
    """x (n, d): every column with its own spread, and with an offset away from zero."""
    offset = draw.choice((-1.0, 1.0)) * draw.uniform(d, low=1.5, high=3.0)
    return offset + draw.uniform(d, low=0.3, high=1.6) * draw.normal(n, d)


def images(draw: Draw, n: int, c: int, h: int, w: int) -> np.ndarray:
    """x (n, c, h, w), every channel with its own spread and offset."""
    return columns(draw, n * h * w, c).reshape(n, h, w, c).transpose(0, 3, 1, 2).copy()


def scale_and_shift(draw: Draw, d: int) -> tuple[np.ndarray, np.ndarray]:
    """gamma and beta (d,), half of them negative: no output looks like the input by chance."""
    signs = np.where(np.arange(d) < d // 2, -1.0, 1.0)
    gamma = signs[draw.permutation(d)] * draw.uniform(d, low=0.5, high=2.0)
    return gamma, signs[draw.permutation(d)] * draw.uniform(d, low=0.2, high=1.0)


def bn_param(draw: Draw, d: int, mode: str = "train", **settings: float) -> dict[str, Any]:
    """A bn_param that has seen other batches before."""
    mean, var = draw.normal(d), draw.uniform(d, low=0.3, high=2.0)
    return {"mode": mode, **settings, "running_mean": mean, "running_var": var}


def network(
    draw: Draw, widths: tuple[int, ...], std: Callable[[int], float]
) -> list[tuple[np.ndarray, ...]]:
    """Initial parameters, none at its usual value; weights have the deviation std(fan in)."""
    params: list[tuple[np.ndarray, ...]] = []
    for din, dout in pairwise(widths[:-1]):
        w, b = draw.normal(din, dout, scale=std(din)), draw.normal(dout, scale=0.1)
        params.append((w, b, draw.uniform(dout, low=0.5, high=1.5), draw.normal(dout, scale=0.1)))
    last = draw.normal(*widths[-2:], scale=std(widths[-2]))
    return [*params, (last, draw.normal(widths[-1], scale=0.1))]


def trained(returned: Any) -> Any:
    """What a training returned, without further keys beside the running statistics."""
    if not isinstance(returned, (tuple, list)) or len(returned) != 3:
        return returned
    weights, statistics, path = returned
    if isinstance(statistics, (tuple, list)):
        statistics = [
            {name: seen[name] for name in ("running_mean", "running_var") if name in seen}
            if isinstance(seen, dict)
            else seen
            for seen in statistics
        ]
    return weights, statistics, path
