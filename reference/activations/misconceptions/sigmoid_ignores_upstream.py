"""The local derivative is returned without the upstream gradient."""

import torch

LOSES = ["sigmoid.backward", "sigmoid.backward.stable"]
DIAGNOSIS = {
    "en": "the upstream gradient is not used: only the local derivative comes back",
    "ru": "входящий градиент не использован: возвращена только локальная производная",
}
HINT = {
    "en": "The chain rule multiplies the local derivative by dout.",
    "ru": "По цепному правилу локальная производная умножается на dout.",
}


def sigmoid_backward(dout, cache):
    (x,) = cache
    out = torch.sigmoid(x)
    return out * (1 - out)
