"""The derivative is written with exp(-x), which is infinite far to the left."""

import torch

LOSES = ["sigmoid.backward.stable"]
DIAGNOSIS = {
    "en": "the derivative exp(-x) / (1 + exp(-x))^2 is inf / inf for a large negative x",
    "ru": "производная exp(-x) / (1 + exp(-x))^2 даёт inf / inf при большом отрицательном x",
}
HINT = {
    "en": "The derivative can be written with the output alone.",
    "ru": "Производную можно выразить через один только выход.",
}


def sigmoid_backward(dout, cache):
    (x,) = cache
    small = torch.exp(-x)
    return dout * small / (1 + small) ** 2
