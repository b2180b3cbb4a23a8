"""k instead of k² in Din."""

import math

import torch

LOSES = ["xavier_conv"]
DIAGNOSIS = {
    "en": "Din has k where k² belongs",
    "ru": "в Din стоит k вместо k²",
}
HINT = {
    "en": "A filter has k x k places.",
    "ru": "У фильтра k x k мест.",
}


def xavier_conv(cin, cout, k, generator=None):
    return torch.randn(cout, cin, k, k, generator=generator) / math.sqrt(k * cin)
