"""Write assignments/finetuning/data/pretrained.npz: the given network, trained on digits.

Every other image of assignments/preprocessing/data/digits.npz; those between are left for target
tasks. One thread, float64, no random number of torch's; weights are rounded to four decimals, which
no processor's rounding reaches in so few steps, so that the same bytes come out again.

    python docs/figures/pretrain_finetuning.py
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

ASSIGNMENTS = Path(__file__).resolve().parents[2] / "assignments"
sys.path.insert(0, str(ASSIGNMENTS / "finetuning"))

from network import Net  # noqa: E402 - the network that students are given

DIGITS = ASSIGNMENTS / "preprocessing" / "data" / "digits.npz"
PRETRAINED = ASSIGNMENTS / "finetuning" / "data" / "pretrained.npz"
TRAINED_ON = slice(0, None, 2)
STEPS, BATCH, RATE = 216, 64, 0.2


def main() -> None:
    """Train and save."""
    torch.set_num_threads(1)
    digits = np.load(DIGITS)
    images = digits["images"].reshape(-1, 64).astype(np.float64)[TRAINED_ON]
    mean, std = np.round(images.mean(axis=0), 4), np.round(images.std(), 4)
    x = torch.from_numpy((images - mean) / std)
    y = torch.from_numpy(digits["labels"].astype(np.int64)[TRAINED_ON])
    state = {name: rounded(value) for name, value in train(x, y).state_dict().items()}
    PRETRAINED.parent.mkdir(exist_ok=True)
    np.savez(
        PRETRAINED,
        input_mean=mean.astype(np.float32),
        input_std=std.astype(np.float32),
        **state,
    )


def train(x: Tensor, y: Tensor) -> Net:
    """The network after a few epochs of plain SGD."""
    rng, model = np.random.default_rng(20), Net().double()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if parameter.ndim == 2:
                spread = (1 if name.startswith("head") else 2) / parameter.shape[1]
                parameter.copy_(torch.from_numpy(rng.normal(0, spread**0.5, parameter.shape)))
            elif "norm" not in name:
                parameter.zero_()
    optimizer = torch.optim.SGD(model.parameters(), lr=RATE)
    for _ in range(STEPS):
        batch = torch.from_numpy(rng.permutation(len(x))[:BATCH])
        loss = functional.cross_entropy(model(x[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model


def rounded(value: Tensor) -> np.ndarray:
    """Four decimals in float32, no negative zeros; integers as they are."""
    array = value.numpy()
    return (np.round(array, 4) + 0.0).astype(np.float32) if array.dtype.kind == "f" else array


if __name__ == "__main__":
    main()
