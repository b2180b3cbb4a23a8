"""Draw assignments/finetuning/figure.svg: the lecture's 2x2 table as it comes out of an experiment.

The network of data/pretrained.npz goes to other digits than it was trained on, with other labels,
shrunk, shifted and noisy; for a different data set they are rotated in 64 dimensions as well. Means
over 20 draws. Needs matplotlib; about a minute.

    python docs/figures/finetuning.py
"""

from __future__ import annotations

import sys
from pathlib import Path

import matplotlib as mpl
import numpy as np
import torch
from matplotlib.figure import Figure
from torch import Tensor
from torch.nn import functional

ROOT = Path(__file__).resolve().parents[2]
ASSIGNMENT = ROOT / "assignments" / "finetuning"
sys.path[:0] = [str(ROOT / "reference" / "finetuning"), str(ASSIGNMENT)]

import finetuning  # noqa: E402 - the reference
from network import Net  # noqa: E402

FIGURE = ASSIGNMENT / "figure.svg"
DIGITS = ROOT / "assignments" / "preprocessing" / "data" / "digits.npz"
UNSEEN = slice(1, None, 2)

DRAWS, STEPS = 20, 100
AMOUNTS = (("little: 5 a class", 5), ("much: 40 a class", 40))
RATES = {False: 0.2, True: 1.0}
STRATEGIES = {
    "linear probe": "#3b6ea5",
    "probe on block1": "#7fb0d8",
    "fine-tune few": "#b5532a",
    "fine-tune many": "#e39a6f",
    "from scratch": "#9a9a9a",
}


def main() -> None:
    """Run the experiment and write the figure."""
    torch.set_num_threads(1)
    with mpl.rc_context({"svg.hashsalt": "finetuning", "svg.fonttype": "none"}):
        draw().savefig(FIGURE, metadata={"Date": None, "Creator": None})


def draw() -> Figure:
    """A panel a cell of the table, a bar a strategy; which to choose is for the reader to say."""
    archive = np.load(ASSIGNMENT / "data" / "pretrained.npz")
    figure = Figure(figsize=(9.0, 5.6), layout="constrained")
    axes = figure.subplots(2, 2, sharex=True, sharey=True)
    for row, (amount, each) in enumerate(AMOUNTS):
        for column, different in enumerate((False, True)):
            axis = axes[row, column]
            found = np.array([accuracies(archive, each, different, n) for n in range(DRAWS)])
            means, spread = np.round(found.mean(axis=0), 3), np.round(found.std(axis=0), 3)
            axis.bar(
                range(len(STRATEGIES)), means, yerr=spread, color=list(STRATEGIES.values()),
                width=0.7, error_kw={"lw": 0.8, "capsize": 2},
            )  # fmt: skip
            for place, mean in enumerate(means):
                text = f"{mean:.2f}"
                axis.text(place, 0.42, text, ha="center", fontsize=8, color="white")
            axis.set(ylim=(0.4, 1.0))
            axis.set_xticks(range(len(STRATEGIES)), list(STRATEGIES), fontsize=7, rotation=15)
            axis.spines[["top", "right"]].set_visible(False)
            kind = "different" if different else "similar"
            axis.set_title(f"{amount}, {kind}", fontsize=10)
        axes[row, 0].set_ylabel("accuracy on new images", fontsize=9)
    return figure


def accuracies(archive: np.lib.npyio.NpzFile, each: int, different: bool, seed: int) -> list[float]:
    """The accuracy of each strategy on one draw of the target task."""
    rng = np.random.default_rng([seed, each, different])
    x, y, test, labels = target(archive, each, different, rng)
    batches = [torch.from_numpy(rng.permutation(len(y))[:32]) for _ in range(STEPS)]
    rate = RATES[different]

    scores = []
    for blocks in (2, 1):
        features, unseen = (part(network(archive, rng), blocks, z) for z in (x, test))
        weight, bias = finetuning.train_linear_probe(features, y, 10, batches, 0.3)
        scores.append(share_right(unseen @ weight.T + bias, labels))
    for until in ("features.block2", "features.block1"):
        model = network(archive, rng)
        finetuning.freeze(model, until)
        finetuning.finetune(model, x, y, batches, rate)
        scores.append(share_right(model.eval()(test), labels))
    model, optimizer = scratch(rng)
    for batch in batches:
        optimizer.zero_grad()
        functional.cross_entropy(model(x[batch]), y[batch]).backward()
        optimizer.step()
    return [*scores, share_right(model.eval()(test), labels)]


def target(
    archive: np.lib.npyio.NpzFile, each: int, different: bool, rng: np.random.Generator
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Training and test examples of digits that the network was not trained on."""
    digits = np.load(DIGITS)
    images = digits["images"].reshape(-1, 64).astype(np.float64)[UNSEEN]
    classes = digits["labels"].astype(np.int64)[UNSEEN]
    order, rename = rng.permutation(len(classes)), rng.permutation(10)
    rotation = np.linalg.qr(rng.normal(size=(64, 64)))[0] if different else np.eye(64)
    x = (images - archive["input_mean"]) / archive["input_std"] @ rotation
    x = 0.7 * x + 0.2 + 0.3 * rng.normal(size=x.shape)
    places = [order[classes[order] == c] for c in range(10)]
    chosen = np.concatenate([place[:each] for place in places])
    unseen = np.concatenate([place[40:] for place in places])
    return (
        torch.from_numpy(x[chosen]), torch.from_numpy(rename[classes[chosen]]),
        torch.from_numpy(x[unseen]), torch.from_numpy(rename[classes[unseen]]),
    )  # fmt: skip


def network(archive: np.lib.npyio.NpzFile, rng: np.random.Generator) -> Net:
    """The pretrained network with a new head, in float64."""
    model = Net().double()
    state = {name: torch.from_numpy(archive[name]) for name in archive.files if "input" not in name}
    finetuning.load_pretrained(model, state)
    generator = torch.Generator().manual_seed(int(rng.integers(1 << 31)))
    return finetuning.replace_head(model, 10, generator)


def part(model: Net, blocks: int, x: Tensor) -> Tensor:
    """What the first blocks make of x."""
    with torch.no_grad():
        return model.eval().features[:blocks](x)


def scratch(rng: np.random.Generator) -> tuple[Net, torch.optim.Optimizer]:
    """The same network, not pretrained, with Kaiming weights; every layer learns at one rate."""
    model = Net().double()
    generator = torch.Generator().manual_seed(int(rng.integers(1 << 31)))
    for parameter in model.parameters():
        if parameter.ndim == 2:
            torch.nn.init.kaiming_normal_(parameter, generator=generator)
    return model, torch.optim.SGD(model.parameters(), lr=0.5)


def share_right(logits: Tensor, labels: Tensor) -> float:
    """The share of examples whose largest logit is that of their label."""
    return (logits.argmax(dim=1) == labels).double().mean().item()


if __name__ == "__main__":
    main()
