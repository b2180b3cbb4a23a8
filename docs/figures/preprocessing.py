"""Write assignments/preprocessing/figure.svg: what each way of preparing data does to them.

Needs matplotlib. Above, one cloud of points; below, images of handwritten digits from
assignments/preprocessing/data.

    python docs/figures/preprocessing.py
"""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from numpy.typing import NDArray

FOLDER = Path(__file__).resolve().parents[2] / "assignments" / "preprocessing"
SHOWN, KEPT, EPS = 4, 12, 1e-1


def main() -> None:
    """Draw the figure; the same versions of numpy and matplotlib give the same bytes again."""
    mpl.use("svg")
    # Without a salt and with a date, the file would differ from run to run.
    mpl.rcParams.update({"svg.hashsalt": "preprocessing", "font.size": 8})
    figure = plt.figure(figsize=(9.0, 6.2), layout="constrained")
    above, below = figure.subfigures(2, 1, height_ratios=[1.0, 2.0])
    draw_clouds(list(above.subplots(1, 5)))
    draw_digits(below.subplots(SHOWN, 7))
    figure.savefig(FOLDER / "figure.svg", metadata={"Date": None})


def components_of(x: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Components (rows) and eigenvalues of centred data, descending.

    The largest entry of a component is made positive: its sign is free, and the picture is not.
    """
    eigenvalues, vectors = np.linalg.eigh(x.T @ x / len(x))
    rows = vectors.T[::-1]
    largest = np.take_along_axis(rows, np.abs(rows).argmax(axis=1)[:, None], axis=1)
    return rows * np.sign(largest), np.maximum(eigenvalues[::-1], 0.0)


def draw_clouds(axes: list[Axes]) -> None:
    """One cloud as it came, centred, scaled, turned onto its components, whitened."""
    rng = np.random.Generator(np.random.PCG64(7))
    x = rng.normal(size=(160, 2)) @ np.asarray([[1.9, 1.2], [0.0, 0.5]]) + np.asarray([4.0, 3.0])
    centred = x - x.mean(axis=0)
    components, eigenvalues = components_of(centred)
    scores = centred @ components.T
    clouds = {
        "as it came": x,
        "centred": centred,
        "divided by std": centred / x.std(axis=0),
        "along the components": scores,
        "whitened": scores / np.sqrt(eigenvalues),
    }
    for ax, (title, cloud) in zip(axes, clouds.items(), strict=True):
        ax.axhline(0, color="0.6", linewidth=0.6)
        ax.axvline(0, color="0.6", linewidth=0.6)
        ax.scatter(*cloud.T, s=4, zorder=2)
        ax.set(
            title=title, xlim=(-6.5, 9.5), ylim=(-6.5, 9.5), xticks=[], yticks=[], aspect="equal"
        )


def draw_digits(axes: NDArray[np.object_]) -> None:
    """Digits, and what centring, scaling, PCA and whitening make of each, in rows."""
    with np.load(FOLDER / "data" / "digits.npz", allow_pickle=False) as digits:
        images = digits["images"].astype(np.float64)
    x = images.reshape(len(images), -1)
    mean = x.mean(axis=0)
    centred = x - mean
    components, eigenvalues = components_of(centred)
    scores = centred @ components.T
    back = scores[:, :KEPT] @ components[:KEPT] + mean
    columns = {
        "digit,\n0 to 16": (x, 0.0, 16.0),
        "mean image": (np.tile(mean, (len(x), 1)), 0.0, 16.0),
        "digit -\nmean image": (centred, -16.0, 16.0),
        "by the mean and\nstd of the channel": ((x - x.mean()) / x.std(), -2.5, 2.5),
        f"back from {KEPT} of\n64 coordinates": (back, 0.0, 16.0),
        f"components\n1 to {SHOWN}": (components, -0.4, 0.4),
        "whitened and\nturned back": (
            scores / np.sqrt(eigenvalues + EPS) @ components, -2.5, 2.5,
        ),
    }  # fmt: skip
    for column, (title, (rows, low, high)) in enumerate(columns.items()):
        axes[0, column].set_title(title)
        for ax, row in zip(axes[:, column], rows, strict=False):
            # Where 0 is the middle, colours say so; elsewhere ink is dark.
            colours = "gray_r" if low == 0 else "RdBu_r"
            ax.imshow(row.reshape(8, 8), cmap=colours, vmin=low, vmax=high)
            ax.set(xticks=[], yticks=[])


if __name__ == "__main__":
    main()
