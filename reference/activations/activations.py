"""Activation functions and what goes wrong with them.

Write the bodies; keep the names and the arguments. Formulas and conventions are in README.md.

Every layer is a pair. `*_forward` returns `(out, cache)`, where the cache is whatever your
`*_backward` needs; nobody else looks into it. `*_backward(dout, cache)` gets dL/d(out) and returns
the gradient of the loss by each input, in the order of the forward's arguments. Results have the
dtype of `x`; arguments are never modified; huge inputs such as 800 or -800 give finite numbers.
"""

from __future__ import annotations

import torch

# BEGIN SOLUTION
# The solution: plain torch, no autograd, exact in float64 and finite at +-800.
#
# Exponentials are only taken of numbers that are not positive, so nothing overflows and no branch
# that is thrown away can be infinite.
# isort: split
from torch import Tensor

# As the lecture rounds them; the 16-digit constants give outputs that differ by 2.1e-5.
SELU_ALPHA = 1.6733
SELU_LAMBDA = 1.0507

Cache = tuple[object, ...]


def logistic(x: Tensor) -> Tensor:
    """1 / (1 + exp(-x)), in the form that does not overflow on either side."""
    small = torch.exp(-x.abs())
    return torch.where(x >= 0, torch.ones_like(small), small) / (1 + small)


def logistic_slope(x: Tensor) -> Tensor:
    """The derivative of `logistic` without the cancellation in 1 - s."""
    return logistic(x) * logistic(-x)


# END SOLUTION


def sigmoid_forward(x: torch.Tensor) -> tuple[torch.Tensor, object]:
    """The logistic sigmoid, 1 / (1 + exp(-x)), of each entry.

    Args:
        x: any shape.

    Returns:
        out: the same shape as x, values between 0 and 1.
        cache: what sigmoid_backward needs.
    """
    # BEGIN SOLUTION
    return logistic(x), (x.clone(),)
    # END SOLUTION


def sigmoid_backward(dout: torch.Tensor, cache: object) -> torch.Tensor:
    """The gradient of the sigmoid.

    Args:
        dout: dL/d(out), the shape of out.
        cache: what sigmoid_forward returned.

    Returns:
        dx: dL/dx, the shape of x.
    """
    # BEGIN SOLUTION
    (x,) = cache
    return dout * logistic_slope(x)
    # END SOLUTION


def tanh_forward(x: torch.Tensor) -> tuple[torch.Tensor, object]:
    """The hyperbolic tangent of each entry.

    Args:
        x: any shape.

    Returns:
        out: the same shape as x, values between -1 and 1.
        cache: what tanh_backward needs.
    """
    # BEGIN SOLUTION
    out = torch.tanh(x)
    return out, (out.clone(),)
    # END SOLUTION


def tanh_backward(dout: torch.Tensor, cache: object) -> torch.Tensor:
    """The gradient of tanh.

    Args:
        dout: dL/d(out), the shape of out.
        cache: what tanh_forward returned.

    Returns:
        dx: dL/dx, the shape of x.
    """
    # BEGIN SOLUTION
    (out,) = cache
    return dout * (1 - out) * (1 + out)
    # END SOLUTION


def relu_forward(x: torch.Tensor) -> tuple[torch.Tensor, object]:
    """The rectifier, max(0, x), of each entry.

    Args:
        x: any shape.

    Returns:
        out: the same shape as x, never negative.
        cache: what relu_backward needs.
    """
    # BEGIN SOLUTION
    alive = x > 0
    return x * alive, (alive,)
    # END SOLUTION


def relu_backward(dout: torch.Tensor, cache: object) -> torch.Tensor:
    """The gradient of the rectifier, exact on either side of zero.

    Args:
        dout: dL/d(out), the shape of out.
        cache: what relu_forward returned.

    Returns:
        dx: dL/dx, the shape of x. At x = 0 any value between the two one-sided slopes is right.
    """
    # BEGIN SOLUTION
    (alive,) = cache
    return dout * alive
    # END SOLUTION


