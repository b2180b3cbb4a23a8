"""The standard deviation is taken for the bound of a uniform distribution."""

import math

import torch

LOSES = ["xavier_linear"]
DIAGNOSIS = {
    "en": (
        "1/sqrt(Din) is the bound of your uniform distribution, "
        "so its std is sqrt(3) times too small"
    ),
    "ru": (
        "1/sqrt(Din) — граница вашего равномерного распределения, поэтому СКО в sqrt(3) раз меньше"
    ),
}
HINT = {
    "en": "U(-a, a) has the variance a²/3.",
    "ru": "Дисперсия U(-a, a) равна a²/3.",
}


def xavier_linear(din, dout, generator=None):
    return (2 * torch.rand(din, dout, generator=generator) - 1) / math.sqrt(din)
