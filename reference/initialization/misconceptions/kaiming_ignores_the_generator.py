"""The numbers come from the global generator."""

import math

import torch

LOSES = ["kaiming_linear.generator"]
DIAGNOSIS = {
    "en": "the generator is not used: the numbers come from the global one",
    "ru": "генератор не используется: числа берутся из глобального",
}
HINT = {
    "en": "Pass generator= on to torch.randn.",
    "ru": "Передайте generator= в torch.randn.",
}


def kaiming_linear(din, dout, generator=None):
    return math.sqrt(2 / din) * torch.randn(din, dout)
