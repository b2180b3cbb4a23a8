"""Draw assignments/initialization/figure.svg: histograms of six layers for five starts.

The lecture's network: 4096 units a layer, batch 16, inputs from N(0, 1). The starts are neither
named nor in order, because the questions ask what each of them does. The same version of numpy and
matplotlib gives the same bytes again.

    python docs/figures/initialization.py
"""

from __future__ import annotations

import math
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

FIGURE = Path(__file__).resolve().parents[2] / "assignments" / "initialization" / "figure.svg"

WIDTH, BATCH, LAYERS = 4096, 16, 6
STARTS = (
    ("A, tanh", 1 / math.sqrt(WIDTH), "tanh"),
    ("B, tanh", 0.01, "tanh"),
    ("C, tanh", 0.05, "tanh"),
    ("D, ReLU", math.sqrt(2 / WIDTH), "relu"),
    ("E, ReLU", 1 / math.sqrt(WIDTH), "relu"),
)
COLOURS = {"tanh": "#3b6ea5", "relu": "#b5532a"}


def outputs(std: float, activation: str, seed: int) -> list[np.ndarray]:
    """What each layer puts out."""
    numbers = np.random.default_rng(seed)
    x, found = numbers.standard_normal((BATCH, WIDTH)), []
    for _ in range(LAYERS):
        z = x @ (std * numbers.standard_normal((WIDTH, WIDTH)))
        x = np.tanh(z) if activation == "tanh" else np.maximum(z, 0.0)
        found.append(x)
    return found


def draw() -> Figure:
    """One row a start, one column a layer; shares of the batch, the highest bin cut off."""
    figure = Figure(figsize=(9.0, 6.6), layout="constrained")
    axes = figure.subplots(len(STARTS), LAYERS, sharex="row", sharey=True)
    for row, (name, std, activation) in enumerate(STARTS):
        edges = np.linspace(-1, 1, 41) if activation == "tanh" else np.linspace(0, 2, 41)
        for layer, values in enumerate(outputs(std, activation, seed=7)):
            axis = axes[row, layer]
            counts, _ = np.histogram(values, edges)
            axis.stairs(counts / values.size, edges, fill=True, color=COLOURS[activation])
            axis.set(ylim=(0.0, 0.2), yticks=[])
            axis.tick_params(labelsize=7)
            axis.spines[["top", "left", "right"]].set_visible(False)
            if row == 0:
                axis.set_title(f"layer {layer + 1}", fontsize=9)
        axes[row, 0].set_ylabel(name, fontsize=9)
    return figure


def main() -> None:
    """Write the figure."""
    with mpl.rc_context({"svg.hashsalt": "initialization", "svg.fonttype": "none"}):
        draw().savefig(FIGURE, metadata={"Date": None, "Creator": None})


if __name__ == "__main__":
    main()
