"""The backward pass scales the positive side."""

import torch

LOSES = ["leaky_relu.backward"]
DIAGNOSIS = {
    "en": "the slope multiplies the gradient where the input was positive",
    "ru": "наклон умножает градиент там, где вход был положительным",
}
HINT = {
    "en": "Which branch of the forward pass has the slope?",
    "ru": "В какой ветви прямого прохода стоит наклон?",
}


def leaky_relu_backward(dout, cache):
    positive, negative_slope = cache
    return torch.where(positive, negative_slope * dout, dout)
