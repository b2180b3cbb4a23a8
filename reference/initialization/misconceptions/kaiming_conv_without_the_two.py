"""Xavier's formula."""

import math

import torch

LOSES = ["kaiming_conv"]
DIAGNOSIS = {
    "en": "the factor 2 for ReLU is missing",
    "ru": "нет множителя 2 для ReLU",
}
HINT = {
    "en": "What does ReLU do to the mean square of a symmetric input?",
    "ru": "Что ReLU делает со средним квадратом симметричного входа?",
}


def kaiming_conv(cin, cout, k, generator=None):
    return torch.randn(cout, cin, k, k, generator=generator) / math.sqrt(k * k * cin)
