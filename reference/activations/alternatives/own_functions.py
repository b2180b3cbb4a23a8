"""Layers as torch.autograd.Function with a written backward, which autograd then calls."""

import torch
from torch.autograd import Function
from torch.nn.functional import cross_entropy


class Logistic(Function):
    """The sigmoid, from tanh of half the argument."""

    @staticmethod
    def forward(ctx, x):
        """The same shape as x."""
        share = 0.5 + 0.5 * torch.tanh(0.5 * x)
        ctx.save_for_backward(share)
        return share

    @staticmethod
    def backward(ctx, dout):
        """The gradient by x."""
        (share,) = ctx.saved_tensors
        return dout * share * (1 - share)


class Hinge(Function):
    """x on the right of 0, alpha x on the left, alpha a tensor."""

    @staticmethod
    def forward(ctx, x, alpha):
        """The same shape as x."""
        ctx.save_for_backward(x, alpha)
        return torch.where(x > 0, x, x * alpha)

    @staticmethod
    def backward(ctx, dout):
        """The gradients by x and by alpha."""
        x, alpha = ctx.saved_tensors
        dalpha = torch.where(x > 0, 0.0, dout * x).sum_to_size(alpha.shape)
        return torch.where(x > 0, dout, dout * alpha), dalpha


def applied(function, *arguments):
    with torch.enable_grad():
        leaves = [argument.detach().clone().requires_grad_() for argument in arguments]
        out = function.apply(*leaves)
    return out.detach(), (out, leaves)


def asked(dout, cache):
    out, leaves = cache
    return torch.autograd.grad(out, leaves, dout, retain_graph=True)


def asked_for_x(dout, cache):
    return asked(dout, cache)[0]


def sigmoid_forward(x):
    return applied(Logistic, x)


def relu_forward(x):
    return applied(Hinge, x, torch.zeros((), dtype=x.dtype))


def leaky_relu_forward(x, negative_slope=0.01):
    return applied(Hinge, x, torch.tensor(negative_slope, dtype=x.dtype))


def prelu_forward(x, alpha):
    return applied(Hinge, x, alpha)


sigmoid_backward = relu_backward = leaky_relu_backward = asked_for_x
prelu_backward = asked


def train_mlp(x, y, weights, batches, lr, activation):
    zero, losses = torch.zeros((), dtype=x.dtype, device=x.device), []
    bend = {"relu": lambda z: Hinge.apply(z, zero), "tanh": torch.tanh, "sigmoid": Logistic.apply}
    for batch in batches:
        leaves = [tuple(p.detach().requires_grad_() for p in pair) for pair in weights]
        with torch.enable_grad():
            h = x[batch]
            for w, b in leaves[:-1]:
                h = bend[activation](h @ w + b)
            loss = cross_entropy(h @ leaves[-1][0] + leaves[-1][1], y[batch])
            loss.backward()
        weights = [tuple(p.detach() - lr * p.grad for p in pair) for pair in leaves]
        losses.append(loss.item())
    return weights, losses
