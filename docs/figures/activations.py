"""Draw assignments/activations/figure.svg: the outputs of the nine layers, one panel each.

Computed by the reference. Slopes are not drawn: the questions ask for some of them. The same
versions of torch and matplotlib give the same bytes again.

    python docs/figures/activations.py
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import matplotlib as mpl
import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from torch import Tensor

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "reference" / "activations"))

import activations  # noqa: E402 - the reference

FIGURE = ROOT / "assignments" / "activations" / "figure.svg"

X = torch.linspace(-4, 4, 161, dtype=torch.float64)
COLOURS = ("#3b6ea5", "#b5532a", "#5b8c5a")
PANELS: dict[str, tuple[str, str, tuple[float | None, ...]]] = {
    "sigmoid": ("sigmoid", "", (None,)),
    "tanh": ("tanh", "", (None,)),
    "ReLU": ("relu", "", (None,)),
    "Leaky ReLU": ("leaky_relu", "slope", (0.01, 0.1)),
    "PReLU": ("prelu", "α", (0.25, 1.5, -0.3)),
    "ELU": ("elu", "α", (1.0, 0.5)),
    "SELU": ("selu", "", (None,)),
    "swish": ("swish", "β", (1.0, 0.01, 10.0)),
}
"""Title: the layer, its parameter's name, and the values that are drawn; None where it has none."""
PIECES = ((0.8, 0.5), (-0.4, -0.5))
"""Weight and bias of both pieces of a maxout with one input and one output."""


def draw() -> Figure:
    """A panel a layer, all on the same scale; a curve for each value of a parameter."""
    figure = Figure(figsize=(9.0, 6.6), layout="constrained")
    axes = figure.subplots(3, 3, sharex=True, sharey=True)
    for axis, (title, panel) in zip(axes.flat, PANELS.items(), strict=False):
        for colour, (label, out) in zip(COLOURS, curves(*panel), strict=False):
            axis.plot(X, out, color=colour, label=label, linewidth=1.6)
        if panel[1]:
            axis.legend(fontsize=7, frameon=False, loc="upper left")
        prepare(axis, title)
    last = axes[-1, -1]
    maxout(last)
    prepare(last, "maxout")
    return figure


def curves(layer: str, name: str, values: tuple[float | None, ...]) -> Iterator[tuple[str, Tensor]]:
    """A label and the outputs for each value of the parameter."""
    forward = getattr(activations, f"{layer}_forward")
    for value in values:
        if value is None:
            yield "", forward(X)[0]
        else:
            parameter = torch.tensor(value, dtype=X.dtype) if layer == "prelu" else value
            yield f"{name} = {value:g}", forward(X, parameter)[0]


def maxout(axis: Axes) -> None:
    """Two linear pieces, and what comes out."""
    (w1, b1), (w2, b2) = (
        (torch.full((1, 1), w, dtype=X.dtype), torch.full((1,), b, dtype=X.dtype))
        for w, b in PIECES
    )
    out, _ = activations.maxout_forward(X[:, None], w1, b1, w2, b2)
    axis.plot(X, out[:, 0], color=COLOURS[0], linewidth=1.6, label="out")
    for colour, (w, b), name in zip(COLOURS[1:], PIECES, ("first", "second"), strict=True):
        label = f"{name} piece"
        axis.plot(X, w * X + b, "--", color=colour, linewidth=1.0, zorder=1, label=label)
    axis.legend(fontsize=7, frameon=False, loc="upper left")


def prepare(axis: Axes, title: str) -> None:
    """Thin lines through zero, the same range everywhere."""
    axis.axhline(0.0, color="#c8c8c8", linewidth=0.7, zorder=0)
    axis.axvline(0.0, color="#c8c8c8", linewidth=0.7, zorder=0)
    axis.set(xlim=(-4.0, 4.0), ylim=(-2.5, 4.2))
    axis.set_title(title, fontsize=10)
    axis.tick_params(labelsize=7)
    axis.spines[["top", "right"]].set_visible(False)


def main() -> None:
    """Write the figure."""
    with mpl.rc_context({"svg.hashsalt": "activations", "svg.fonttype": "none"}):
        draw().savefig(FIGURE, metadata={"Date": None, "Creator": None})


if __name__ == "__main__":
    main()
