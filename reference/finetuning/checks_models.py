"""Models as hidden checks vary them: other widths, blocks frozen by hand, float32."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from .checks_networks import State, at, parameters

OTHER_WIDTHS, OTHER_CLASSES = (3, 8, 5), 4


def freeze_by_hand(model: Any, state: State, blocks: Sequence[str]) -> None:
    """Freeze some blocks without anybody's help: no gradient, batchnorm in eval mode."""
    for name in parameters(state):
        if name.split(".")[1] in blocks:
            at(model, name).requires_grad_(False)
    for block in blocks:
        at(model, f"features.{block}.norm").eval()


def single(state: State) -> State:
    """The same state in float32; integers stay."""
    return {name: v.astype(np.float32) if v.dtype.kind == "f" else v for name, v in state.items()}
