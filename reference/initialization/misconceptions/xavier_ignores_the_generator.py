"""The numbers come from the global generator."""

import math

import torch

LOSES = ["xavier_linear.generator"]
DIAGNOSIS = {
    "en": "the generator is not used: the numbers come from the global one",
    "ru": "генератор не используется: числа берутся из глобального",
}
HINT = {
    "en": "Two generators of one seed: does your function give the same weights? Why not?",
    "ru": "Два генератора одного зерна: даёт ли ваша функция одни и те же веса? Почему нет?",
}


def xavier_linear(din, dout, generator=None):
    return torch.randn(din, dout) / math.sqrt(din)
