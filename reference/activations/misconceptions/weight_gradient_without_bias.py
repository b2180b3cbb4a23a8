"""The bias is left out of the pre-activation."""

import torch

LOSES = ["weight_gradient"]
DIAGNOSIS = {
    "en": "the bias b is missing in the pre-activation",
    "ru": "в сумме до активации потеряно смещение b",
}
HINT = {
    "en": "The neuron computes sigmoid(w.x + b).",
    "ru": "Нейрон вычисляет sigmoid(w.x + b).",
}


def weight_gradient(x, upstream, w, b):
    s = torch.sigmoid(w @ x)
    return upstream * s * (1 - s) * x
