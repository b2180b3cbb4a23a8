"""Xavier's formula."""

import math

import torch

LOSES = ["kaiming_linear"]
DIAGNOSIS = {
    "en": "this is 1/sqrt(Din): the factor 2 for ReLU is missing",
    "ru": "это 1/sqrt(Din): нет множителя 2 для ReLU",
}
HINT = {
    "en": "What does ReLU do to the mean square of a symmetric input?",
    "ru": "Что ReLU делает со средним квадратом симметричного входа?",
}


def kaiming_linear(din, dout, generator=None):
    return torch.randn(din, dout, generator=generator) / math.sqrt(din)
