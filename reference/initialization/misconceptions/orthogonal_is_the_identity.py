"""The identity, which is orthogonal but not random."""

import torch

LOSES = ["orthogonal"]
DIAGNOSIS = {
    "en": "the identity is orthogonal, but not random: every layer would start the same",
    "ru": "единичная матрица ортогональна, но не случайна: все слои начнут одинаково",
}
HINT = {
    "en": "How can a random matrix give an orthogonal one?",
    "ru": "Как из случайной матрицы получить ортогональную?",
}


def orthogonal(din, dout, gain=1.0, generator=None):
    return gain * torch.eye(din, dout)
