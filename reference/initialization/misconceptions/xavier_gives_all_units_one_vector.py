"""Every unit gets the same weights."""

import math

import torch

LOSES = ["xavier_linear"]
DIAGNOSIS = {
    "en": "all units of the layer get the same weights, so they will stay the same for ever",
    "ru": "все нейроны слоя получают одни и те же веса и навсегда останутся одинаковыми",
}
HINT = {
    "en": "One vector repeated keeps the symmetry; draw Din x Dout numbers.",
    "ru": "Повторённый вектор сохраняет симметрию; нужно Din x Dout случайных чисел.",
}


def xavier_linear(din, dout, generator=None):
    return torch.randn(din, 1, generator=generator).repeat(1, dout) / math.sqrt(din)
