"""The solution; nothing of this folder ever reaches a student."""

from __future__ import annotations


def damp_forward(x, strength):
    return x / (1 + strength * x * x), (x.clone(), strength)


def damp_backward(dout, cache):
    x, strength = cache
    square = strength * x * x
    return dout * (1 - square) / (1 + square) ** 2
