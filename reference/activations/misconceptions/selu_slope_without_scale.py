"""The backward pass forgets the factor lambda."""

import torch

LOSES = ["selu.backward", "selu.backward.stable"]
DIAGNOSIS = {
    "en": "the factor lambda is missing in the backward pass",
    "ru": "в обратном проходе потерян множитель lambda",
}
HINT = {
    "en": "A constant factor of the output is a factor of the slope.",
    "ru": "Постоянный множитель выхода — множитель и у наклона.",
}


def selu_backward(dout, cache):
    (x,) = cache
    return torch.where(x > 0, dout, dout * 1.6733 * torch.exp(x.clamp(max=0)))