def leaky_relu_forward(
    x: torch.Tensor, negative_slope: float = 0.01
) -> tuple[torch.Tensor, object]:
    """A rectifier that leaks: x where x > 0, negative_slope * x elsewhere.

    Args:
        x: any shape.
        negative_slope: a float; 0.01 and 0.1 are both asked.

    Returns:
        out: the same shape as x.
        cache: what leaky_relu_backward needs.
    """
    # BEGIN SOLUTION
    return torch.where(x > 0, x, negative_slope * x), (x > 0, negative_slope)
    # END SOLUTION


def leaky_relu_backward(dout: torch.Tensor, cache: object) -> torch.Tensor:
    """The gradient of the leaky rectifier by x (the slope is not learned).

    Args:
        dout: dL/d(out), the shape of out.
        cache: what leaky_relu_forward returned.

    Returns:
        dx: dL/dx, the shape of x.
    """
    # BEGIN SOLUTION
    positive, negative_slope = cache
    return torch.where(positive, dout, negative_slope * dout)
    # END SOLUTION


def prelu_forward(x: torch.Tensor, alpha: torch.Tensor) -> tuple[torch.Tensor, object]:
    """The leaky rectifier with a learned slope: x where x > 0, alpha * x elsewhere.

    alpha may be above 1 or negative, and then max(alpha * x, x) is another function.

    Args:
        x: any shape where alpha is a scalar; (N, D) where alpha has one slope a column.
        alpha: a 0-dim tensor, or a tensor of shape (D,).

    Returns:
        out: the same shape as x.
        cache: what prelu_backward needs.
    """
    # BEGIN SOLUTION
    return torch.where(x > 0, x, alpha * x), (x.clone(), alpha.clone())
    # END SOLUTION


def prelu_backward(dout: torch.Tensor, cache: object) -> tuple[torch.Tensor, torch.Tensor]:
    """The gradients of PReLU by its input and by its slope.

    Args:
        dout: dL/d(out), the shape of out.
        cache: what prelu_forward returned.

    Returns:
        dx: dL/dx, the shape of x.
        dalpha: dL/dalpha, the shape of alpha: () or (D,).
    """
    # BEGIN SOLUTION
    x, alpha = cache
    dx = torch.where(x > 0, dout, alpha * dout)
    by_entry = dout * x.clamp(max=0)
    dalpha = by_entry.sum() if alpha.ndim == 0 else by_entry.sum(dim=0)
    return dx, dalpha
    # END SOLUTION


def elu_forward(x: torch.Tensor, alpha: float = 1.0) -> tuple[torch.Tensor, object]:
    """The exponential linear unit: x where x > 0, alpha * (exp(x) - 1) elsewhere.

    Args:
        x: any shape.
        alpha: a float, the depth of the negative plateau.

    Returns:
        out: the same shape as x, values above -alpha.
        cache: what elu_backward needs.
    """
    # BEGIN SOLUTION
    return torch.where(x > 0, x, alpha * torch.expm1(x.clamp(max=0))), (x.clone(), alpha)
    # END SOLUTION


def elu_backward(dout: torch.Tensor, cache: object) -> torch.Tensor:
    """The gradient of ELU by x (alpha is not learned).

    Args:
        dout: dL/d(out), the shape of out.
        cache: what elu_forward returned.

    Returns:
        dx: dL/dx, the shape of x.
    """
    # BEGIN SOLUTION
    x, alpha = cache
    return torch.where(x > 0, dout, dout * alpha * torch.exp(x.clamp(max=0)))
    # END SOLUTION


def selu_forward(x: torch.Tensor) -> tuple[torch.Tensor, object]:
    """The scaled ELU: lambda * x where x > 0, lambda * alpha * (exp(x) - 1) elsewhere.

    alpha = 1.6733 and lambda = 1.0507, or the same constants with all their digits.

    Args:
        x: any shape.

    Returns:
        out: the same shape as x.
        cache: what selu_backward needs.
    """
    # BEGIN SOLUTION
    bent = torch.where(x > 0, x, SELU_ALPHA * torch.expm1(x.clamp(max=0)))
    return SELU_LAMBDA * bent, (x.clone(),)
    # END SOLUTION


