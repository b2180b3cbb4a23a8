"""The slope is written as out + 1, which is right only for alpha = 1."""

import torch

LOSES = ["elu.backward"]
DIAGNOSIS = {
    "en": "on the negative side the slope is taken as out + 1; it is out + alpha",
    "ru": "на отрицательной стороне наклон взят как out + 1, а он равен out + alpha",
}
HINT = {
    "en": "Express alpha * exp(x) through the output once more.",
    "ru": "Ещё раз выразите alpha * exp(x) через выход.",
}


def elu_backward(dout, cache):
    x, alpha = cache
    out = alpha * torch.expm1(x.clamp(max=0))
    return torch.where(x > 0, dout, dout * (out + 1))
