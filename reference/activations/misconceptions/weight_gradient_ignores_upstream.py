"""The upstream gradient is not used."""

import torch

LOSES = ["weight_gradient"]
DIAGNOSIS = {
    "en": "the upstream gradient is not used",
    "ru": "входящий градиент не использован",
}
HINT = {
    "en": "The chain rule multiplies by upstream.",
    "ru": "По цепному правилу нужно умножить на upstream.",
}


def weight_gradient(x, upstream, w, b):
    s = torch.sigmoid(w @ x + b)
    return s * (1 - s) * x