def selu_backward(dout: torch.Tensor, cache: object) -> torch.Tensor:
    """The gradient of SELU.

    Args:
        dout: dL/d(out), the shape of out.
        cache: what selu_forward returned.

    Returns:
        dx: dL/dx, the shape of x.
    """
    # BEGIN SOLUTION
    (x,) = cache
    bent = torch.where(x > 0, dout, dout * SELU_ALPHA * torch.exp(x.clamp(max=0)))
    return SELU_LAMBDA * bent
    # END SOLUTION


def maxout_forward(
    x: torch.Tensor, w1: torch.Tensor, b1: torch.Tensor, w2: torch.Tensor, b2: torch.Tensor
) -> tuple[torch.Tensor, object]:
    """A maxout layer of two linear pieces: max(x @ w1 + b1, x @ w2 + b2), entry by entry.

    Args:
        x: (N, Din), a row an example.
        w1: (Din, Dout), the first piece's weights.
        b1: (Dout,), the first piece's biases.
        w2: (Din, Dout), the second piece's weights.
        b2: (Dout,), the second piece's biases.

    Returns:
        out: (N, Dout).
        cache: what maxout_backward needs.
    """
    # BEGIN SOLUTION
    first, second = x @ w1 + b1, x @ w2 + b2
    cache = (x.clone(), w1.clone(), w2.clone(), first > second)
    return torch.maximum(first, second), cache
    # END SOLUTION


