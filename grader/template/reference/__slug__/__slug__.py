"""damp and its gradient: write the bodies, keep the names and the arguments; see README.md."""

from __future__ import annotations

import torch

# BEGIN SOLUTION
# The solution. Students get this file without what stands between the markers: after a change,
# `grader release __slug__ --stubs` writes the stub anew. Helpers of your own belong between
# markers too.
# END SOLUTION


def damp_forward(x: torch.Tensor, strength: float) -> tuple[torch.Tensor, object]:
    """x / (1 + strength * x²) of each entry.

    Args:
        x: any shape.
        strength: at least 0; at 0 the output is x.

    Returns:
        out: the same shape as x.
        cache: what damp_backward needs; nobody else looks into it.
    """
    # BEGIN SOLUTION
    return x / (1 + strength * x * x), (x.clone(), strength)
    # END SOLUTION


def damp_backward(dout: torch.Tensor, cache: object) -> torch.Tensor:
    """The gradient of the loss by x.

    Args:
        dout: the gradient of the loss by out, the shape of out.
        cache: what damp_forward returned.

    Returns:
        dx: the shape of x.
    """
    # BEGIN SOLUTION
    x, strength = cache
    square = strength * x * x
    return dout * (1 - square) / (1 + square) ** 2
    # END SOLUTION
