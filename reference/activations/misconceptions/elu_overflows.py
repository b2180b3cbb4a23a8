"""Branches are mixed by multiplying with masks, and 0 * inf is NaN."""

import torch

LOSES = ["elu.forward.stable"]
DIAGNOSIS = {
    "en": "exp(x) is infinite for a large x, and multiplying it by a mask of 0 gives NaN",
    "ru": "exp(x) бесконечна при большом x, а умножение на маску 0 даёт NaN",
}
HINT = {
    "en": "Clamp x from above before the exponential, or choose with torch.where.",
    "ru": "Ограничьте x сверху до экспоненты или выбирайте через torch.where.",
}


def elu_forward(x, alpha=1.0):
    positive = (x > 0).to(x.dtype)
    return positive * x + (1 - positive) * alpha * torch.expm1(x), (x.clone(), alpha)
