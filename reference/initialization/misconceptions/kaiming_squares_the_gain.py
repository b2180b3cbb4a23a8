"""The gain 2 stands outside the root."""

import math

import torch

LOSES = ["kaiming_linear", "deep_relu_net.converges"]
DIAGNOSIS = {
    "en": "this is 2/sqrt(Din): the 2 belongs under the root",
    "ru": "это 2/sqrt(Din): двойка должна быть под корнем",
}
HINT = {
    "en": "2/Din is the variance.",
    "ru": "2/Din — это дисперсия.",
}


def kaiming_linear(din, dout, generator=None):
    return 2 / math.sqrt(din) * torch.randn(din, dout, generator=generator)
