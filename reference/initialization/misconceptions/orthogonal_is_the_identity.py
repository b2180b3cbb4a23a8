"""The identity, which is orthogonal but not random."""

import torch

LOSES = ["orthogonal"]
DIAGNOSIS = {
    "en": "the identity is orthogonal, but not random: every layer would start the same",
    "ru": "единичная матрица ортогональна, но не случайна: все слои начнут одинаково",
}
HINT = {
    "en": "Take Q of a random matrix.",
    "ru": "Возьмите Q случайной матрицы.",
}


def orthogonal(din, dout, gain=1.0, generator=None):
    return gain * torch.eye(din, dout)
