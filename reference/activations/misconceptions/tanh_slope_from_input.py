"""1 - x^2 is taken with the input in place of the output."""

import torch

LOSES = ["tanh.backward", "tanh.backward.stable"]
DIAGNOSIS = {
    "en": "in 1 - t^2 the input x stands where tanh(x) should",
    "ru": "в 1 - t^2 вместо tanh(x) подставлен вход x",
}
HINT = {
    "en": "The derivative can never be negative. Yours is, for |x| > 1.",
    "ru": "Производная не бывает отрицательной, а ваша при |x| > 1 отрицательна.",
}


def tanh_forward(x):
    return torch.tanh(x), (x.clone(),)


def tanh_backward(dout, cache):
    (x,) = cache
    return dout * (1 - x**2)
