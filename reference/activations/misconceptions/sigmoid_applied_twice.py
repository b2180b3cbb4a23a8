"""The sigmoid is taken once more of what is already its output."""

import torch

LOSES = ["sigmoid.backward", "sigmoid.backward.stable"]
DIAGNOSIS = {
    "en": "the backward pass applies the sigmoid to the output of the sigmoid",
    "ru": "обратный проход ещё раз применяет сигмоиду к её же выходу",
}
HINT = {
    "en": "Is the cache the input or already the output?",
    "ru": "В кэше вход или уже выход?",
}


def sigmoid_backward(dout, cache):
    (x,) = cache
    twice = torch.sigmoid(torch.sigmoid(x))
    return dout * twice * (1 - twice)