def maxout_backward(
    dout: torch.Tensor, cache: object
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """The gradients of the maxout layer by all five arguments.

    Args:
        dout: dL/d(out), (N, Dout).
        cache: what maxout_forward returned.

    Returns:
        dx: (N, Din).
        dw1: (Din, Dout).
        db1: (Dout,).
        dw2: (Din, Dout).
        db2: (Dout,).
    """
    # BEGIN SOLUTION
    x, w1, w2, first_wins = cache
    d1, d2 = dout * first_wins, dout * ~first_wins
    return d1 @ w1.T + d2 @ w2.T, x.T @ d1, d1.sum(dim=0), x.T @ d2, d2.sum(dim=0)
    # END SOLUTION


def swish_forward(x: torch.Tensor, beta: float | torch.Tensor = 1.0) -> tuple[torch.Tensor, object]:
    """Swish: x * sigmoid(beta * x), entry by entry.

    Args:
        x: any shape.
        beta: a float or a 0-dim tensor; 0.01, 1 and 10 are asked.

    Returns:
        out: the same shape as x.
        cache: what swish_backward needs.
    """
    # BEGIN SOLUTION
    return x * logistic(beta * x), (x.clone(), beta)
    # END SOLUTION


def swish_backward(dout: torch.Tensor, cache: object) -> tuple[torch.Tensor, torch.Tensor]:
    """The gradients of swish by its input and by beta.

    Args:
        dout: dL/d(out), the shape of out.
        cache: what swish_forward returned.

    Returns:
        dx: dL/dx, the shape of x.
        dbeta: dL/dbeta, a 0-dim tensor in the dtype of x.
    """
    # BEGIN SOLUTION
    x, beta = cache
    slope = logistic_slope(beta * x)
    dx = dout * (logistic(beta * x) + beta * x * slope)
    dbeta = (dout * x * x * slope).sum()
    return dx, dbeta
    # END SOLUTION


def saturated_fraction(local_grad: torch.Tensor, threshold: float = 1e-3) -> float:
    """The share of entries that are saturated: |local gradient| strictly below the threshold.

    Args:
        local_grad: d(out)/dx of an activation at each entry, any shape, any sign.
        threshold: a float, positive.

    Returns:
        A Python float between 0 and 1.
    """
    # BEGIN SOLUTION
    return (local_grad.abs() < threshold).double().mean().item()
    # END SOLUTION


def dead_fraction(activations: torch.Tensor) -> float:
    """The share of ReLU units that are zero on the whole batch.

    Args:
        activations: (N, D) with N >= 1, outputs of a ReLU layer, never negative; a column a unit.

    Returns:
        A Python float between 0 and 1.
    """
    # BEGIN SOLUTION
    return (activations == 0).all(dim=0).double().mean().item()
    # END SOLUTION


def weight_gradient(
    x: torch.Tensor, upstream: torch.Tensor, w: torch.Tensor, b: torch.Tensor
) -> torch.Tensor:
    """dL/dw of one sigmoid neuron, sigmoid(w . x + b), for one example.

    Args:
        x: (D,), the example.
        upstream: a 0-dim tensor, dL/d(output of the neuron).
        w: (D,), the neuron's weights.
        b: a 0-dim tensor, its bias.

    Returns:
        dL/dw, (D,).
    """
    # BEGIN SOLUTION
    return upstream * logistic_slope(w @ x + b) * x
    # END SOLUTION


# BEGIN SOLUTION
def cross_entropy(scores, y):
    """The mean softmax cross-entropy of a batch, and its gradient by the scores."""
    log_shares = torch.log_softmax(scores, dim=1)
    rows = torch.arange(len(y), device=scores.device)
    dscores = log_shares.exp()
    dscores[rows, y] -= 1
    return -log_shares[rows, y].mean(), dscores / len(y)


def network_forward(x, weights, forward):
    """The scores, and for each layer its input and its activation's cache; the last has none."""
    h, tape = x, []
    for w, b in weights[:-1]:
        out, cache = forward(h @ w + b)
        tape.append((h, cache))
        h = out
    w, b = weights[-1]
    return h @ w + b, [*tape, (h, None)]


def network_backward(dscores, weights, tape, backward):
    """The gradients (dw, db) of each layer, in the order of the layers."""
    gradients, dz = [], dscores
    for layer in reversed(range(len(weights))):
        h, _ = tape[layer]
        gradients.append((h.T @ dz, dz.sum(dim=0)))
        if layer:
            dz = backward(dz @ weights[layer][0].T, tape[layer - 1][1])
    return gradients[::-1]


# END SOLUTION


def train_mlp(
    x: torch.Tensor,
    y: torch.Tensor,
    weights: list[tuple[torch.Tensor, torch.Tensor]],
    batches: list[torch.Tensor],
    lr: float,
    activation: str,
) -> tuple[list[tuple[torch.Tensor, torch.Tensor]], list[float]]:
    """Train a network of fully connected layers by minibatch SGD, on your own activations.

    Each layer is h @ w + b; your activation follows all of them but the last, whose outputs are the
    scores of a softmax. For each batch, in the order given: take its rows, go forward, go backward,
    take one step `parameter - lr * gradient` with every parameter. The loss of a batch is the mean
    cross-entropy over it. Nothing else: no momentum, no weight decay, no shuffling.

    Args:
        x: (N, D), an example a row.
        y: (N,), int64, the class of each example, from 0 to C - 1.
        weights: [(w, b), ...], a pair for each layer, two layers or more: w (Din, Dout), b (Dout,);
            the first Din is D, the last Dout is C. They are where training starts.
        batches: [index, ...], int64 tensors; each holds the rows of one batch. Sizes may differ.
        lr: the learning rate, a float.
        activation: "relu", "tanh" or "sigmoid", the same for all hidden layers.

    Returns:
        trained: [(w, b), ...], the weights after the last step, in the dtype of `weights`. The
            tensors of the caller keep their values.
        losses: a list of Python floats, one a batch: its loss before its step.
    """
    # BEGIN SOLUTION
    forward, backward = {
        "relu": (relu_forward, relu_backward),
        "tanh": (tanh_forward, tanh_backward),
        "sigmoid": (sigmoid_forward, sigmoid_backward),
    }[activation]
    weights = [(w.clone(), b.clone()) for w, b in weights]
    losses = []
    for batch in batches:
        scores, tape = network_forward(x[batch], weights, forward)
        loss, dscores = cross_entropy(scores, y[batch])
        losses.append(loss.item())
        gradients = network_backward(dscores, weights, tape, backward)
        weights = [
            (w - lr * dw, b - lr * db) for (w, b), (dw, db) in zip(weights, gradients, strict=True)
        ]
    return weights, losses
    # END SOLUTION
