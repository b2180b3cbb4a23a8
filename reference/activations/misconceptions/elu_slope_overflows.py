"""In the backward pass the exponential is masked by multiplication: 0 * inf is NaN."""

import torch

LOSES = ["elu.backward.stable"]
DIAGNOSIS = {
    "en": "in the backward pass exp(x) is infinite for a large x, and 0 * inf is NaN",
    "ru": "в обратном проходе exp(x) бесконечна при большом x, а 0 * inf — это NaN",
}
HINT = {
    "en": "Clamp x from above before the exponential, or use the output.",
    "ru": "Ограничьте x сверху до экспоненты или используйте выход.",
}


def elu_backward(dout, cache):
    x, alpha = cache
    positive = (x > 0).to(x.dtype)
    return dout * (positive + (1 - positive) * alpha * torch.exp(x))
