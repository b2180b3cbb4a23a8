"""The derivative of the negative branch is used on both sides."""

import torch

LOSES = ["elu.backward", "elu.backward.stable"]
DIAGNOSIS = {
    "en": "the derivative of the negative branch is used for positive x too",
    "ru": "производная отрицательной ветви взята и при положительном x",
}
HINT = {
    "en": "Split by the sign of x: on the right the slope is 1.",
    "ru": "Разделите по знаку x: справа наклон равен 1.",
}


def elu_backward(dout, cache):
    x, alpha = cache
    return dout * alpha * torch.exp(x)
