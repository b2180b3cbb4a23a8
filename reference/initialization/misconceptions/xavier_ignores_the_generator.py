"""The numbers come from the global generator."""

import math

import torch

LOSES = ["xavier_linear.generator"]
DIAGNOSIS = {
    "en": "the generator is not used: the numbers come from the global one",
    "ru": "генератор не используется: числа берутся из глобального",
}
HINT = {
    "en": "Pass generator= on to torch.randn.",
    "ru": "Передайте generator= в torch.randn.",
}


def xavier_linear(din, dout, generator=None):
    return torch.randn(din, dout) / math.sqrt(din)
