"""The inner derivative beta is missing in the second term of dx."""

import torch

LOSES = ["swish.backward"]
DIAGNOSIS = {
    "en": "the inner derivative is missing: sigmoid(beta * x) has the slope beta * s * (1 - s)",
    "ru": "потеряна внутренняя производная beta: наклон sigmoid(beta * x) равен beta * s * (1 - s)",
}
HINT = {
    "en": "Apply the chain rule inside the sigmoid.",
    "ru": "Примените цепное правило внутри сигмоиды.",
}


def swish_backward(dout, cache):
    x, beta = cache
    s = torch.sigmoid(beta * x)
    return dout * (s + x * s * (1 - s)), (dout * x * x * s * (1 - s)).sum()
