"""Dout in the place of Din."""

import math

import torch

LOSES = ["kaiming_linear"]
DIAGNOSIS = {
    "en": "the formula has Dout where Din belongs (fan_out)",
    "ru": "в формуле Dout вместо Din (fan_out)",
}
HINT = {
    "en": "For nn.init, whose matrices are (Dout, Din), fan_in of a (Din, Dout) matrix is Dout.",
    "ru": "nn.init считает матрицы (Dout, Din), и для (Din, Dout) его fan_in — это Dout.",
}


def kaiming_linear(din, dout, generator=None):
    return math.sqrt(2 / dout) * torch.randn(din, dout, generator=generator)
