"""Activation functions and what goes wrong with them.

Write the bodies; keep the names and the arguments. Formulas and conventions are in README.md.

Every layer is a pair. `*_forward` returns `(out, cache)`, where the cache is whatever your
`*_backward` needs; nobody else looks into it. `*_backward(dout, cache)` gets dL/d(out) and returns
the gradient of the loss by each input, in the order of the forward's arguments. Results have the
dtype of `x`; arguments are never modified; huge inputs such as 800 or -800 give finite numbers.
"""

from __future__ import annotations

import torch


def sigmoid_forward(x: torch.Tensor) -> tuple[torch.Tensor, object]:
    """The logistic sigmoid, 1 / (1 + exp(-x)), of each entry.

    Args:
        x: any shape.

    Returns:
        out: the same shape as x, values between 0 and 1.
        cache: what sigmoid_backward needs.
    """
    raise NotImplementedError("write sigmoid_forward here")


def sigmoid_backward(dout: torch.Tensor, cache: object) -> torch.Tensor:
    """The gradient of the sigmoid.

    Args:
        dout: dL/d(out), the shape of out.
        cache: what sigmoid_forward returned.

    Returns:
        dx: dL/dx, the shape of x.
    """
    raise NotImplementedError("write sigmoid_backward here")


def tanh_forward(x: torch.Tensor) -> tuple[torch.Tensor, object]:
    """The hyperbolic tangent of each entry.

    Args:
        x: any shape.

    Returns:
        out: the same shape as x, values between -1 and 1.
        cache: what tanh_backward needs.
    """
    raise NotImplementedError("write tanh_forward here")


def tanh_backward(dout: torch.Tensor, cache: object) -> torch.Tensor:
    """The gradient of tanh.

    Args:
        dout: dL/d(out), the shape of out.
        cache: what tanh_forward returned.

    Returns:
        dx: dL/dx, the shape of x.
    """
    raise NotImplementedError("write tanh_backward here")


def relu_forward(x: torch.Tensor) -> tuple[torch.Tensor, object]:
    """The rectifier, max(0, x), of each entry.

    Args:
        x: any shape.

    Returns:
        out: the same shape as x, never negative.
        cache: what relu_backward needs.
    """
    raise NotImplementedError("write relu_forward here")


def relu_backward(dout: torch.Tensor, cache: object) -> torch.Tensor:
    """The gradient of the rectifier, exact on either side of zero.

    Args:
        dout: dL/d(out), the shape of out.
        cache: what relu_forward returned.

    Returns:
        dx: dL/dx, the shape of x. At x = 0 any value between the two one-sided slopes is right.
    """
    raise NotImplementedError("write relu_backward here")


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
    raise NotImplementedError("write leaky_relu_forward here")


def leaky_relu_backward(dout: torch.Tensor, cache: object) -> torch.Tensor:
    """The gradient of the leaky rectifier by x (the slope is not learned).

    Args:
        dout: dL/d(out), the shape of out.
        cache: what leaky_relu_forward returned.

    Returns:
        dx: dL/dx, the shape of x.
    """
    raise NotImplementedError("write leaky_relu_backward here")


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
    raise NotImplementedError("write prelu_forward here")


def prelu_backward(dout: torch.Tensor, cache: object) -> tuple[torch.Tensor, torch.Tensor]:
    """The gradients of PReLU by its input and by its slope.

    Args:
        dout: dL/d(out), the shape of out.
        cache: what prelu_forward returned.

    Returns:
        dx: dL/dx, the shape of x.
        dalpha: dL/dalpha, the shape of alpha: () or (D,).
    """
    raise NotImplementedError("write prelu_backward here")


def elu_forward(x: torch.Tensor, alpha: float = 1.0) -> tuple[torch.Tensor, object]:
    """The exponential linear unit: x where x > 0, alpha * (exp(x) - 1) elsewhere.

    Args:
        x: any shape.
        alpha: a float, the depth of the negative plateau.

    Returns:
        out: the same shape as x, values above -alpha.
        cache: what elu_backward needs.
    """
    raise NotImplementedError("write elu_forward here")


def elu_backward(dout: torch.Tensor, cache: object) -> torch.Tensor:
    """The gradient of ELU by x (alpha is not learned).

    Args:
        dout: dL/d(out), the shape of out.
        cache: what elu_forward returned.

    Returns:
        dx: dL/dx, the shape of x.
    """
    raise NotImplementedError("write elu_backward here")


def selu_forward(x: torch.Tensor) -> tuple[torch.Tensor, object]:
    """The scaled ELU: lambda * x where x > 0, lambda * alpha * (exp(x) - 1) elsewhere.

    alpha = 1.6733 and lambda = 1.0507, or the same constants with all their digits.

    Args:
        x: any shape.

    Returns:
        out: the same shape as x.
        cache: what selu_backward needs.
    """
    raise NotImplementedError("write selu_forward here")


def selu_backward(dout: torch.Tensor, cache: object) -> torch.Tensor:
    """The gradient of SELU.

    Args:
        dout: dL/d(out), the shape of out.
        cache: what selu_forward returned.

    Returns:
        dx: dL/dx, the shape of x.
    """
    raise NotImplementedError("write selu_backward here")


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
    raise NotImplementedError("write maxout_forward here")


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
    raise NotImplementedError("write maxout_backward here")


def swish_forward(x: torch.Tensor, beta: float | torch.Tensor = 1.0) -> tuple[torch.Tensor, object]:
    """Swish: x * sigmoid(beta * x), entry by entry.

    Args:
        x: any shape.
        beta: a float or a 0-dim tensor; 0.01, 1 and 10 are asked.

    Returns:
        out: the same shape as x.
        cache: what swish_backward needs.
    """
    raise NotImplementedError("write swish_forward here")


def swish_backward(dout: torch.Tensor, cache: object) -> tuple[torch.Tensor, torch.Tensor]:
    """The gradients of swish by its input and by beta.

    Args:
        dout: dL/d(out), the shape of out.
        cache: what swish_forward returned.

    Returns:
        dx: dL/dx, the shape of x.
        dbeta: dL/dbeta, a 0-dim tensor in the dtype of x.
    """
    raise NotImplementedError("write swish_backward here")


def saturated_fraction(local_grad: torch.Tensor, threshold: float = 1e-3) -> float:
    """The share of entries that are saturated: |local gradient| strictly below the threshold.

    Args:
        local_grad: d(out)/dx of an activation at each entry, any shape, any sign.
        threshold: a float, positive.

    Returns:
        A Python float between 0 and 1.
    """
    raise NotImplementedError("write saturated_fraction here")


def dead_fraction(activations: torch.Tensor) -> float:
    """The share of ReLU units that are zero on the whole batch.

    Args:
        activations: (N, D) with N >= 1, outputs of a ReLU layer, never negative; a column a unit.

    Returns:
        A Python float between 0 and 1.
    """
    raise NotImplementedError("write dead_fraction here")


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
    raise NotImplementedError("write weight_gradient here")


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
    raise NotImplementedError("write train_mlp here")
