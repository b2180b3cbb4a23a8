"""Only the first term of the product rule is there."""

import torch

LOSES = ["swish.backward", "swish.backward.stable"]
DIAGNOSIS = {
    "en": "the slope is taken as sigmoid(beta * x): the second term of the product rule is missing",
    "ru": "за наклон взята sigmoid(beta * x): потеряно второе слагаемое правила произведения",
}
HINT = {
    "en": "x * s(x) has two factors that depend on x.",
    "ru": "В x * s(x) от x зависят оба множителя.",
}


def swish_backward(dout, cache):
    x, beta = cache
    s = torch.sigmoid(beta * x)
    return dout * s, (dout * x * x * s * (1 - s)).sum()
