# expect: full
"""Layers are objects here; the functions of the task only pass the work on."""
from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

import torch
from torch import Tensor


class Layer(ABC):
    """Remembers its input; the object itself is the cache."""

    def forward(self, x: Tensor) -> Tensor:
        self.x = x.clone()
        return self.value(self.x)

    def backward(self, dout: Tensor):
        return dout * self.slope(self.x)

    @abstractmethod
    def value(self, x: Tensor) -> Tensor: ...

    @abstractmethod
    def slope(self, x: Tensor) -> Tensor: ...


class Sigmoid(Layer):
    def value(self, x):
        return torch.sigmoid(x)

    def slope(self, x):
        s = self.value(x)
        return s - s * s


class Tanh(Layer):
    def value(self, x):
        return 2 * torch.sigmoid(2 * x) - 1

    def slope(self, x):
        t = self.value(x)
        return (1 - t) * (1 + t)


@dataclass(eq=False)
class Leaky(Layer):
    negative: float = 0.0

    def value(self, x):
        return x.clamp(min=0) + self.negative * x.clamp(max=0)

    def slope(self, x):
        return (x > 0).to(x.dtype) + self.negative * (x <= 0).to(x.dtype)


@dataclass(eq=False)
class Exponential(Layer):
    alpha: float = 1.0
    scale: float = 1.0

    def value(self, x):
        return self.scale * (x.clamp(min=0) + self.alpha * (torch.exp(x.clamp(max=0)) - 1))

    def slope(self, x):
        return self.scale * torch.where(x > 0, torch.ones_like(x), self.alpha * torch.exp(x.clamp(max=0)))


class Parametric(Leaky):
    def backward(self, dout):
        dalpha = dout * self.x.clamp(max=0)
        return super().backward(dout), dalpha.sum_to_size(self.negative.shape)


@dataclass(eq=False)
class Swish(Layer):
    beta: float | Tensor = 1.0

    def value(self, x):
        return x * torch.sigmoid(self.beta * x)

    def slope(self, x):
        s = torch.sigmoid(self.beta * x)
        return s * (1 + self.beta * x * (1 - s))

    def backward(self, dout):
        s = torch.sigmoid(self.beta * self.x)
        return super().backward(dout), torch.sum(dout * self.x**2 * s * (1 - s))


class Linear:
    def __init__(self, w, b):
        self.w, self.b = w.clone(), b.clone()

    def forward(self, x):
        self.x = x.clone()
        return self.x @ self.w + self.b

    def backward(self, dout):
        self.dw, self.db = self.x.T @ dout, dout.sum(dim=0)
        return dout @ self.w.T

    def step(self, lr):
        self.w = self.w - lr * self.dw
        self.b = self.b - lr * self.db


class Maxout:
    def __init__(self, w1, b1, w2, b2):
        self.pieces = Linear(w1, b1), Linear(w2, b2)

    def forward(self, x):
        a, b = (piece.forward(x) for piece in self.pieces)
        self.first = a > b
        return torch.where(self.first, a, b)

    def backward(self, dout):
        zero = torch.zeros_like(dout)
        one, two = self.pieces
        dx = one.backward(torch.where(self.first, dout, zero))
        dx = dx + two.backward(torch.where(self.first, zero, dout))
        return dx, one.dw, one.db, two.dw, two.db


class Net:
    def __init__(self, weights, activation):
        make = {"relu": Leaky, "tanh": Tanh, "sigmoid": Sigmoid}[activation]
        self.linears = [Linear(w, b) for w, b in weights]
        self.layers = [self.linears[0]]
        for linear in self.linears[1:]:
            self.layers += [make(), linear]

    def step(self, x, y, lr):
        for layer in self.layers:
            x = layer.forward(x)
        logp = x.log_softmax(dim=1)
        one_hot = torch.zeros_like(logp).scatter_(1, y[:, None], 1.0)
        d = (logp.exp() - one_hot) / len(y)
        for layer in reversed(self.layers):
            d = layer.backward(d)
        for linear in self.linears:
            linear.step(lr)
        return float(-(logp * one_hot).sum() / len(y))


def _through(layer, x):
    return layer.forward(x), layer


def sigmoid_forward(x): return _through(Sigmoid(), x)
def tanh_forward(x): return _through(Tanh(), x)
def relu_forward(x): return _through(Leaky(), x)
def leaky_relu_forward(x, negative_slope=0.01): return _through(Leaky(negative_slope), x)
def prelu_forward(x, alpha): return _through(Parametric(alpha.clone()), x)
def elu_forward(x, alpha=1.0): return _through(Exponential(alpha), x)
def selu_forward(x): return _through(Exponential(1.6733, 1.0507), x)
def maxout_forward(x, w1, b1, w2, b2): return _through(Maxout(w1, b1, w2, b2), x)
def swish_forward(x, beta=1.0): return _through(Swish(beta), x)


def sigmoid_backward(dout, cache): return cache.backward(dout)
def tanh_backward(dout, cache): return cache.backward(dout)
def relu_backward(dout, cache): return cache.backward(dout)
def leaky_relu_backward(dout, cache): return cache.backward(dout)
def prelu_backward(dout, cache): return cache.backward(dout)
def elu_backward(dout, cache): return cache.backward(dout)
def selu_backward(dout, cache): return cache.backward(dout)
def maxout_backward(dout, cache): return cache.backward(dout)
def swish_backward(dout, cache): return cache.backward(dout)


def saturated_fraction(local_grad, threshold=1e-3):
    return float((local_grad.abs() < threshold).double().mean())


def dead_fraction(activations):
    return float((activations.abs().sum(dim=0) == 0).double().mean())


def weight_gradient(x, upstream, w, b):
    neuron = Sigmoid()
    neuron.forward((x * w).sum() + b)
    return neuron.backward(upstream) * x


def train_mlp(x, y, weights, batches, lr, activation):
    net = Net(weights, activation)
    losses = [net.step(x[batch], y[batch], lr) for batch in batches]
    return [(linear.w, linear.b) for linear in net.linears], losses
