"""The sigmoid of 2x is returned without stretching it to (-1, 1)."""

import torch

LOSES = ["tanh.forward", "tanh.forward.stable", "tanh.backward", "tanh.backward.stable"]
DIAGNOSIS = {
    "en": "the output lies between 0 and 1: this is sigmoid(2x), not 2 * sigmoid(2x) - 1",
    "ru": "выход лежит между 0 и 1: это sigmoid(2x), а не 2 * sigmoid(2x) - 1",
}
HINT = {
    "en": "What is tanh(0)? And the mean of the outputs for inputs symmetric about zero?",
    "ru": "Чему равен tanh(0)? А среднее выходов для симметричных входов?",
}


def tanh_forward(x):
    out = torch.sigmoid(2 * x)
    return out, (out.clone(),)
