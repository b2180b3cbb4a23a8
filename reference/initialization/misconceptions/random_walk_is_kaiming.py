"""Kaiming's gain, without the correction for a finite width."""

import math

import torch

LOSES = ["random_walk"]
DIAGNOSIS = {
    "en": "the gain is that of infinite width: sqrt(2) for ReLU, 1 for linear layers",
    "ru": "усиление взято для бесконечной ширины: sqrt(2) для ReLU, 1 для линейных слоёв",
}
HINT = {
    "en": "The log of a norm falls on average even where the norm's square does not.",
    "ru": "Логарифм нормы в среднем падает и тогда, когда квадрат нормы не меняется.",
}


def random_walk(dims, activation, generator=None):
    weights = []
    for din, dout in pairwise(dims):
        gain = math.sqrt(2) if activation == "relu" else 1.0
        weights.append(gain / math.sqrt(din) * torch.randn(din, dout, generator=generator))
    return weights
