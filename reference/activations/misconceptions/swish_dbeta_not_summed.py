"""dbeta keeps the shape of x."""

import torch

LOSES = ["swish.backward.dbeta"]
DIAGNOSIS = {
    "en": "dbeta has the shape of x; beta is one number, so its gradient is one number",
    "ru": "dbeta имеет форму x, а beta — одно число, значит и градиент один",
}
HINT = {
    "en": "Sum over every entry that beta touches.",
    "ru": "Просуммируйте по всем элементам, которых касается beta.",
}


def swish_backward(dout, cache):
    x, beta = cache
    s = torch.sigmoid(beta * x)
    return dout * (s + beta * x * s * (1 - s)), dout * x * x * s * (1 - s)
