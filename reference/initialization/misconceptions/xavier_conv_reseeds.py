"""Every call seeds the generator anew."""

import math

import torch

LOSES = ["xavier_conv.generator"]
DIAGNOSIS = {
    "en": (
        "the generator is given a fixed seed in every call: all "
        "layers and all seeds get the same weights"
    ),
    "ru": (
        "генератор в каждом вызове получает одно и то же зерно: веса всех слоёв и зёрен одинаковы"
    ),
}
HINT = {
    "en": "Whoever calls seeds the generator, once. Only draw from it.",
    "ru": "Зерно задаёт тот, кто вызывает, и один раз. Вы только берёте из генератора числа.",
}


def xavier_conv(cin, cout, k, generator=None):
    own = torch.Generator().manual_seed(0)
    return torch.randn(cout, cin, k, k, generator=own) / math.sqrt(k * k * cin)
