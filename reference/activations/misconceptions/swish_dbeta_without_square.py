"""One of the two factors x is missing in dbeta."""

import torch

LOSES = ["swish.backward.dbeta"]
DIAGNOSIS = {
    "en": "dbeta has one factor x; it has two: one of the product, one of the chain rule",
    "ru": "в dbeta один множитель x, а их два: от произведения и от цепного правила",
}
HINT = {
    "en": "Differentiate x * sigmoid(beta * x) by beta.",
    "ru": "Продифференцируйте x * sigmoid(beta * x) по beta.",
}


def swish_backward(dout, cache):
    x, beta = cache
    s = torch.sigmoid(beta * x)
    return dout * (s + beta * x * s * (1 - s)), (dout * x * s * (1 - s)).sum()
