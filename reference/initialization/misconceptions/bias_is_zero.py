"""Biases start at zero."""

import torch

LOSES = ["positive_bias"]
DIAGNOSIS = {
    "en": "the biases are zero",
    "ru": "смещения равны нулю",
}
HINT = {
    "en": "A ReLU unit that starts a little above zero is alive.",
    "ru": "Нейрон ReLU, который начинает чуть выше нуля, жив.",
}


def positive_bias(dout, value=0.01):
    return torch.zeros(dout)
