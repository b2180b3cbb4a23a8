"""The number of filters in the place of the input channels."""

import math

import torch

LOSES = ["xavier_conv"]
DIAGNOSIS = {
    "en": "Din counts the output channels instead of the input ones",
    "ru": "в Din взяты выходные каналы вместо входных",
}
HINT = {
    "en": "The shape is (Cout, Cin, k, k); what does one filter sum over?",
    "ru": "Форма (Cout, Cin, k, k); по чему суммирует один фильтр?",
}


def xavier_conv(cin, cout, k, generator=None):
    return torch.randn(cout, cin, k, k, generator=generator) / math.sqrt(k * k * cout)
