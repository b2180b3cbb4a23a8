"""exp(x) / (1 + exp(x)) is infinity over infinity for a large x."""

import torch

LOSES = ["sigmoid.forward.stable", "sigmoid.backward.stable"]
DIAGNOSIS = {
    "en": "exp(x) is infinite for a large positive x, and inf / inf is NaN",
    "ru": "exp(x) бесконечна при большом положительном x, а inf / inf — это NaN",
}
HINT = {
    "en": "Arrange the formula so that only non-positive numbers are exponentiated.",
    "ru": "Перепишите формулу так, чтобы в экспоненту шли только неположительные числа.",
}


def sigmoid_forward(x):
    out = torch.exp(x) / (1 + torch.exp(x))
    return out, (out,)


def sigmoid_backward(dout, cache):
    (out,) = cache
    return dout * out * (1 - out)
