"""The slope is always 0.01, whatever is passed."""

import torch

LOSES = ["leaky_relu.forward"]
DIAGNOSIS = {
    "en": "the argument negative_slope is ignored: the slope is always 0.01",
    "ru": "аргумент negative_slope не использован: наклон всегда 0.01",
}
HINT = {
    "en": "Try negative_slope=0.1.",
    "ru": "Попробуйте negative_slope=0.1.",
}


def leaky_relu_forward(x, negative_slope=0.01):
    return torch.where(x > 0, x, 0.01 * x), (x > 0, 0.01)
