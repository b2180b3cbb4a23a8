"""The variance is taken for the standard deviation."""

import torch

LOSES = ["xavier_linear"]
DIAGNOSIS = {
    "en": "1/Din is the variance; the standard deviation is its root",
    "ru": "1/Din — это дисперсия, СКО — корень из неё",
}
HINT = {
    "en": "Take the root.",
    "ru": "Извлеките корень.",
}


def xavier_linear(din, dout, generator=None):
    return torch.randn(din, dout, generator=generator) / din
