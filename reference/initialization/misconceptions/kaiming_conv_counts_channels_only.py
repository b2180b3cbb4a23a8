"""The area of the filter is not counted."""

import math

import torch

LOSES = ["kaiming_conv"]
DIAGNOSIS = {
    "en": "Din counts the input channels only, not the k x k places of the filter",
    "ru": "Din учитывает только входные каналы, без k x k мест фильтра",
}
HINT = {
    "en": "How many products does one output number of a convolution sum?",
    "ru": "Сколько произведений складывает одно выходное число свёртки?",
}


def kaiming_conv(cin, cout, k, generator=None):
    return math.sqrt(2 / cin) * torch.randn(cout, cin, k, k, generator=generator)
