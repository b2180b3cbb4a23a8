"""Slopes by a complex step: the imaginary part of f(x + ih) over h has no rounding to fear."""

import torch

H = 1e-30


def stepped(x):
    return torch.complex(x.double(), torch.full_like(x, H, dtype=torch.float64))


def complex_logistic(z):
    falling = torch.exp(torch.where(z.real > 0, -z, z))
    return torch.where(z.real > 0, 1 / (1 + falling), falling / (1 + falling))


def complex_tanh(z):
    return 2 * complex_logistic(2 * z) - 1


def complex_elu(z, alpha):
    grown = torch.exp(torch.where(z.real > 0, torch.zeros_like(z), z)) - 1
    return torch.where(z.real > 0, z, alpha * grown)


def slope(function, x, *rest):
    return (function(stepped(x), *rest).imag / H).to(x.dtype)


def value(function, x, *rest):
    return function(x.to(torch.complex128), *rest).real.to(x.dtype)


def sigmoid_forward(x):
    return value(complex_logistic, x), x


def sigmoid_backward(dout, x):
    return dout * slope(complex_logistic, x)


def tanh_forward(x):
    return value(complex_tanh, x), x


def tanh_backward(dout, x):
    return dout * slope(complex_tanh, x)


def elu_forward(x, alpha=1.0):
    return value(complex_elu, x, alpha), (x, alpha)


def elu_backward(dout, cache):
    return dout * slope(complex_elu, *cache)


def selu_forward(x):
    return 1.0507 * value(complex_elu, x, 1.6733), x


def selu_backward(dout, x):
    return 1.0507 * dout * slope(complex_elu, x, 1.6733)


def swish_forward(x, beta=1.0):
    return x * value(complex_logistic, beta * x), (x, torch.as_tensor(beta, dtype=x.dtype))


def swish_backward(dout, cache):
    x, beta = cache
    by_x = stepped(x)
    by_x = (by_x * complex_logistic(beta * by_x)).imag / H
    by_beta = (x * complex_logistic(stepped(beta) * x)).imag / H
    return dout * by_x.to(x.dtype), (dout * by_beta.to(x.dtype)).sum()


def weight_gradient(x, upstream, w, b):
    steps = stepped(w) - w
    scores = w @ x + b + steps * x
    return upstream * (complex_logistic(scores).imag / H).to(x.dtype)
