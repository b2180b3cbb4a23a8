"""Only one factor of s * (1 - s) is there."""

import torch

LOSES = ["sigmoid.backward", "sigmoid.backward.stable"]
DIAGNOSIS = {
    "en": "the factor 1 - s is missing: the derivative is taken to be s",
    "ru": "потерян множитель 1 - s: за производную взята сама s",
}
HINT = {
    "en": "At x = 10 the curve is flat. Does your derivative know it?",
    "ru": "При x = 10 кривая плоская. Знает ли об этом ваша производная?",
}


def sigmoid_backward(dout, cache):
    (x,) = cache
    return dout * torch.sigmoid(x)
