"""Dout in the place of Din."""

import math

import torch

LOSES = ["xavier_linear"]
DIAGNOSIS = {
    "en": "the formula has Dout where Din belongs",
    "ru": "в формуле Dout вместо Din",
}
HINT = {
    "en": "How many products does one output number sum? Which axis of (Din, Dout) is that?",
    "ru": "Сколько произведений складывает одно выходное число? Какая это ось в (Din, Dout)?",
}


def xavier_linear(din, dout, generator=None):
    return torch.randn(din, dout, generator=generator) / math.sqrt(dout)
