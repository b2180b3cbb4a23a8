"""dalpha is a single number even when alpha has one slope a column."""

import torch

LOSES = ["prelu.backward.dalpha"]
DIAGNOSIS = {
    "en": "dalpha is summed into one number although alpha has one slope a column",
    "ru": "dalpha свёрнут в одно число, хотя у alpha свой наклон на каждый столбец",
}
HINT = {
    "en": "dalpha has the shape of alpha.",
    "ru": "Форма dalpha — та же, что у alpha.",
}


def prelu_backward(dout, cache):
    x, alpha = cache
    return torch.where(x > 0, dout, alpha * dout), (dout * x.clamp(max=0)).sum()
