"""The correction without the sqrt(2) of ReLU."""

import math

import torch

LOSES = ["random_walk"]
DIAGNOSIS = {
    "en": "for ReLU the factor sqrt(2) is missing",
    "ru": "для ReLU потерян множитель sqrt(2)",
}
HINT = {
    "en": "ReLU halves the mean square.",
    "ru": "ReLU вдвое уменьшает средний квадрат.",
}


def random_walk(dims, activation, generator=None):
    weights = []
    for din, dout in pairwise(dims):
        exponent = 1.2 / (max(din, 6) - 2.4) if activation == "relu" else 1 / (2 * din)
        gain = math.exp(exponent)
        weights.append(gain / math.sqrt(din) * torch.randn(din, dout, generator=generator))
    return weights
