"""The gain for ReLU in linear nets too."""

import math

import torch

LOSES = ["random_walk"]
DIAGNOSIS = {
    "en": "linear layers get the gain of ReLU",
    "ru": "линейные слои получают усиление для ReLU",
}
HINT = {
    "en": "The paper has one equation for each.",
    "ru": "В статье для каждого случая своя формула.",
}


def random_walk(dims, activation, generator=None):
    weights = []
    for din, dout in pairwise(dims):
        gain = math.sqrt(2) * math.exp(1.2 / (max(din, 6) - 2.4))
        weights.append(gain / math.sqrt(din) * torch.randn(din, dout, generator=generator))
    return weights
