"""Draw assignments/batchnorm/figure.svg: what shares a mean in each layer, and what batchnorm buys.

Below, the losses of six hidden layers of 64 units on clouds of points, with batchnorm and without,
from two starts that need it. The same version of numpy and matplotlib gives the same bytes again.

    python docs/figures/batchnorm.py
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

FIGURE = Path(__file__).resolve().parents[2] / "assignments" / "batchnorm" / "figure.svg"

IMAGES, CHANNELS, PIXELS = 3, 4, 4
COLOURS = (
    *("#3b6ea5", "#b5532a", "#5b8c5a", "#8a6fa8", "#c2a03a", "#6c7a89"),
    *("#9cc3e6", "#e8a98a", "#a9d3a2", "#cdb8e0", "#ead78f", "#bcc5cd"),
)
LAYERS = {
    "batchnorm: a channel": lambda image, channel: channel,
    "layernorm: an image": lambda image, channel: image,
    "instancenorm: a channel of an image": lambda image, channel: image * CHANNELS + channel,
    "groupnorm, 2 groups": lambda image, channel: image * 2 + channel // 2,
}
STARTS = {
    "weights of std 0.01, learning rate 0.5": (0.01, 0.5),
    "Kaiming, learning rate 1": (None, 1.0),
}
WIDTHS = (32, 64, 64, 64, 64, 64, 64, 10)
STEPS, BATCH = 120, 64


def grid(axis: Axes, title: str, group: object) -> None:
    """One rectangle a number: images down, channels and their pixels across."""
    for image in range(IMAGES):
        for channel in range(CHANNELS):
            colour = COLOURS[group(image, channel)]
            for pixel in range(PIXELS):
                place = (channel * (PIXELS + 0.6) + pixel, IMAGES - image)
                patch = Rectangle(place, 0.9, 0.82, facecolor=colour, linewidth=0)
                axis.add_patch(patch)
    axis.set(xlim=(-0.3, CHANNELS * (PIXELS + 0.6)), ylim=(0.8, IMAGES + 1.1), xticks=[], yticks=[])
    axis.set_title(title, fontsize=9)
    axis.set_xlabel("channels, each with its pixels", fontsize=7)
    axis.set_ylabel("images", fontsize=7)
    axis.spines[:].set_visible(False)


def losses(std: float | None, lr: float, with_batchnorm: bool) -> list[float]:
    """The loss of each batch, by plain minibatch descent."""
    numbers = np.random.default_rng(3)
    centres = numbers.standard_normal((30, WIDTHS[0]))
    cloud = numbers.integers(0, 30, 1200)
    x, y = centres[cloud] + numbers.standard_normal((1200, WIDTHS[0])), cloud % 10
    params = [
        [numbers.standard_normal((i, o)) * (std or np.sqrt(2 / i)), np.ones(o), np.zeros(o)]
        for i, o in pairwise(WIDTHS)
    ]
    found = []
    with np.errstate(all="ignore"):  # without batchnorm one of them blows up
        for _ in range(STEPS):
            rows = numbers.permutation(1200)[:BATCH]
            found.append(step(x[rows], y[rows], params, lr, with_batchnorm))
    return found


def step(h: np.ndarray, y: np.ndarray, params: list, lr: float, with_batchnorm: bool) -> float:
    """One step of descent; the loss before it. The last layer is linear, without scale."""
    kept = []
    for w, gamma, beta in params[:-1]:
        z = h @ w
        std = np.sqrt(z.var(axis=0) + 1e-5) if with_batchnorm else np.ones(len(gamma))
        normal = (z - z.mean(axis=0)) / std if with_batchnorm else z
        out = gamma * normal + beta
        kept.append((h, normal, std, out > 0))
        h = np.maximum(out, 0.0)
    w, _, beta = params[-1]
    scores = h @ w + beta
    scores -= scores.max(axis=1, keepdims=True)
    share = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    loss = -np.log(share[np.arange(BATCH), y]).mean()
    share[np.arange(BATCH), y] -= 1
    dout = share / BATCH
    dh = dout @ w.T
    params[-1][0] = w - lr * h.T @ dout
    params[-1][2] = beta - lr * dout.sum(axis=0)
    for layer, (h, normal, std, alive) in zip(params[-2::-1], kept[::-1], strict=True):
        w, gamma, beta = layer
        dout = dh * alive
        dz = dout * gamma
        if with_batchnorm:
            dz = (dz - dz.mean(axis=0) - normal * (dz * normal).mean(axis=0)) / std
        dh = dz @ w.T
        layer[:] = (
            w - lr * h.T @ dz,
            gamma - lr * (dout * normal).sum(axis=0),
            beta - lr * dout.sum(axis=0),
        )
    return float(loss)


def draw() -> Figure:
    """Four grids above, two plots of losses below."""
    figure = Figure(figsize=(9.0, 5.2), layout="constrained")
    above, below = figure.subfigures(2, 1, height_ratios=(1.0, 1.7))
    for axis, (title, group) in zip(above.subplots(1, 4), LAYERS.items(), strict=True):
        grid(axis, title, group)
    axes = below.subplots(1, 2, sharey=True)
    for axis, (title, (std, lr)) in zip(axes, STARTS.items(), strict=True):
        for name, on, colour in (("with", True, COLOURS[0]), ("without", False, COLOURS[1])):
            axis.plot(losses(std, lr, on), color=colour, label=f"{name} batchnorm", linewidth=1.2)
        axis.set(ylim=(0.0, 5.0), xlabel="step")
        axis.set_title(title, fontsize=9)
        axis.tick_params(labelsize=7)
        axis.spines[["top", "right"]].set_visible(False)
    axes[0].set_ylabel("loss of the batch")
    axes[0].legend(frameon=False, fontsize=8)
    return figure


def main() -> None:
    """Write the figure."""
    with mpl.rc_context({"svg.hashsalt": "batchnorm", "svg.fonttype": "none"}):
        draw().savefig(FIGURE, metadata={"Date": None, "Creator": None})


if __name__ == "__main__":
    main()
