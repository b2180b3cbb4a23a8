"""Both fans, as in Glorot and Bengio's formula, and a 2."""

import math

import torch

LOSES = ["kaiming_linear"]
DIAGNOSIS = {
    "en": "Din and Dout are averaged; Kaiming's formula has Din alone",
    "ru": "Din и Dout усреднены, а в формуле Kaiming только Din",
}
HINT = {
    "en": "sqrt(2/Din), whatever Dout is.",
    "ru": "sqrt(2/Din), каким бы ни был Dout.",
}


def kaiming_linear(din, dout, generator=None):
    return math.sqrt(4 / (din + dout)) * torch.randn(din, dout, generator=generator)
