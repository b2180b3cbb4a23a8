"""dbeta is a mean over the entries."""

import torch

LOSES = ["swish.backward.dbeta"]
DIAGNOSIS = {
    "en": "dbeta is averaged where it should be summed",
    "ru": "dbeta усреднён, а нужна сумма",
}
HINT = {
    "en": "Each entry that beta touches adds its own term; nothing divides.",
    "ru": "Каждый элемент, которого касается beta, даёт слагаемое; делить не на что.",
}


def swish_backward(dout, cache):
    x, beta = cache
    s = torch.sigmoid(beta * x)
    return dout * (s + beta * x * s * (1 - s)), (dout * x * x * s * (1 - s)).mean()
