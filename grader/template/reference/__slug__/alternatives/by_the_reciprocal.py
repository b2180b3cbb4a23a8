"""Multiplies by the reciprocal, and keeps that for the gradient instead of x."""


def damp_forward(x, strength):
    share = 1 / (1 + strength * x * x)
    return x * share, share


def damp_backward(dout, cache):
    return dout * cache * (2 * cache - 1)
