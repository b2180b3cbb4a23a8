"""The bias is always 0.01."""

import torch

LOSES = ["positive_bias"]
DIAGNOSIS = {
    "en": "value is ignored: the bias is always 0.01",
    "ru": "аргумент value не используется: смещение всегда 0.01",
}
HINT = {
    "en": "0.01 is only the default.",
    "ru": "0.01 — лишь значение по умолчанию.",
}


def positive_bias(dout, value=0.01):
    return torch.full((dout,), 0.01)
