"""The variance is taken for the standard deviation."""

import torch

LOSES = ["kaiming_linear", "deep_relu_net.converges"]
DIAGNOSIS = {
    "en": "2/Din is the variance; the standard deviation is its root",
    "ru": "2/Din — это дисперсия, СКО — корень из неё",
}
HINT = {
    "en": "Take the root.",
    "ru": "Извлеките корень.",
}


def kaiming_linear(din, dout, generator=None):
    return 2 / din * torch.randn(din, dout, generator=generator)
