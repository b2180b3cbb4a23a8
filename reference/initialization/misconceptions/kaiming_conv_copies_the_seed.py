"""Each call makes a new generator with the given one's seed."""

import math

import torch

LOSES = ["kaiming_conv.generator"]
DIAGNOSIS = {
    "en": (
        "a new generator with the same seed is made in each "
        "call, so all layers get the same weights"
    ),
    "ru": "в каждом вызове создаётся новый генератор с тем же зерном, и веса всех слоёв одинаковы",
}
HINT = {
    "en": "Draw from the generator that you are given: it moves on by itself.",
    "ru": "Берите числа из данного генератора: он сам идёт дальше.",
}


def kaiming_conv(cin, cout, k, generator=None):
    if generator is not None:
        generator = torch.Generator().manual_seed(generator.initial_seed())
    std = math.sqrt(2 / (k * k * cin))
    return std * torch.randn(cout, cin, k, k, generator=generator)
