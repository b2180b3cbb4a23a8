"""The shape is (Cin, Cout, k, k)."""

import math

import torch

LOSES = ["kaiming_conv"]
DIAGNOSIS = {
    "en": "the shape is (Cin, Cout, k, k); (Cout, Cin, k, k) is asked",
    "ru": "форма (Cin, Cout, k, k), а нужна (Cout, Cin, k, k)",
}
HINT = {
    "en": "torch keeps the filters on the first axis.",
    "ru": "В torch фильтры идут по первой оси.",
}


def kaiming_conv(cin, cout, k, generator=None):
    return math.sqrt(2 / (k * k * cin)) * torch.randn(cin, cout, k, k, generator=generator)
