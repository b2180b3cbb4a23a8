"""The network that you fine-tune. It is given: the grader uses its own copy of this file.

    Net
      features            blocks, from the input up
        block1              linear (d0 -> d1), norm, relu
        block2              linear (d1 -> d2), norm, relu
        ...
      head                linear (d_last -> classes)

`widths` is (d0, d1, ..., d_last), so there is one block fewer than widths. `norm` is batchnorm: two
parameters (weight, bias) and three buffers (running_mean, running_var, num_batches_tracked).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from itertools import pairwise

from torch import Tensor, nn


class Net(nn.Module):
    """Features that can be carried to another task, and a head that belongs to one task."""

    def __init__(self, widths: Sequence[int] = (64, 128, 64), classes: int = 10) -> None:
        super().__init__()
        self.features = nn.Sequential(
            OrderedDict(
                (f"block{number}", block(din, dout))
                for number, (din, dout) in enumerate(pairwise(widths), 1)
            )
        )
        self.head = nn.Linear(widths[-1], classes)

    def forward(self, x: Tensor) -> Tensor:
        """Logits (N, classes) of x (N, d0)."""
        return self.head(self.features(x))


def block(din: int, dout: int) -> nn.Sequential:
    """A linear layer, batchnorm and ReLU: (N, din) to (N, dout)."""
    return nn.Sequential(
        OrderedDict(linear=nn.Linear(din, dout), norm=nn.BatchNorm1d(dout), relu=nn.ReLU())
    )
