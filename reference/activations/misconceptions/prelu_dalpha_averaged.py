"""dalpha is the mean over the batch instead of the sum."""

import torch

LOSES = ["prelu.backward.dalpha"]
DIAGNOSIS = {
    "en": "dalpha is averaged where it should be summed",
    "ru": "dalpha усреднён, а нужна сумма",
}
HINT = {
    "en": "Each entry that alpha touches adds its own term; nothing divides.",
    "ru": "Каждый элемент, которого касается alpha, даёт слагаемое; делить не на что.",
}


def prelu_backward(dout, cache):
    x, alpha = cache
    by_entry = dout * x.clamp(max=0)
    dalpha = by_entry.mean() if alpha.ndim == 0 else by_entry.mean(dim=0)
    return torch.where(x > 0, dout, alpha * dout), dalpha
