"""std is taken for the variance."""

import math

import torch

LOSES = ["small_random"]
DIAGNOSIS = {
    "en": "std is taken for the variance: the weights have a standard deviation of sqrt(std)",
    "ru": "std принято за дисперсию: СКО весов равно sqrt(std)",
}
HINT = {
    "en": "A number from N(0, 1) times s has which standard deviation?",
    "ru": "Какое СКО у числа из N(0, 1), умноженного на s?",
}


def small_random(din, dout, std=0.01, generator=None):
    return math.sqrt(std) * torch.randn(din, dout, generator=generator)
