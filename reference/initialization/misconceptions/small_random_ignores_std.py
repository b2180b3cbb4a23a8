"""The standard deviation is always 0.01."""

import torch

LOSES = ["small_random"]
DIAGNOSIS = {
    "en": "std is ignored: the weights always have a standard deviation of 0.01",
    "ru": "аргумент std не используется: СКО весов всегда 0.01",
}
HINT = {
    "en": "0.01 is only the default.",
    "ru": "0.01 — лишь значение по умолчанию.",
}


def small_random(din, dout, std=0.01, generator=None):
    return 0.01 * torch.randn(din, dout, generator=generator)
