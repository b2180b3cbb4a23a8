"""The biases come as a row (1, Dout)."""

import torch

LOSES = ["positive_bias"]
DIAGNOSIS = {
    "en": "the shape is (1, Dout); (Dout,) is asked",
    "ru": "форма (1, Dout), а нужна (Dout,)",
}
HINT = {
    "en": "One number a unit, one axis.",
    "ru": "Одно число на нейрон, одна ось.",
}


def positive_bias(dout, value=0.01):
    return torch.full((1, dout), value)
